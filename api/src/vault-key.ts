/** The key of stored secrets where the environment gives none: made once, and kept for the owner of the data folder alone. */
import { join } from 'node:path'
import { VAULT_KEY_BYTES, newVaultKey } from '@buildrunner/schema/shared/vault'
import { StartupError } from './exit-codes.ts'
import { readOrMakeOwnerFile } from './owner-file.ts'

/** @throws StartupError for a file that holds no key: what was encrypted with it would be lost with a new one. */
export function readVaultKey(dataDir: string): Buffer {
  const file = join(dataDir, 'vault.key')
  const key = Buffer.from(readOrMakeOwnerFile(file, () => `${newVaultKey().toString('base64')}\n`), 'base64')
  if (key.length !== VAULT_KEY_BYTES) throw new StartupError('configuration', `${file} holds no key.`, 'Restore it from a copy, or set VAULT_ENCRYPTION_KEY. Without it, second factors must be set up anew.')
  return key
}
