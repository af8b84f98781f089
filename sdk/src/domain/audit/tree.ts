/**
 * The Merkle tree of RFC 6962 (section 2.1; RFC 9162 has the same) over leaf hashes: roots, inclusion and consistency proofs, and
 * their verification. A leaf comes in hashed already, see {@link leafHash}.
 *
 * A node has a level (leaves: 0) and an index; it covers the leaves `index * 2^level` to `(index + 1) * 2^level - 1`. Only nodes
 * whose leaves are all there never change, so only those are asked for and are worth storing.
 */
import { hashPairs } from './hash-many.ts'
import type { HashMany } from './hash-many.ts'
import { HASH_BYTES, equalBytes, sha256 } from './hash.ts'

/** A 32-byte SHA-256 digest. */
export type Hash = Uint8Array

/** Gives the hash of a complete node. */
export type NodeSource = (level: number, index: number) => Hash

const children = new Uint8Array(1 + 2 * HASH_BYTES)
children[0] = 1

/** SHA-256(0x01 || left || right). */
export function hashChildren(left: Hash, right: Hash): Hash {
  children.set(left, 1)
  children.set(right, 1 + HASH_BYTES)
  return sha256(children)
}

/** The root of the tree that has no leaf. */
export const EMPTY_ROOT: Hash = sha256(new Uint8Array())

/**
 * A tree that grows leaf by leaf and remembers the fewest hashes that give its root: one for each 1 bit of its size, from the
 * largest subtree to the smallest.
 */
export class CompactTree {
  #size: number
  readonly #hashes: Hash[]

  /** Goes on from what `size` and `hashes` said of another one. */
  constructor(size = 0, hashes: readonly Hash[] = []) {
    if (hashes.length !== ones(size)) throw new RangeError(`a tree of ${size} leaves is remembered by ${ones(size)} hashes, not ${hashes.length}`)
    this.#size = size
    this.#hashes = [...hashes]
  }

  /** Leaves. */
  get size(): number {
    return this.#size
  }

  /** Roots of the complete subtrees, from left to right. */
  get hashes(): readonly Hash[] {
    return this.#hashes
  }

