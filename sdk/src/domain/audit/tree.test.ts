import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { oneByOne } from './hash-many.ts'
import { fromHex, sha256, toHex } from './hash.ts'
import { inLanes } from './lanes.ts'
import { CompactTree, consistencyProof, inclusionProof, nodesFor, rootOf, verifyConsistency, verifyInclusion } from './tree.ts'
import type { Hash, NodeSource } from './tree.ts'

const leafOf = (data: Uint8Array): Hash => sha256(new Uint8Array([0, ...data]))
const hex = (hashes: readonly Hash[]): string[] => hashes.map((hash) => toHex(hash))

/** RFC 6962, 2.1, word by word. */
function naiveRoot(leaves: readonly Hash[]): Hash {
  if (leaves.length === 0) return sha256(new Uint8Array())
  if (leaves.length === 1) return leaves[0]!
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return sha256(new Uint8Array([1, ...naiveRoot(leaves.slice(0, k)), ...naiveRoot(leaves.slice(k))]))
}

/** RFC 6962, 2.1.1. */
function naivePath(m: number, leaves: readonly Hash[]): Hash[] {
  if (leaves.length === 1) return []
  let k = 1
  while (k * 2 < leaves.length) k *= 2
  return m < k ? [...naivePath(m, leaves.slice(0, k)), naiveRoot(leaves.slice(k))] : [...naivePath(m - k, leaves.slice(k)), naiveRoot(leaves.slice(0, k))]
}

const grow = (leaves: readonly Hash[]): { tree: CompactTree; node: NodeSource } => {
  const tree = new CompactTree()
  const nodes = new Map<string, Hash>()
  for (const leaf of leaves) tree.append(leaf, (level, index, hash) => nodes.set(`${level}/${index}`, hash))
  return { tree, node: (level, index) => nodes.get(`${level}/${index}`)! }
}

/** The tree that Certificate Transparency's implementations are tested with. */
const DATA = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'].map(fromHex)
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
]
const [A, B, C, D] = [
  '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
  '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
  '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
  'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
]
const E = 'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0'

describe('the tree of Certificate Transparency', () => {
  const leaves = DATA.map(leafOf)
  const { node } = grow(leaves)

  test('has the published roots at every size', () => {
    ROOTS.forEach((root, size) => {
      expect(toHex(rootOf(size, node))).toBe(root)
      expect(toHex(grow(leaves.slice(0, size)).tree.root())).toBe(root)
    })
  })

  test.each([
    [0, 1, []],
    [0, 8, [A, B, C]],
    [5, 8, [D, E, ROOTS[4]!]],
    [2, 3, [ROOTS[2]!]],
    [1, 5, [ROOTS[1]!, B, D]],
  ])('has the published proof of leaf %i in %i leaves', (index, size, proof) => expect(hex(inclusionProof(index, size, node))).toEqual(proof))

  test.each([
    [1, 1, []],
    [1, 8, [A, B, C]],
    [6, 8, ['0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a', E, ROOTS[4]!]],
    [2, 5, [B, D]],
  ])('has the published proof that %i leaves begin %i', (from, to, proof) => expect(hex(consistencyProof(from, to, node))).toEqual(proof))
})

const sizes = fc.integer({ min: 1, max: 70 })
const leavesOf = (size: number): Hash[] => Array.from({ length: size }, (_, at) => leafOf(new Uint8Array([at])))

test('roots, proofs and what a store must have agree with the text of RFC 6962, and a tree that is loaded goes on as it was', () => {
  fc.assert(fc.property(sizes, fc.nat(), (size, seed) => {
    const index = seed % size
    const leaves = leavesOf(size)
    const { tree, node } = grow(leaves)
    expect(tree.root()).toEqual(naiveRoot(leaves))
    expect(inclusionProof(index, size, node)).toEqual(naivePath(index, leaves))
    const stored = grow(leaves.slice(0, index)).tree
    const loaded = new CompactTree(stored.size, stored.hashes)
    for (const leaf of leaves.slice(index)) loaded.append(leaf)
    expect(loaded.root()).toEqual(tree.root())
    expect(nodesFor((source) => consistencyProof(index, size, source)).every(([level, at]) => (at + 1) * 2 ** level <= size)).toBe(true)
  }))
  expect(() => new CompactTree(3, [])).toThrow('2 hashes')
})

