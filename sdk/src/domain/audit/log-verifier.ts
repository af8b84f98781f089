/**
 * Reads the records of one log in their order and holds them against checkpoints: the pass over all records, in constant memory.
 *
 * Two chains are followed. The stored one, from record to record, tells where something does not fit. The strict one, from contents
 * alone, is the one that checkpoints are compared with, as is the tree: nothing that is stored is believed.
 */
import { chainStart, nextChainHash } from './chain.ts'
import type { Checkpoint } from './checkpoint.ts'
import { equalsHex, fromHex } from './hash.ts'
import type { HashMany } from './hash-many.ts'
import type { HashedLine } from './hashed-lines.ts'
import { describeLine, readCutLine } from './line.ts'
import type { RecordLine } from './line.ts'
import { checkPersonal } from './personal.ts'
import type { CutRecord } from './record.ts'
import { Findings } from './report.ts'
import { blame } from './suspects.ts'
import type { Suspect } from './suspects.ts'
import { CompactTree } from './tree.ts'

/** A checkpoint to hold the records against. */
export interface Known {
  readonly checkpoint: Checkpoint
  /** Whether the caller had it before, or the log brings it. */
  readonly from: 'pin' | 'log'
}

/** What was found up to the end. */
export interface Outcome {
  readonly records: number
  readonly verified: number
  readonly pinned: number
  readonly cutBefore: number | null
  readonly erased: number
}

interface Range {
  from: number
  to: number
}

/** Leaves that the tree takes at once. */
const TOGETHER = 64
const HEX_DIGEST = /^[0-9a-f]{64}$/

export class LogVerifier {
  readonly findings = new Findings()
  readonly #organisationId: string
  readonly #known: readonly Known[]
  readonly #hashMany: HashMany
  readonly #tree = new CompactTree()
  /** That are to be appended to the tree. */
  #leaves: Uint8Array[] = []
  readonly #suspects: Suspect[] = []
  readonly #missing: Range[] = []
  #reached = 0
  #read = 0
  #expected = 1
  /** Chain hash that is stored with the record before; undefined behind a gap, where it is not known to be any record's. */
  #stored: Uint8Array | undefined
  /** Chain hash of the contents so far; undefined behind a gap. */
  #strict: Uint8Array | undefined
  /** The suspect that the next record may clear. */
  #last: Suspect | undefined
  #cutUpTo = 0
  #erased = 0
  #matched = { log: 0, pin: 0 }
  #rebuilt = false

  /** @param known - Checkpoints of this organisation, of any order. */
  constructor(organisationId: string, known: readonly Known[], hashMany: HashMany) {
    this.#organisationId = organisationId
    this.#hashMany = hashMany
    this.#known = known.toSorted((a, b) => a.checkpoint.size - b.checkpoint.size)
    this.#stored = this.#strict = chainStart(organisationId)
    this.#compare()
  }

  /** Records so far. */
  get records(): number {
    return this.#read
  }

  /** Takes the next line. */
  add(hashed: HashedLine): void {
    this.#read++
    const { line, record } = hashed
    if (record?.chainHash !== undefined) return this.#addRecord(record, record.chainHash, hashed)
    const cut = record === undefined ? readCutLine(line) : undefined
    if (cut !== undefined) return this.#addCut(cut)
    const { sequence, recordId } = describeLine(line)
    const at = sequence === undefined ? `Behind record ${this.#expected - 1} a line` : `Record ${sequence}`
    this.findings.add({ kind: 'malformed', ...(sequence === undefined ? {} : { sequence }), ...(recordId === undefined ? {} : { recordId }), message: `${at} is not in the form of a record.` })
    if (sequence === undefined || sequence < this.#expected) return
    this.#skipTo(sequence)
    this.#expected = sequence + 1
    this.#stored = this.#strict = this.#last = undefined
  }

  #addRecord(record: RecordLine, stored: string, { leaf, commitment }: HashedLine): void {
    const { sequence, id: recordId, canonical } = record
    if (record.organisationId !== this.#organisationId) {
      this.findings.add({ kind: 'foreign', sequence, recordId, message: `Record ${sequence} is of another organisation (${record.organisationId}).` })
    }
    if (checkPersonal(record, commitment, this.findings)) this.#erased++
    this.#place({ sequence, recordId, canonical, leaf, stored })
  }

