import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { afterEach, expect, test, vi } from 'vitest'
import { AREA_BYTES, PADDING_BYTES, hashPairs, oneByOne, sha256Texts } from './hash-many.ts'
import type { HashMany } from './hash-many.ts'
import { sha256Portable, toHex, utf8 } from './hash.ts'
import { moduleBytes } from './lanes-module.ts'
import { inLanes } from './lanes.ts'
import { hashChildren } from './tree.ts'

afterEach(() => vi.unstubAllGlobals())

const { WebAssembly } = globalThis as unknown as { WebAssembly: { Instance: new () => object; CompileError: new (message: string) => Error } }

const FIPS_180 = [
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1'],
  [
    'abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu',
    'cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1',
  ],
] as const

const nodeDigest = (data: string | Uint8Array): string => createHash('sha256').update(data).digest('hex')
const hashBytes = (messages: readonly Uint8Array[], hashMany: HashMany): string[] =>
  hashMany(messages.length, (at, area) => {
    area.set(messages[at]!)
    return messages[at]!.length
  }).map(toHex)

/** A fresh copy of the lanes: what they found is kept with the module. */
async function freshLanes(): Promise<HashMany> {
  vi.resetModules()
  return (await import('./lanes.ts')).inLanes
}

test('each lane gives the digests of FIPS 180, whatever the others hash', () => {
  for (let turn = 0; turn < FIPS_180.length; turn++) {
    const turned = [...FIPS_180.slice(turn), ...FIPS_180.slice(0, turn)]
    expect(sha256Texts(turned.map(([text]) => text), inLanes).map(toHex)).toEqual(turned.map(([, digest]) => digest))
  }
})

test('lanes agree with Node for every length around a block, up to the longest', () => {
  const messages = [...Array.from({ length: 261 }, (_, length) => new Uint8Array(length).fill(0xff)), new Uint8Array(AREA_BYTES - PADDING_BYTES).fill(7)]
  expect(hashBytes(messages, inLanes)).toEqual(messages.map(nodeDigest))
})

test.each([['in lanes', inLanes], ['one by one', oneByOne]])('any number of any messages gives %s what Node gives', (_, hashMany) => {
  fc.assert(fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 13 }), (messages) => {
    expect(hashBytes(messages, hashMany)).toEqual(messages.map(nodeDigest))
  }))
})

test('texts are hashed as UTF-8, and together with one that has no room in a lane too', () => {
  const agree = (texts: readonly string[]): void => {
    expect(sha256Texts(texts, inLanes).map(toHex)).toEqual(texts.map(nodeDigest))
  }
  fc.assert(fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { maxLength: 9 }), agree))
  agree(['\ud800', '\u20ac'.repeat(AREA_BYTES / 3), 'short'])
})

test('pairs give the hashes of their parents', () => {
  fc.assert(fc.property(fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 11 }), (hashes) => {
    const parents = Array.from({ length: hashes.length >> 1 }, (_, at) => hashChildren(hashes[2 * at]!, hashes[2 * at + 1]!))
    expect(hashPairs(hashes, inLanes)).toEqual(parents)
  }))
})

test('WebAssembly does it where it is there: the module is small enough to be taken at once', async () => {
  expect(moduleBytes().length).toBeLessThan(4096)
  const instantiated = vi.spyOn(WebAssembly, 'Instance')
  const lanes = await freshLanes()
  expect(sha256Texts(['abc'], lanes).map(toHex)).toEqual([FIPS_180[1][1]])
  sha256Texts(['abc'], lanes)
  expect(instantiated).toHaveBeenCalledTimes(1)
})

test.each([
  ['there is none', undefined],
  ['a content security policy refuses it', { Instance: WebAssembly.Instance, Module: class { constructor() { throw new WebAssembly.CompileError('blocked by CSP') } } }],
])('messages are hashed without WebAssembly where %s', async (_, stub) => {
  vi.stubGlobal('WebAssembly', stub)
  const lanes = await freshLanes()
  const messages = Array.from({ length: 9 }, (_, at) => utf8('x'.repeat(at * 20)))
  expect(hashBytes(messages, lanes)).toEqual(messages.map((message) => toHex(sha256Portable(message))))
})