  /**
   * Adds a leaf.
   *
   * @param onNode - Told of every node that is complete now, the leaf first: what a store keeps to prove from.
   */
  append(leaf: Hash, onNode?: (level: number, index: number, hash: Hash) => void): void {
    let hash = leaf
    let index = this.#size++
    onNode?.(0, index, hash)
    for (let level = 1; index % 2 === 1; level++) {
      hash = hashChildren(this.#hashes.pop()!, hash)
      index = (index - 1) / 2
      onNode?.(level, index, hash)
    }
    this.#hashes.push(hash)
  }

  /** Adds leaves, and hashes what stands on one level together. @internal */
  appendAll(leaves: readonly Hash[], hashMany: HashMany): void {
    const ends: Hash[] = []
    let nodes = leaves
    for (let size = this.#size; nodes.length > 0; size = half(size)) {
      if (size % 2 === 1) nodes = [this.#hashes.pop()!, ...nodes]
      if (nodes.length % 2 === 1) ends.unshift(nodes.at(-1)!)
      nodes = hashPairs(nodes, hashMany)
    }
    this.#hashes.push(...ends)
    this.#size += leaves.length
  }

  /** The root over all leaves. */
  root(): Hash {
    return this.#hashes.length === 0 ? EMPTY_ROOT : this.#hashes.reduceRight((right, left) => hashChildren(left, right))
  }
}

/** The number of 1 bits. */
function ones(size: number): number {
  let count = 0
  for (let rest = size; rest > 0; rest = Math.floor(rest / 2)) count += rest % 2
  return count
}

/** The largest power of two below `size`, where RFC 6962 splits; `size` is at least 2. */
function splitOf(size: number): number {
  let split = 1
  while (split * 2 < size) split *= 2
  return split
}

/** The hash over leaves `start` to `end - 1`, a range that the tree's own splits give. */
function rangeHash(start: number, end: number, node: NodeSource): Hash {
  const size = end - start
  const level = Math.log2(size)
  if (Number.isInteger(level)) return node(level, start / size)
  const middle = start + splitOf(size)
  return hashChildren(rangeHash(start, middle, node), rangeHash(middle, end, node))
}

/** The root of the tree of the first `size` leaves. */
export const rootOf = (size: number, node: NodeSource): Hash => (size === 0 ? EMPTY_ROOT : rangeHash(0, size, node))

/**
 * Proves that leaf `index` (from 0) is in the tree of the first `size` leaves: PATH of RFC 6962, 2.1.1, the leaf's sibling first.
 *
 * @throws RangeError when there is no such leaf
 */
export function inclusionProof(index: number, size: number, node: NodeSource): Hash[] {
  requireIntegers(index, size)
  if (index >= size) throw new RangeError(`a tree of ${size} leaves has no leaf ${index}`)
  const path = (start: number, end: number): Hash[] => {
    if (end - start === 1) return []
    const middle = start + splitOf(end - start)
    return index < middle ? [...path(start, middle), rangeHash(middle, end, node)] : [...path(middle, end), rangeHash(start, middle, node)]
  }
  return path(0, size)
}

/**
 * Proves that the tree of the first `to` leaves begins with the first `from`: PROOF of RFC 6962, 2.1.2.
 *
 * @throws RangeError unless 0 <= from <= to
 */
export function consistencyProof(from: number, to: number, node: NodeSource): Hash[] {
  requireIntegers(from, to)
  if (from > to) throw new RangeError(`a tree of ${to} leaves does not begin with ${from}`)
  if (from === 0 || from === to) return []
  /** SUBPROOF; `whole` while the old tree is all of the range from its start, whose root the verifier has. */
  const prove = (start: number, end: number, whole: boolean): Hash[] => {
    if (end === from) return whole ? [] : [rangeHash(start, end, node)]
    const middle = start + splitOf(end - start)
    return from <= middle ? [...prove(start, middle, whole), rangeHash(middle, end, node)] : [...prove(middle, end, false), rangeHash(start, middle, node)]
  }
  return prove(0, to, true)
}

/**
 * Which nodes a proof or a root needs, so that a store reads them at once.
 *
 * @example
 * ```ts
 * const wanted = nodesFor((node) => inclusionProof(5, 8, node)) // [[0, 4], [1, 3], [2, 0]]
 * ```
 */
export function nodesFor(build: (node: NodeSource) => unknown): [level: number, index: number][] {
  const nodes: [number, number][] = []
  build((level, index) => {
    nodes.push([level, index])
    return EMPTY_ROOT
  })
  return nodes
}

function requireIntegers(...values: number[]): void {
  for (const value of values) if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`${value} is no count of leaves`)
}

/** What an inclusion proof claims. */
export interface Inclusion {
  /** Of the leaf, from 0. */
  readonly index: number
  /** Leaves of the tree. */
  readonly size: number
  /** The leaf's hash. */
  readonly leaf: Hash
  /** From the leaf's sibling up. */
  readonly proof: readonly Hash[]
  /** Of the tree. */
  readonly root: Hash
}

/** Whether the proof holds (RFC 9162, 2.1.3.2). Never throws: what is out of range does not hold. */
export function verifyInclusion({ index, size, leaf, proof, root }: Inclusion): boolean {
  if (!(index >= 0 && index < size)) return false
  let [node, last] = [index, size - 1]
  let hash = leaf
  for (const sibling of proof) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      hash = hashChildren(sibling, hash)
      // A right edge that is no right child moves up until it is one.
      while (node % 2 === 0 && node > 0) [node, last] = [half(node), half(last)]
    } else hash = hashChildren(hash, sibling)
    ;[node, last] = [half(node), half(last)]
  }
  return last === 0 && equalBytes(hash, root)
}

/** What a consistency proof claims. */
export interface Consistency {
  /** Leaves of the older tree. */
  readonly from: number
  /** Leaves of the newer tree. */
  readonly to: number
  /** Root of the older tree. */
  readonly fromRoot: Hash
  /** Root of the newer tree. */
  readonly toRoot: Hash
  /** As {@link consistencyProof} makes it. */
  readonly proof: readonly Hash[]
}

/** Whether the proof holds (RFC 9162, 2.1.4.2). Never throws. */
export function verifyConsistency({ from, to, fromRoot, toRoot, proof }: Consistency): boolean {
  if (!(from >= 0 && from <= to)) return false
  if (from === to) return proof.length === 0 && equalBytes(fromRoot, toRoot)
  // Every tree begins with the empty one.
  if (from === 0) return proof.length === 0 && equalBytes(fromRoot, EMPTY_ROOT)
  const path = Number.isInteger(Math.log2(from)) ? [fromRoot, ...proof] : [...proof]
  let [node, last] = [from - 1, to - 1]
  while (node % 2 === 1) [node, last] = [half(node), half(last)]
  const first = path.shift()
  if (first === undefined) return false
  let [older, newer] = [first, first]
  for (const sibling of path) {
    if (last === 0) return false
    if (node % 2 === 1 || node === last) {
      older = hashChildren(sibling, older)
      newer = hashChildren(sibling, newer)
      while (node % 2 === 0 && node > 0) [node, last] = [half(node), half(last)]
    } else newer = hashChildren(newer, sibling)
    ;[node, last] = [half(node), half(last)]
  }
  return last === 0 && equalBytes(older, fromRoot) && equalBytes(newer, toRoot)
}

const half = (value: number): number => Math.floor(value / 2)
