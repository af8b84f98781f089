import { generateKeyPairSync, sign } from 'node:crypto'
import type { KeyObject } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CheckpointFormatError, checkpointText, keyId, parseCheckpoint, signCheckpoint, verifyNote } from './checkpoint.ts'
import type { AuditKey, Checkpoint } from './checkpoint.ts'
import { chainStart } from './chain.ts'
import { sha256Text, toHex } from './hash.ts'

const ORGANISATION = '0199b1f2-0000-7000-8000-000000000001'

const rawKey = (key: KeyObject): string => Buffer.from(key.export({ format: 'jwk' }).x!, 'base64url').toString('base64')
function newSigner(name: string) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  const key: AuditKey = { name, publicKey: rawKey(publicKey) }
  return { key, sign: (text: Uint8Array) => sign(null, text, privateKey) }
}

const checkpoint: Checkpoint = {
  organisationId: ORGANISATION, size: 2, root: toHex(sha256Text('root')), chainHash: toHex(chainStart(ORGANISATION)), time: '2026-11-22T09:00:00.000Z',
}
const signer = newSigner('audit-1')

describe('a checkpoint', () => {
  test('is written as C2SP has it', async () => {
    const note = await signCheckpoint(checkpoint, [signer])
    expect(note.split('\n')).toEqual([
      `buildrunner.audit/${ORGANISATION}`, '2', Buffer.from(checkpoint.root, 'hex').toString('base64'), `chain ${checkpoint.chainHash}`, 'time 2026-11-22T09:00:00.000Z', '',
      expect.stringMatching(/^— audit-1 [A-Za-z0-9+/]{91}=$/) as string, '',
    ])
  })

  test('comes back, and is good under the key that signed it alone', async () => {
    const parsed = parseCheckpoint(await signCheckpoint(checkpoint, [signer]))
    expect(parsed.checkpoint).toEqual(checkpoint)
    expect(await verifyNote(parsed, [signer.key])).toEqual([signer.key])
    expect(await verifyNote(parsed, [newSigner('audit-1').key])).toEqual([])
    expect(await verifyNote(parsed, [{ ...signer.key, name: 'audit-2' }])).toEqual([])
  })

  test('is good under either key while keys are replaced, and under none when one of two trusted signatures is wrong', async () => {
    const next = newSigner('audit-2')
    const parsed = parseCheckpoint(await signCheckpoint(checkpoint, [signer, next]))
    expect(await verifyNote(parsed, [signer.key])).toEqual([signer.key])
    expect(await verifyNote(parsed, [signer.key, next.key])).toEqual([signer.key, next.key])
    const forged = parseCheckpoint(await signCheckpoint(checkpoint, [signer, { ...next, sign: () => new Uint8Array(64) }]))
    expect(await verifyNote(forged, [signer.key, next.key])).toEqual([])
  })

  test('is refused or worthless once any character of it is another', async () => {
    const note = await signCheckpoint(checkpoint, [signer])
    await fc.assert(fc.asyncProperty(fc.nat(note.length - 1), fc.constantFrom(...'0aA+= \n'), async (at, char) => {
      fc.pre(note[at] !== char)
      const changed = note.slice(0, at) + char + note.slice(at + 1)
      const good = await Promise.resolve().then(() => verifyNote(parseCheckpoint(changed), [signer.key])).catch((error: unknown) => {
        expect(error).toBeInstanceOf(CheckpointFormatError)
        return []
      })
      expect(good).toEqual([])
    }))
  })

  test.each([
    ['nothing', ''],
    ['no signature', checkpointText(checkpoint)],
    ['another log', 'example.com/log\n2\nAAAA\n\n— a b\n'],
    ['no last line feed', `${checkpointText(checkpoint)}\n— a AAAA`],
    ['base64 with bits behind its end', `${checkpointText(checkpoint)}\n— a AB==\n`],
  ])('is refused: %s', (_, note) => expect(() => parseCheckpoint(note)).toThrow(CheckpointFormatError))
})

test('the signed note of the Go implementation\'s documentation is good here', async () => {
  const verifier = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW'
  const value = 'x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM='
  const [name, id, encoded] = verifier.split('+') as [string, string, string]
  const key: AuditKey = { name, publicKey: Buffer.from(encoded, 'base64').subarray(1).toString('base64') }
  const bytes = new Uint8Array(Buffer.from(value, 'base64'))
  const note = {
    checkpoint, signatures: [{ name, keyId: bytes.slice(0, 4), signature: bytes.slice(4) }],
    text: 'If you think cryptography is the answer to your problem,\nthen you don\'t know what your problem is.\n',
  }
  expect(toHex(keyId(key))).toBe(id)
  expect(await verifyNote(note, [key])).toEqual([key])
})
