/** Reads some records of one log, each with an inclusion proof, and holds them against the signed checkpoint. */
import { fromHex } from './hash.ts'
import type { HashedLine } from './hashed-lines.ts'
import { describeLine } from './line.ts'
import type { RecordLine } from './line.ts'
import { checkPersonal } from './personal.ts'
import { Findings } from './report.ts'
import { verifyInclusion } from './tree.ts'
import type { Known, Outcome } from './log-verifier.ts'

export class PartialVerifier {
  readonly findings = new Findings()
  readonly #organisationId: string
  readonly #pins: readonly Known[]
  readonly #signed: Known | undefined
  #read = 0
  #last = 0
  #erased = 0

  constructor(organisationId: string, known: readonly Known[]) {
    this.#organisationId = organisationId
    this.#pins = known.filter(({ from }) => from === 'pin')
    this.#signed = known.find(({ from }) => from === 'log')
  }

  get records(): number {
    return this.#read
  }

  add({ line, record, leaf, commitment }: HashedLine): void {
    this.#read++
    if (record?.proof === undefined) {
      this.findings.add({ kind: 'malformed', ...describeLine(line), message: `Line ${this.#read + 1} of the file is not in the form of a record with its proof.` })
      return
    }
    const { sequence, id: recordId } = record
    if (record.organisationId !== this.#organisationId) {
      this.findings.add({ kind: 'foreign', sequence, recordId, message: `Record ${sequence} is of another organisation (${record.organisationId}).` })
    }
    if (sequence <= this.#last) this.findings.add({ kind: 'order', sequence, recordId, message: `Record ${sequence} stands behind record ${this.#last}.` })
    this.#last = sequence
    if (checkPersonal(record, commitment, this.findings)) this.#erased++
    if (this.#signed !== undefined && !isIncluded(record, leaf, this.#signed)) {
      this.findings.add({ kind: 'proof', sequence, recordId, message: `Record ${sequence} is not in the log that was signed: it, its place or its proof was changed.` })
    }
  }

  /** Only a pin over as many records says the same as the checkpoint or contradicts it; others cannot be compared without the whole log. */
  finish(): Outcome {
    let pinned = 0
    const signed = this.#signed?.checkpoint
    for (const { checkpoint } of this.#pins) {
      if (signed === undefined || checkpoint.size !== signed.size) continue
      if (checkpoint.root === signed.root && checkpoint.chainHash === signed.chainHash) pinned = signed.size
      else this.findings.add({ kind: 'rebuilt', sequence: 1, lastSequence: signed.size, message: `The log was written anew: your pinned checkpoint over ${signed.size} records has another root.` })
    }
    return { records: this.#read, verified: signed?.size ?? 0, pinned, cutBefore: null, erased: this.#erased }
  }
}

const isIncluded = ({ sequence, proof }: RecordLine, leaf: Uint8Array, { checkpoint }: Known): boolean =>
  verifyInclusion({ index: sequence - 1, size: checkpoint.size, leaf, proof: proof!.map(fromHex), root: fromHex(checkpoint.root) })
