import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createPublicKey, verify } from 'node:crypto'
import { newSigningKey, readSigningKey } from '@buildrunner/schema/audit/signing'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { loadAuditSigner } from './audit-key.ts'

let dataDir: string
const warn = vi.fn()
beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'audit-key-'))
  warn.mockClear()
})
afterEach(() => rmSync(dataDir, { recursive: true }))

test('without a setting, the key is made once, for its owner alone, and found again', () => {
  const [first, again] = [loadAuditSigner({ dataDir }, { warn }), loadAuditSigner({ dataDir }, { warn })]
  expect(again.key).toEqual(first.key)
  expect(statSync(join(dataDir, 'audit-signing-key.pem')).mode & 0o777).toBe(0o600)
  expect(warn).not.toHaveBeenCalled()
})

test('on a database that several processes may share, a key of the machine is warned of', () => {
  loadAuditSigner({ dataDir, databaseUrl: 'postgresql://localhost/x' }, { warn })
  expect(warn).toHaveBeenCalledWith(expect.anything(), expect.stringContaining('Set AUDIT_SIGNING_KEY'))
})

test("the operator's key comes first; it is named by itself, whatever its spelling, and signs Ed25519", async () => {
  const pem = newSigningKey()
  const key = readSigningKey(pem)
  const base64 = key.export({ type: 'pkcs8', format: 'der' }).toString('base64')
  const [signer, other, escaped] = [key, readSigningKey(base64), readSigningKey(pem.replaceAll('\n', '\\n'))].map((auditSigningKey) => loadAuditSigner({ auditSigningKey, dataDir, databaseUrl: 'x' }, { warn }))
  expect([other!.key, escaped!.key]).toEqual([signer!.key, signer!.key])
  expect(signer!.key.name).toMatch(/^buildrunner\.audit\/key-[0-9a-f]{16}$/)
  const text = new TextEncoder().encode('a checkpoint')
  expect(verify(null, text, createPublicKey(key), await signer!.sign(text))).toBe(true)
  expect(warn).not.toHaveBeenCalled()
})

test.each(['', 'x', '-----BEGIN PRIVATE KEY-----\nx\n-----END PRIVATE KEY-----', Buffer.from('nonsense').toString('base64')])('%j is no key', (text) => {
  expect(() => readSigningKey(text)).toThrow('must be an Ed25519 private key')
  writeFileSync(join(dataDir, 'audit-signing-key.pem'), text)
  expect(() => loadAuditSigner({ dataDir }, { warn })).toThrow(expect.objectContaining({ message: expect.stringContaining('holds no key'), remedy: expect.stringContaining('AUDIT_SIGNING_KEY') }))
})
