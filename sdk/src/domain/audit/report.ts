/** What a verification finds, and says. */
import type { AuditKey } from './checkpoint.ts'

/**
 * What is wrong.
 *
 * - `record-changed`: what is stored is not what was chained.
 * - `personal-data-changed`: personal data is not what the record commits to. Data that was erased is no finding.
 * - `order`: a record stands in another's place, or twice.
 * - `missing`: a record is gone from between others.
 * - `chain`: a stored chain hash was changed.
 * - `tail-cut`: the newest records of a checkpoint are gone.
 * - `root`: the tree is not the one of the checkpoint, though the chain is.
 * - `rebuilt`: records and their chain were written anew, or are not those of the checkpoint.
 * - `proof`: a record of a partial export is not in the log that was signed.
 * - `signature`: a checkpoint carries no good signature.
 * - `key`: a checkpoint is signed, but not by a key that was pinned.
 * - `foreign`: a record or checkpoint is of another organisation.
 * - `malformed`: a line or checkpoint is not in its format.
 */
export type FindingKind =
  | 'record-changed' | 'personal-data-changed' | 'order' | 'missing' | 'chain' | 'tail-cut' | 'root' | 'rebuilt' | 'proof' | 'signature' | 'key' | 'foreign' | 'malformed'

/** Something that is wrong. */
export interface Finding {
  /** What kind of fault. */
  readonly kind: FindingKind
  /** Of the record, or of the first one of several. */
  readonly sequence?: number
  /** Of the last record, where several are meant. */
  readonly lastSequence?: number
  /** UUID of the record. */
  readonly recordId?: string
  /** For people, in English. */
  readonly message: string
}

/** A checkpoint to keep: what a later verification is held against, and the keys that were good then. */
export interface AuditPin {
  /** The signed note. */
  readonly note: string
  /** The keys whose signature on it is right. */
  readonly keys: readonly AuditKey[]
}

/** What a verification says. */
export interface AuditReport {
  /** Whether nothing is wrong. What is unproven is not wrong. */
  readonly ok: boolean
  /** Whose log. */
  readonly organisationId: string
  /** Whether all records up to the checkpoint were to be there, or some with proofs. */
  readonly kind: 'full' | 'partial'
  /** Records that were read, those that retention cut included. */
  readonly records: number
  /** The records up to this sequence are those of a signed checkpoint. In a partial export: its size. */
  readonly verified: number
  /** The records up to this sequence are those of a checkpoint that the caller had pinned. */
  readonly pinned: number
  /** The first record that no checkpoint covers yet; null when there is none. */
  readonly unproven: number | null
  /** The first record whose content is still there, when retention has cut those before it. */
  readonly cutBefore: number | null
  /** Records whose personal data was erased. */
  readonly erased: number
  /** What is wrong, at most 1,000 of it. */
  readonly findings: readonly Finding[]
  /** Findings beyond those. */
  readonly omitted: number
  /** What to pin next; null when there is nothing that may be trusted. */
  readonly pin: AuditPin | null
}

const MOST_FINDINGS = 1_000

/** Collects findings up to the bound of a report. */
export class Findings {
  readonly list: Finding[] = []
  omitted = 0

  add(finding: Finding): void {
    if (this.list.length < MOST_FINDINGS) this.list.push(finding)
    else this.omitted++
  }
}