  #addCut({ sequence, leafHash, chainHash }: CutRecord): void {
    if (sequence !== this.#cutUpTo + 1) {
      this.findings.add({ kind: 'missing', sequence, message: `The content of record ${sequence} is gone, though older records are there: retention cuts from the oldest on.` })
    } else this.#cutUpTo = sequence
    this.#place({ sequence, leaf: fromHex(leafHash), stored: chainHash })
  }

  /** Puts a record in its place in chain and tree. */
  #place({ sequence, recordId, canonical, leaf, stored }: { sequence: number; recordId?: string; canonical?: string; leaf: Uint8Array; stored: string }): void {
    if (sequence < this.#expected) return this.#misplaced(sequence, recordId)
    this.#skipTo(sequence)
    const base = this.#stored
    const computed = base && nextChainHash(base, leaf)
    this.#strict = this.#strict === base ? computed : this.#strict && nextChainHash(this.#strict, leaf)
    if (this.#strict !== undefined && this.#leaves.push(leaf) === TOGETHER) this.#grow()
    if (this.#last !== undefined) this.#last.next = { leaf, stored }
    this.#last = undefined
    const fits = computed !== undefined && equalsHex(computed, stored)
    if (base !== undefined && computed !== undefined && !fits) {
      const record = { sequence, ...(recordId === undefined ? {} : { recordId }), ...(canonical === undefined ? {} : { canonical }) }
      this.#suspects.push((this.#last = { ...record, leaf, base, computed, strict: this.#strict, stored }))
    }
    this.#stored = !fits && HEX_DIGEST.test(stored) ? fromHex(stored) : computed
    this.#expected = sequence + 1
    this.#compare()
  }

  /** Goes on at `sequence`. Behind a gap chain and tree are not known. */
  #skipTo(sequence: number): void {
    if (sequence === this.#expected) return
    this.#missing.push({ from: this.#expected, to: sequence - 1 })
    this.#expected = sequence
    this.#stored = this.#strict = this.#last = undefined
  }

  #misplaced(sequence: number, recordId: string | undefined): void {
    const late = this.#missing.findIndex(({ from, to }) => sequence >= from && sequence <= to)
    if (late >= 0) {
      const { from, to } = this.#missing[late]!
      this.#missing.splice(late, 1, ...[{ from, to: sequence - 1 }, { from: sequence + 1, to }].filter((range) => range.from <= range.to))
    }
    const what = late >= 0 ? `stands behind record ${this.#expected - 1}` : 'was there already: one of the two was inserted'
    this.findings.add({ kind: 'order', sequence, ...(recordId === undefined ? {} : { recordId }), message: `Record ${sequence} ${what}.` })
  }

  /** Brings the tree up to the records: many leaves at once are hashed faster. */
  #grow(): void {
    this.#tree.appendAll(this.#leaves, this.#hashMany)
    this.#leaves = []
  }

  /** Holds what was read against the checkpoints of this size; those inside a gap cannot be compared. */
  #compare(): void {
    const size = this.#expected - 1
    for (; this.#reached < this.#known.length && this.#known[this.#reached]!.checkpoint.size <= size; this.#reached++) {
      const known = this.#known[this.#reached]!
      if (known.checkpoint.size === size) this.#hold(known)
    }
  }

  #hold({ checkpoint: { size, root, chainHash }, from }: Known): void {
    const whose = from === 'pin' ? 'your pinned checkpoint' : 'the signed checkpoint'
    this.#grow()
    const rootFits = this.#strict !== undefined && equalsHex(this.#tree.root(), root)
    if (rootFits && equalsHex(this.#strict!, chainHash)) this.#matched[from] = size
    else if (rootFits) this.findings.add({ kind: 'root', sequence: size, message: `Root and chain hash of ${whose} over ${size} records contradict each other.` })
    else if (this.#stored !== undefined && !equalsHex(this.#stored, chainHash) && this.#last === undefined) this.#addRebuilt(size, whose)
    // With the right chain hash at its end, a wrong tree is explained by a record that does not fit, or by a gap.
    else if (this.#strict !== undefined && !this.#suspects.some(({ sequence }) => sequence > this.#verified)) {
      this.findings.add({ kind: 'root', sequence: size, message: `The records up to ${size} give another Merkle root than ${whose}.` })
    }
  }

  /** Only the first checkpoint that does not fit tells where: everything behind it differs too. */
  #addRebuilt(size: number, whose: string): void {
    if (this.#rebuilt) return
    this.#rebuilt = true
    const first = this.#verified + 1
    const since = this.#verified === 0 ? '' : `; up to record ${this.#verified} they are as they were`
    this.findings.add({ kind: 'rebuilt', sequence: first, lastSequence: size, message: `Records ${first} to ${size} are not those of ${whose}: their chain was written anew${since}.` })
  }

  get #verified(): number {
    return Math.max(this.#matched.log, this.#matched.pin)
  }

  /** No more lines come. */
  finish(): Outcome {
    const count = this.#expected - 1
    for (const { from, to } of this.#missing) {
      this.findings.add({ kind: 'missing', sequence: from, lastSequence: to, message: from === to ? `Record ${from} is gone.` : `Records ${from} to ${to} are gone.` })
    }
    const longest = this.#known.at(-1)
    if (longest !== undefined && longest.checkpoint.size > count) {
      const { size } = longest.checkpoint
      const whose = longest.from === 'pin' ? 'your pinned checkpoint' : 'the signed checkpoint'
      this.findings.add({ kind: 'tail-cut', sequence: count + 1, lastSequence: size, message: `The log ends at record ${count}, and ${whose} covers ${size}: the newest ones were cut.` })
    }
    const chainAt = (sequence: number): string | undefined => this.#known.find(({ checkpoint }) => checkpoint.size === sequence)?.checkpoint.chainHash
    for (const finding of blame(this.#suspects, this.#verified, chainAt)) this.findings.add(finding)
    return { records: this.#read, verified: this.#verified, pinned: this.#matched.pin, cutBefore: this.#cutUpTo === 0 ? null : this.#cutUpTo + 1, erased: this.#erased }
  }
}
