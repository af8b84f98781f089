/** The key of stored secrets where the environment gives none: made once, and kept for the owner of the data folder alone. */
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { VAULT_KEY_BYTES, newVaultKey } from '@buildrunner/schema/shared/vault'
import { StartupError } from './exit-codes.ts'

/** @throws StartupError for a file that holds no key: what was encrypted with it would be lost with a new one. */
export function readVaultKey(dataDir: string): Buffer {
  const file = join(dataDir, 'vault.key')
  try {
    // the first of several starting processes makes it
    writeFileSync(file, `${newVaultKey().toString('base64')}\n`, { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const key = Buffer.from(readFileSync(file, 'utf8'), 'base64')
  if (key.length !== VAULT_KEY_BYTES) throw new StartupError('configuration', `${file} holds no key.`, 'Restore it from a copy, or set VAULT_ENCRYPTION_KEY. Without it, second factors must be set up anew.')
  return key
}
