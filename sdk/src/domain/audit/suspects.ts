/**
 * Which record is to blame when chain hashes do not follow from each other. A hash that does not fit says that this record or
 * its neighbour was touched; the neighbours tell which:
 *
 * - its own content fits another place: it was moved there from here;
 * - the record behind it follows from what its content gives: only its stored chain hash was changed;
 * - the record before it was moved or has another chain hash, and it follows from the right one: it is innocent;
 * - else its content was changed.
 */
import { nextChainHash } from './chain.ts'
import { equalsHex } from './hash.ts'
import { canonicalAt } from './line.ts'
import { leafHashOf } from './record.ts'
import type { Finding } from './report.ts'

/** A record whose chain hash does not follow from the one stored before it. */
export interface Suspect {
  readonly sequence: number
  /** Undefined when the record was cut. */
  readonly recordId?: string
  readonly canonical?: string
  readonly leaf: Uint8Array
  /** Chain hash that is stored at the place before. */
  readonly base: Uint8Array
  /** What follows from `base` and `leaf`. */
  readonly computed: Uint8Array
  /** What follows from the contents of all records up to it, whatever chain hashes are stored; undefined behind a gap. */
  readonly strict: Uint8Array | undefined
  /** Chain hash that is stored with it, hex. */
  readonly stored: string
  /** What stands behind it. */
  next?: { readonly leaf: Uint8Array; readonly stored: string }
}

/** Trying every suspect in every place costs the square of their number. */
const MOST_MOVES = 256

/**
 * @param suspects - In the order of their sequence.
 * @param proven - Up to this sequence the tree has shown that every content is right.
 * @param chainAt - The chain hash at a place, hex, where a checkpoint tells it.
 */
export function blame(suspects: readonly Suspect[], proven: number, chainAt: (sequence: number) => string | undefined): Finding[] {
  /** Right chain hashes of places where a wrong one is stored. */
  const right = new Map<number, Uint8Array>()
  const open = suspects.filter(({ sequence }) => sequence > proven)
  const moved = open.length <= MOST_MOVES ? findMoves(open, right) : new Map<Suspect, number>()
  const changed = new Set<number>()
  return suspects.flatMap((suspect): Finding | [] => {
    const { sequence, recordId, leaf, strict, stored } = suspect
    const record = { sequence, ...(recordId === undefined ? {} : { recordId }) }
    const place = moved.get(suspect)
    if (place !== undefined) return { kind: 'order', ...record, message: `Record ${sequence} was written as record ${place}: it was moved.` }
    const before = right.get(sequence - 1)
    const isInnocent = sequence <= proven ? strict !== undefined && equalsHex(strict, stored) : before !== undefined && equalsHex(nextChainHash(before, leaf), stored)
    if (isInnocent) return []
    if (sequence <= proven || fitsItsNeighbours(suspect, chainAt)) {
      right.set(sequence, suspect.computed)
      return { kind: 'chain', ...record, message: `The chain hash that is stored with record ${sequence} was changed; its content was not.` }
    }
    // Behind a record whose content and chain hash were both replaced, nothing tells whether this one was changed too.
    const isBehind = changed.has(sequence - 1)
    changed.add(sequence)
    const what = isBehind ? `does not follow from record ${sequence - 1}, which was changed: one of them was, or both` : 'is not what was chained: its content was changed'
    return { kind: 'record-changed', ...record, message: `Record ${sequence} ${what}.` }
  })
}

/** Whether what follows, a record or a checkpoint, says that the content is right and only the stored chain hash is not. */
const fitsItsNeighbours = ({ sequence, computed, next }: Suspect, chainAt: (sequence: number) => string | undefined): boolean =>
  next === undefined ? equalsHex(computed, chainAt(sequence) ?? '') : equalsHex(nextChainHash(computed, next.leaf), next.stored)

/** Each suspect that fits the place of another one, with or without the chain hash that is stored there, and that place. */
function findMoves(suspects: readonly Suspect[], right: Map<number, Uint8Array>): Map<Suspect, number> {
  const moved = new Map<Suspect, number>()
  for (const target of suspects) {
    const place = target.sequence
    const base = right.get(place - 1) ?? target.base
    for (const suspect of suspects) {
      if (suspect === target || suspect.canonical === undefined || moved.has(suspect)) continue
      const hash = nextChainHash(base, leafHashOf(canonicalAt(suspect.canonical, place)))
      if (!equalsHex(hash, suspect.stored) && !equalsHex(hash, target.stored)) continue
      moved.set(suspect, place)
      right.set(place, hash)
      break
    }
  }
  return moved
}
