/**
 * The text of a journal.
 *
 * Its first line is the header: `buildrunner-offline <version> <generation> <bytes>`. The generation is random, made when the journal was
 * written anew; `bytes` says how long it was then. Each further line is one commit: `<checksum> <previous> <length> <content>`. The
 * checksum (CRC-32) covers the rest of the line; `previous` is the checksum of the line before (of the generation, for the first), so that
 * a line counts only in the history in which it was written; `length` is that of the content in bytes.
 *
 * The content is the revision, a tab, and the changes as `encodeChanges` writes them: without a line feed.
 *
 * A commit is in the journal when its line is whole. An interrupted write leaves at most one broken line, and nothing after it: it is as
 * if it had never begun. A broken line that whole lines follow was damaged later.
 */
import { crc32 } from 'node:zlib'
import { decodeChanges, encodeChanges } from '../store/tables.ts'
import type { TableChange } from '../store/tables.ts'

const VERSION = 1
const HEADER = /^buildrunner-offline (\d+) ([0-9a-f]{16}) (\d+)$/
/** Eight hexadecimal digits and a space. */
export const FIELD_BYTES = 9
/** Three of them: checksum, previous, length. */
const PREFIX = 3 * FIELD_BYTES
const LINE_FEED = 10

/** The first line of a journal. */
export interface JournalHeader {
  readonly text: string
  readonly version: number
  /** How long the journal was when it was written anew, header excluded. */
  readonly bytes: number
  /** What the first commit names as the one before. */
  readonly seed: number
}

/** One commit. */
export interface JournalCommit {
  readonly revision: number
  readonly changes: readonly TableChange[]
}

/** What a part of a journal holds. */
export interface DecodedJournal {
  readonly commits: readonly JournalCommit[]
  /** Where the last whole commit begins, if there is one. */
  readonly last: number
  /** Where it ends. */
  readonly end: number
  /** Its checksum. */
  readonly checksum: number
  /** Whether whole commits come after the end: somebody damaged what is between. */
  readonly isDamaged: boolean
}

/** The journal of a new generation. */
export function encodeJournal(generation: string, commits: readonly JournalCommit[]): { bytes: Buffer; header: JournalHeader; last: number; checksum: number } {
  const lines: Buffer[] = []
  const seed = crc32(generation)
  let checksum = seed
  for (const commit of commits) {
    const line = encodeCommit(commit, checksum)
    lines.push(line.bytes)
    checksum = line.checksum
  }
  const bytes = lines.reduce((sum, line) => sum + line.length, 0)
  const text = `buildrunner-offline ${VERSION} ${generation} ${bytes}\n`
  const whole = Buffer.concat([Buffer.from(text), ...lines])
  return { bytes: whole, header: { text, version: VERSION, bytes, seed }, last: whole.length - (lines.at(-1)?.length ?? 0), checksum }
}

/** The header of a journal that begins with `bytes`; undefined when it has none. It comes into being together with the file, so no crash cuts it. */
export function decodeHeader(bytes: Buffer): JournalHeader | undefined {
  const end = bytes.indexOf(LINE_FEED)
  const [text, version, generation = '', length] = HEADER.exec(bytes.toString('latin1', 0, Math.max(end, 0))) ?? []
  return text === undefined ? undefined : { text: `${text}\n`, version: Number(version), bytes: Number(length), seed: crc32(generation) }
}

/** Whether a newer version of the SDK wrote it. */
export const isTooNew = ({ version }: JournalHeader): boolean => version > VERSION

/** One line. */
export function encodeCommit({ revision, changes }: JournalCommit, previous: number): { bytes: Buffer; checksum: number } {
  const content = Buffer.from(`${revision}\t${encodeChanges(changes)}`)
  const rest = Buffer.concat([Buffer.from(`${hex(previous)} ${hex(content.length)} `), content])
  const checksum = crc32(rest)
  return { bytes: Buffer.concat([Buffer.from(`${hex(checksum)} `), rest, Buffer.of(LINE_FEED)]), checksum }
}

/** The commits from `start` on that follow the checksum `previous`, up to the first that is not whole. */
export function decodeCommits(bytes: Buffer, start: number, previous: number): DecodedJournal {
  const commits: JournalCommit[] = []
  let [last, end, checksum] = [start, start, previous]
  for (;;) {
    const line = decodeLine(bytes, end)
    if (line?.previous !== checksum) break
    commits.push(line.commit)
    last = end
    end = line.end
    checksum = line.checksum
  }
  return { commits, last, end, checksum, isDamaged: salvageCommits(bytes, end).next().done !== true }
}

/** Every whole commit from `start` on, whatever it follows: what can be saved of a damaged journal. */
export function* salvageCommits(bytes: Buffer, start: number): Generator<JournalCommit> {
  for (let at = start; at < bytes.length; ) {
    const line = decodeLine(bytes, at)
    if (line !== undefined) yield line.commit
    at = line?.end ?? nextLine(bytes, at)
  }
}

/** Where the line after a broken one begins: where its length says, when a line feed is what was damaged. */
function nextLine(bytes: Buffer, start: number): number {
  const end = start + PREFIX + lengthAt(bytes, start) + 1
  if (decodeLine(bytes, end) !== undefined) return end
  const feed = bytes.indexOf(LINE_FEED, start)
  return feed === -1 ? bytes.length : feed + 1
}

interface Line {
  readonly commit: JournalCommit
  readonly checksum: number
  readonly previous: number
  readonly end: number
}

function decodeLine(bytes: Buffer, start: number): Line | undefined {
  const end = start + PREFIX + lengthAt(bytes, start)
  const [checksum, previous] = [fieldAt(bytes, start), fieldAt(bytes, start + FIELD_BYTES)]
  if (bytes[end] !== LINE_FEED || checksum !== crc32(bytes.subarray(start + FIELD_BYTES, end))) return undefined
  const content = bytes.toString('utf8', start + PREFIX, end)
  const tab = content.indexOf('\t')
  const [revision, changes] = [Number(content.slice(0, tab)), decodeChanges(content.slice(tab + 1))]
  return { commit: { revision, changes }, checksum, previous, end: end + 1 }
}

const hex = (value: number): string => value.toString(16).padStart(8, '0')
const lengthAt = (bytes: Buffer, line: number): number => fieldAt(bytes, line + 2 * FIELD_BYTES)
/** The number at a place; not a number for anything but what `hex` and a space make. */
export function fieldAt(bytes: Buffer, at: number): number {
  const text = bytes.toString('latin1', at, at + FIELD_BYTES)
  return /^[0-9a-f]{8} $/.test(text) ? Number.parseInt(text, 16) : Number.NaN
}
