/** Verifies a log: signatures of checkpoints, then every record against them. Needs no server and believes none. */
import { CheckpointFormatError, isAuditKey, parseCheckpoint, verifyNote } from './checkpoint.ts'
import type { AuditKey, ParsedCheckpoint } from './checkpoint.ts'
import { oneByOne } from './hash-many.ts'
import type { HashMany } from './hash-many.ts'
import { hashedLines } from './hashed-lines.ts'
import type { HashedLine } from './hashed-lines.ts'
import { LogVerifier } from './log-verifier.ts'
import type { Known, Outcome } from './log-verifier.ts'
import { Findings } from './report.ts'
import type { AuditPin, AuditReport, Finding } from './report.ts'

/** Options of every verification. */
export interface VerifyOptions {
  /**
   * Checkpoints that the caller kept from earlier verifications, in any order. The more there are, the narrower a rewriting is
   * located. Their keys are the ones that are trusted; without pins, those that the log names are (trust on first use).
   * A function is asked once it is known whose log it is.
   */
  readonly pinned?: readonly AuditPin[] | ((organisationId: string) => readonly AuditPin[]) | undefined
  /** Told after each batch of records. */
  readonly onProgress?: ((progress: AuditProgress) => void) | undefined
  /** Ends it; what it throws is the signal's reason. */
  readonly signal?: AbortSignal | undefined
}

/** How far a verification is. */
export interface AuditProgress {
  /** Records that were read. */
  readonly records: number
  /** Records that the newest checkpoint covers; null when there is none. */
  readonly total: number | null
}

/** A log to verify. */
export interface LogSource {
  /** Whose it is to be. */
  readonly organisationId: string
  /** The newest signed checkpoint; null when nothing was sealed yet. */
  readonly note: string | null
  /** Keys that the log says are its own. */
  readonly keys: readonly AuditKey[]
  /** Lines of records, see {@link recordLine}, in batches. */
  readonly lines: AsyncIterable<readonly string[]> | Iterable<readonly string[]>
}

/** What checkpoints say, once their signatures are checked. */
export interface Trust {
  readonly known: readonly Known[]
  /** The log's own checkpoint when its signature is right, ready to be pinned. */
  readonly signed: AuditPin | null
  /** Of the log's checkpoint, whether it is signed rightly or not. */
  readonly size: number | null
}

/** Checks the signatures, and keeps what may be relied on. */
export async function checkNotes(source: Pick<LogSource, 'organisationId' | 'note' | 'keys'>, pinned: readonly AuditPin[], findings: Findings): Promise<Trust> {
  const known: Known[] = []
  const trusted: AuditKey[] = []
  for (const pin of pinned) {
    const parsed = readNote(pin.note, source.organisationId, 'A pinned checkpoint', findings)
    if (parsed === undefined) continue
    const keys = pin.keys.filter(isAuditKey)
    if ((await verifyNote(parsed, keys)).length === 0) {
      findings.add({ kind: 'signature', sequence: parsed.checkpoint.size, message: `Your pinned checkpoint over ${parsed.checkpoint.size} records is not signed by the keys that are kept with it: the pin was changed.` })
      continue
    }
    known.push({ checkpoint: parsed.checkpoint, from: 'pin' })
    trusted.push(...keys)
  }
  const parsed = source.note === null ? undefined : readNote(source.note, source.organisationId, 'The checkpoint', findings)
  const good = parsed === undefined ? [] : await acceptKeys(parsed, source.keys.filter(isAuditKey), trusted, findings)
  const size = parsed?.checkpoint.size ?? null
  if (parsed === undefined || good.length === 0) return { known, signed: null, size }
  return { known: [...known, { checkpoint: parsed.checkpoint, from: 'log' }], signed: { note: source.note!, keys: good }, size }
}

function readNote(note: string, organisationId: string, which: string, findings: Findings): ParsedCheckpoint | undefined {
  try {
    const parsed = parseCheckpoint(note)
    if (parsed.checkpoint.organisationId === organisationId) return parsed
    findings.add({ kind: 'foreign', message: `${which} is of another organisation (${parsed.checkpoint.organisationId}).` })
  } catch (error) {
    if (!(error instanceof CheckpointFormatError)) throw error
    findings.add({ kind: 'malformed', message: `${which} cannot be read: ${error.message}.` })
  }
  return undefined
}

/** The keys whose signature counts: with pins, one that was pinned must be among them. */
async function acceptKeys(parsed: ParsedCheckpoint, offered: readonly AuditKey[], trusted: readonly AuditKey[], findings: Findings): Promise<AuditKey[]> {
  const isTrusted = (key: AuditKey): boolean => trusted.some(({ name, publicKey }) => name === key.name && publicKey === key.publicKey)
  const { size } = parsed.checkpoint
  const all = [...new Map([...trusted, ...offered].map((key) => [`${key.name} ${key.publicKey}`, key])).values()]
  const good = await verifyNote(parsed, all)
  if (trusted.length === 0 ? good.length > 0 : good.some(isTrusted)) return good
  findings.add(
    good.length > 0
      ? { kind: 'key', sequence: size, message: `The checkpoint over ${size} records is signed by ${good.map(({ name }) => name).join(', ')}, a key that you did not pin, and by none that you did.` }
      : { kind: 'signature', sequence: size, message: `The checkpoint over ${size} records carries no good signature.` },
  )
  return []
}

/**
 * Verifies a whole log.
 *
 * @throws the reason of `signal`, and whatever reading the lines throws
 */
export const verifyLog = (source: LogSource, options: VerifyOptions = {}): Promise<AuditReport> => verifyLines(source, LogVerifier, 'full', options)

/** What reads the records once the checkpoints are known. */
interface Verifier {
  readonly findings: Findings
  readonly records: number
  add(line: HashedLine): void
  finish(): Outcome
}

/** @internal */
export async function verifyLines(
  { organisationId, note, keys, lines }: LogSource, Verifier: new (organisationId: string, known: readonly Known[], hashMany: HashMany) => Verifier, kind: AuditReport['kind'],
  { pinned = [], onProgress, signal }: VerifyOptions, hashMany = oneByOne,
): Promise<AuditReport> {
  const heads = new Findings()
  const pins = typeof pinned === 'function' ? pinned(organisationId) : pinned
  const { known, signed, size } = await checkNotes({ organisationId, note, keys }, pins, heads)
  const verifier = new Verifier(organisationId, known, hashMany)
  for await (const batch of lines) {
    signal?.throwIfAborted()
    for (const line of hashedLines(batch, hashMany)) verifier.add(line)
    onProgress?.({ records: verifier.records, total: size })
  }
  const outcome = verifier.finish()
  const findings = [...heads.list, ...verifier.findings.list.toSorted(bySequence)]
  const ok = findings.length === 0
  return {
    ok, organisationId, kind, ...outcome, unproven: outcome.records > outcome.verified ? outcome.verified + 1 : null,
    findings, omitted: verifier.findings.omitted, pin: ok ? newestPin([...pins, ...(signed === null ? [] : [signed])]) : null,
  }
}

const bySequence = (a: Finding, b: Finding): number => (a.sequence ?? 0) - (b.sequence ?? 0)

/** Of pins that can be read, the one over most records; of two of one size the later in the list, which has the newer keys. */
export function newestPin(pins: readonly AuditPin[]): AuditPin | null {
  const size = ({ note }: AuditPin): number => parseCheckpoint(note).checkpoint.size
  return pins.reduce<AuditPin | null>((best, pin) => (best === null || size(pin) >= size(best) ? pin : best), null)
}
