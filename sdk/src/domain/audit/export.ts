/**
 * An export of the log as JSON Lines (UTF-8, a line feed behind each line), to be verified without a server:
 *
 *     {"type":"header","format":1,"kind":"full","organisationId":"...","keys":[{"name":"...","publicKey":"..."}],"checkpoint":"<note>"}
 *     {"record":{...},"chainHash":"...","personal":"...","personalSalt":"..."}      one a record, see `line.ts`
 *     {"type":"end","records":1}
 *
 * `full` has every record up to the checkpoint: chain and tree are computed again. `partial` has some of them, each with an inclusion
 * proof against the checkpoint: it shows that these are in the log, and nothing about what it leaves out. The checkpoint comes
 * first, so that one pass is enough; the last line, so that a file that was cut is noticed.
 */
import type { AuditKey } from './checkpoint.ts'
import { inLanes } from './lanes.ts'
import { cutLine, provedLine, recordLine } from './line.ts'
import { LogVerifier } from './log-verifier.ts'
import { PartialVerifier } from './partial-verifier.ts'
import type { CutRecord, StoredRecord } from './record.ts'
import type { AuditReport, Finding } from './report.ts'
import { linesOf } from './text-lines.ts'
import type { Hash } from './tree.ts'
import { verifyLines } from './verify.ts'
import type { LogSource, VerifyOptions } from './verify.ts'

/** Version of the layout. */
export const EXPORT_FORMAT = 1

/** The first line of an export. */
export interface ExportHeader {
  /** `full`: every record up to the checkpoint. `partial`: some, each with a proof. */
  readonly kind: 'full' | 'partial'
  /** Whose log. */
  readonly organisationId: string
  /** Keys that sign its checkpoints. */
  readonly keys: readonly AuditKey[]
  /** The signed note that everything in the file is proven against. */
  readonly checkpoint: string
}

/** A record of a partial export. */
export interface ProvedRecord {
  /** As it is stored. */
  readonly record: StoredRecord
  /** {@link inclusionProof} of leaf `sequence - 1` in the tree of the header's checkpoint. */
  readonly proof: readonly Hash[]
}

/** A record of an export: whole or cut in a full one, with its proof in a partial one. */
export type ExportEntry = StoredRecord | CutRecord | ProvedRecord

/** A file that is no export, or one of a newer format. */
export class ExportFormatError extends Error {
  override get name(): string {
    return 'ExportFormatError'
  }
}

const lineOf = (entry: ExportEntry): string => ('proof' in entry ? provedLine(entry.record, entry.proof) : 'id' in entry ? recordLine(entry) : cutLine(entry))

/**
 * Writes an export, in pieces of text that follow each other.
 *
 * @param batches - The records in the order of their sequence, in batches of any size; a full export begins with 1.
 *
 * @example
 * ```ts
 * for await (const text of writeExport({ kind: 'full', organisationId, keys, checkpoint: note }, pages)) output.write(text)
 * ```
 */
export async function* writeExport(header: ExportHeader, batches: AsyncIterable<readonly ExportEntry[]> | Iterable<readonly ExportEntry[]>): AsyncGenerator<string> {
  const { kind, organisationId, keys, checkpoint } = header
  yield `${JSON.stringify({ type: 'header', format: EXPORT_FORMAT, kind, organisationId, keys: keys.map(({ name, publicKey }) => ({ name, publicKey })), checkpoint })}\n`
  let records = 0
  for await (const batch of batches) {
    records += batch.length
    if (batch.length > 0) yield `${batch.map(lineOf).join('\n')}\n`
  }
  yield `${JSON.stringify({ type: 'end', records })}\n`
}

/** @throws ExportFormatError */
function readHeader(line: string | undefined): ExportHeader {
  let header: Partial<ExportHeader> & { type?: unknown; format?: unknown }
  try {
    header = (JSON.parse(line ?? '') ?? {}) as typeof header
  } catch {
    header = {}
  }
  const { type, format, kind, organisationId, keys, checkpoint } = header
  if (type !== 'header') throw new ExportFormatError('This is no export of an audit log: its first line is no header.')
  if (format !== EXPORT_FORMAT || (kind !== 'full' && kind !== 'partial')) {
    throw new ExportFormatError(`The export has format ${JSON.stringify(format)} (${JSON.stringify(kind)}), and this version reads ${EXPORT_FORMAT}.`)
  }
  if (typeof organisationId !== 'string' || typeof checkpoint !== 'string' || !Array.isArray(keys) || !keys.every(isNamedKey)) {
    throw new ExportFormatError('The header of the export is incomplete: it needs organisationId, keys and checkpoint.')
  }
  return { kind, organisationId, keys, checkpoint }
}

const isNamedKey = (key: Partial<AuditKey> | null): boolean => typeof key?.name === 'string' && typeof key.publicKey === 'string'

/**
 * Verifies an export.
 *
 * @param chunks - The bytes of the file as they come, e.g. `createReadStream(path)` or the body of a response.
 * @throws ExportFormatError when it is no export at all
 * @throws the reason of `signal`, and whatever reading the chunks throws
 *
 * @example
 * ```ts
 * const report = await verifyExport(createReadStream('audit.jsonl'), { pinned: [pin] })
 * for (const { kind, message } of report.findings) console.error(kind, message)
 * ```
 */
export async function verifyExport(chunks: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, options: VerifyOptions = {}): Promise<AuditReport> {
  const batches = linesOf(chunks)[Symbol.asyncIterator]()
  const first = await batches.next()
  const [head, ...rest] = first.done === true ? [] : first.value
  const { kind, organisationId, keys, checkpoint } = readHeader(head)
  const end: EndState = {}
  const source: LogSource = { organisationId, keys, note: checkpoint, lines: withoutEnd(rest, { [Symbol.asyncIterator]: () => batches }, end) }
  const report = await verifyLines(source, kind === 'full' ? LogVerifier : PartialVerifier, kind, options, inLanes)
  const fault = endFault(end, report)
  return fault === undefined ? report : { ...report, ok: false, findings: [...report.findings, fault], pin: null }
}

interface EndState {
  /** What the last line says. */
  records?: number
}

const END = /^\{"type":"end","records":(0|[1-9]\d{0,14})\}$/

/** The lines of records. An end that is not the last line is passed on, and so is no record. */
async function* withoutEnd(first: readonly string[], following: AsyncIterable<readonly string[]>, end: EndState): AsyncGenerator<readonly string[]> {
  let held: string | undefined
  const take = (batch: readonly string[]): readonly string[] => {
    const lines = held === undefined ? batch : [held, ...batch]
    held = END.test(lines.at(-1) ?? '') ? lines.at(-1) : undefined
    return held === undefined ? lines : lines.slice(0, -1)
  }
  yield take(first)
  for await (const batch of following) yield take(batch)
  if (held !== undefined) end.records = Number(END.exec(held)![1])
}

function endFault({ records }: EndState, report: AuditReport): Finding | undefined {
  if (records === undefined) return { kind: 'tail-cut', message: 'The file ends early: its last line is missing.' }
  if (records === report.records) return undefined
  return { kind: 'missing', message: `The file says that it has ${records} records, and has ${report.records}.` }
}

