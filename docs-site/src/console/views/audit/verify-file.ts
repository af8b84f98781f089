/** Verifies an export that the person chose. The page stays alive meanwhile: after each slice of time it gets its turn. */
import type { AuditReport, VerifyOptions } from '@buildrunner/sdk/audit-log'

/** A frame at 60 Hz is 16.7 ms: hashing takes half of it. */
const SLICE_MS = 8

/** Passes chunks on, small enough to be hashed within a slice, and lets the page do its work between them. */
export async function* inSlices(chunks: AsyncIterable<Uint8Array>, { chunk = 65_536, now = () => performance.now(), pause = () => new Promise<void>((resolve) => setTimeout(resolve)) } = {}): AsyncGenerator<Uint8Array> {
  let began = now()
  for await (const bytes of chunks) {
    for (let at = 0; at < bytes.length; at += chunk) {
      yield bytes.subarray(at, at + chunk)
      if (now() - began < SLICE_MS) continue
      await pause()
      began = now()
    }
  }
}

async function* read(file: Blob): AsyncGenerator<Uint8Array> {
  const reader = file.stream().getReader()
  for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value
}

/** @throws ExportFormatError when it is no export */
export async function verifyFile(file: Blob, options: VerifyOptions): Promise<AuditReport> {
  const { verifyExport } = await import('@buildrunner/sdk/audit-log')
  return verifyExport(inSlices(read(file)), options)
}
