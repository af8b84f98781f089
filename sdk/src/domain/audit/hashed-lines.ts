/** Lines of records and the hashes of what stands in them, which are computed for several lines together. */
import { sha256Texts } from './hash-many.ts'
import type { HashMany } from './hash-many.ts'
import { readRecordLine } from './line.ts'
import type { RecordLine } from './line.ts'
import { leafText } from './record.ts'

/** A line of a log. */
export interface HashedLine {
  readonly line: string
  /** What it says; undefined when it is not in the form of a record. */
  readonly record: RecordLine | undefined
  /** The record's leaf hash: 32 bytes. */
  readonly leaf: Uint8Array
  /** Hash of the salt and the personal data that are there: 32 bytes. Of a record that has none it says nothing. */
  readonly commitment: Uint8Array
}

/** Enough to fill the lanes, and few enough that memory stays constant however long a batch is. */
const TOGETHER = 64

/** Reads lines and hashes what they say. */
export function* hashedLines(lines: readonly string[], hashMany: HashMany): Generator<HashedLine> {
  for (let first = 0; first < lines.length; first += TOGETHER) {
    const group = lines.slice(first, first + TOGETHER)
    const records = group.map(readRecordLine)
    const leaves = sha256Texts(records.map((record) => leafText(record?.canonical ?? '')), hashMany)
    const commitments = sha256Texts(records.map((record) => `${record?.personalSalt ?? ''}${record?.personal ?? ''}`), hashMany)
    for (let at = 0; at < group.length; at++) yield { line: group[at]!, record: records[at], leaf: leaves[at]!, commitment: commitments[at]! }
  }
}
