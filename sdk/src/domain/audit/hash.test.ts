import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { equalsHex, fromBase64, fromHex, sha256, sha256Hex, sha256Portable, sha256Text, toBase64, toHex, utf8 } from './hash.ts'

const FIPS_180 = [
  ['', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
  ['abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
  ['abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq', '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1'],
  [
    'abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu',
    'cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1',
  ],
  ['a'.repeat(1_000_000), 'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0'],
] as const

test.each([['with the platform', sha256], ['without it', sha256Portable]])('SHA-256 %s gives the digests of FIPS 180', (_, hash) => {
  for (const [text, digest] of FIPS_180) expect(toHex(hash(utf8(text)))).toBe(digest)
})

test('both forms agree with Node for every length around a block and for any bytes', () => {
  const agree = (bytes: Uint8Array): void => {
    const expected = createHash('sha256').update(bytes).digest('hex')
    expect([toHex(sha256(bytes)), toHex(sha256Portable(bytes))]).toEqual([expected, expected])
  }
  for (let length = 0; length <= 260; length++) agree(new Uint8Array(length).fill(0xff))
  fc.assert(fc.property(fc.uint8Array({ maxLength: 2_000 }), agree))
})

test('where there is no Node all of it gives the same', async () => {
  vi.resetModules()
  vi.stubGlobal('process', undefined)
  const portable = await import('./hash.ts').finally(() => vi.unstubAllGlobals())
  expect(portable.sha256).not.toBe(sha256)
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), fc.string({ unit: 'grapheme' }), (bytes, text) => {
    const digest = portable.sha256(bytes)
    expect([digest, portable.toHex(digest), portable.equalsHex(digest, toHex(digest))]).toEqual([sha256(bytes), toHex(digest), true])
    expect([portable.equalsHex(digest, toHex(digest).toUpperCase()), portable.sha256Text(text), portable.sha256Hex(text)]).toEqual([equalsHex(digest, toHex(digest).toUpperCase()), sha256Text(text), sha256Hex(text)])
    expect(portable.fromBase64(toBase64(bytes))).toEqual(bytes)
  }))
})

test('hex and base64 come back as the same bytes, and nothing else is taken', () => {
  fc.assert(fc.property(fc.uint8Array(), (bytes) => {
    expect(fromHex(toHex(bytes))).toEqual(bytes)
    expect(fromBase64(toBase64(bytes))).toEqual(bytes)
  }))
  for (const text of ['0', '0g', ' 00']) expect(() => fromHex(text)).toThrow(RangeError)
  // The second spells the byte 0 with bits behind its end.
  for (const text of ['AA', 'AB==', 'A===', '_w==', 'AA==\n']) expect(() => fromBase64(text)).toThrow(RangeError)
})

test('hex digits are those of a digest as long as no character is another one, however many bytes that has', () => {
  fc.assert(fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.nat(63), fc.constantFrom('g', 'A', '\u00e9', '\u20ac', '\ud800', ''), (digest, at, other) => {
    const digits = toHex(digest)
    expect(equalsHex(digest, digits)).toBe(true)
    expect(equalsHex(digest, digits.slice(0, at) + other + digits.slice(at + 1))).toBe(false)
  }))
})