test('each inclusion proof holds, and no other leaf, place, size, root or path does', () => {
  fc.assert(fc.property(sizes, fc.nat(), fc.nat(), (size, a, b) => {
    const leaves = leavesOf(size)
    const { tree, node } = grow(leaves)
    const index = a % size
    const proof = inclusionProof(index, size, node)
    const claim = { index, size, leaf: leaves[index]!, proof, root: tree.root() }
    expect(verifyInclusion(claim)).toBe(true)
    const other = b % (size + 2)
    const flipped = (hash: Hash): Hash => hash.map((byte, at) => (at === b % 32 ? byte ^ 1 : byte))
    if (other !== index) expect(verifyInclusion({ ...claim, index: other })).toBe(false)
    expect(verifyInclusion({ ...claim, leaf: flipped(claim.leaf) })).toBe(false)
    expect(verifyInclusion({ ...claim, root: flipped(claim.root) })).toBe(false)
    expect(verifyInclusion({ ...claim, proof: [...proof, claim.root] })).toBe(false)
    if (proof.length > 0) {
      expect(verifyInclusion({ ...claim, proof: proof.slice(1) })).toBe(false)
      expect(verifyInclusion({ ...claim, proof: proof.with(b % proof.length, flipped(proof[b % proof.length]!)) })).toBe(false)
    }
  }))
})

test('each consistency proof holds, and not for another older tree', () => {
  fc.assert(fc.property(sizes, fc.nat(), fc.nat(), (to, a, b) => {
    const leaves = leavesOf(to)
    const { tree, node } = grow(leaves)
    const from = a % (to + 1)
    const proof = consistencyProof(from, to, node)
    const claim = { from, to, fromRoot: rootOf(from, node), toRoot: tree.root(), proof }
    expect(verifyConsistency(claim)).toBe(true)
    const changed = leaves.map((leaf, at) => (at === b % to ? leafOf(leaf) : leaf))
    if (b % to < from) expect(verifyConsistency({ ...claim, fromRoot: rootOf(from, grow(changed).node) })).toBe(false)
    if (from > 0) expect(verifyConsistency({ ...claim, toRoot: rootOf(to, grow(changed).node) })).toBe(false)
    expect(verifyConsistency({ ...claim, proof: [...proof, tree.root()] })).toBe(false)
    if (proof.length > 0) expect(verifyConsistency({ ...claim, proof: proof.slice(0, -1) })).toBe(false)
  }))
})

test('what cannot be asked is refused', () => {
  const { node } = grow(leavesOf(3))
  expect(() => inclusionProof(3, 3, node)).toThrow('no leaf 3')
  expect(() => inclusionProof(-1, 3, node)).toThrow(RangeError)
  expect(() => consistencyProof(4, 3, node)).toThrow(RangeError)
})

test('leaves that are added together give the tree that they give one by one', () => {
  fc.assert(fc.property(fc.array(fc.nat(40), { maxLength: 6 }), fc.constantFrom(oneByOne, inLanes), (counts, hashMany) => {
    const [together, single] = [new CompactTree(), new CompactTree()]
    for (const count of counts) {
      const leaves = Array.from({ length: count }, (_, at) => leafOf(new Uint8Array([single.size, at])))
      together.appendAll(leaves, hashMany)
      for (const leaf of leaves) single.append(leaf)
      expect([together.size, hex(together.hashes), toHex(together.root())]).toEqual([single.size, hex(single.hashes), toHex(single.root())])
    }
  }))
})
