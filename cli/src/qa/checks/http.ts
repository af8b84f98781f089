/** A URL answers as it should. */
import type { HttpCheck } from '@buildrunner/sdk/plans'
import { CheckError, type Attempt, type CheckContext } from '../check.ts'
import { matches as test } from './pattern.ts'

const TIMEOUT_MS = 30_000
/** As much of a body is looked at. */
const MOST_BYTES = 1_000_000
const SHOWN = 2_000

export async function checkHttp({ url, status: expected = 200, matches }: HttpCheck, { mask, signal }: CheckContext): Promise<Attempt> {
  if (!/^https?:/i.test(url)) throw new CheckError('only http and https addresses can be asked')
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  try {
    // Who expects a redirection means it, and not where it leads.
    const redirect = expected >= 300 && expected < 400 ? 'manual' : 'follow'
    const response = await fetch(url, { redirect, signal: AbortSignal.any([signal, timeout]), headers: { 'user-agent': 'buildrunner-qa' } })
    const body = await beginning(response)
    const message = `${response.status}${response.statusText === '' ? '' : ` ${response.statusText}`}`
    const output = mask(body).slice(0, SHOWN)
    if (response.status !== expected) return { outcome: 'failed', message: `${message}, ${expected} is expected`, output }
    if (matches === undefined) return { outcome: 'passed', message }
    return test(matches, body) ? { outcome: 'passed', message: `${message}, the body matches` } : { outcome: 'failed', message: `${message}, the body does not match "${matches}"`, output }
  } catch (error) {
    if (error instanceof CheckError) throw error
    if (signal.aborted) return { outcome: 'skipped', message: 'ended before it was done' }
    throw new CheckError(timeout.aborted ? `no answer within ${TIMEOUT_MS / 1000} s` : mask(`no answer: ${reasonOf(error)}`))
  }
}

/** `fetch` says "fetch failed"; its cause says why. */
const reasonOf = (error: unknown): string => {
  const { message, cause } = error as Error
  const inner = cause as NodeJS.ErrnoException | undefined
  return inner?.code ?? inner?.message ?? message
}

async function beginning(response: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk)
    size += chunk.length
    if (size >= MOST_BYTES) break
  }
  return Buffer.concat(chunks).toString('utf8', 0, MOST_BYTES)
}
