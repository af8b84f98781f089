import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createVault, newVaultKey } from './vault.ts'

test('what was sealed opens again, and reads differently each time', () => {
  const vault = createVault(newVaultKey())
  fc.assert(fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (text, owner) => {
    const sealed = vault.seal(text, owner)
    expect(vault.open(sealed, owner)).toBe(text)
    expect(vault.seal(text, owner)).not.toBe(sealed)
  }))
})

test('it opens for nobody else, under no other key, and not after a change', () => {
  const vault = createVault(newVaultKey())
  const sealed = vault.seal('JBSWY3DPEHPK3PXP', 'ada')
  expect(() => vault.open(sealed, 'eve')).toThrow()
  expect(() => createVault(newVaultKey()).open(sealed, 'ada')).toThrow('VAULT_ENCRYPTION_KEY')
  const at = sealed.length - 5
  const changed = sealed.slice(0, at) + (sealed[at] === 'A' ? 'B' : 'A') + sealed.slice(at + 1)
  expect(() => vault.open(changed, 'ada')).toThrow()
})
