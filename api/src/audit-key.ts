/** The key that signs checkpoints of the audit log: the operator's, or one that is made once and kept in the data folder. */
import type { KeyObject } from 'node:crypto'
import { join } from 'node:path'
import { createSigner, newSigningKey, readSigningKey } from '@buildrunner/schema/audit/signing'
import type { AuditSigner } from '@buildrunner/schema/audit/signing'
import type { Logger } from 'pino'
import { StartupError } from './exit-codes.ts'
import { readOrMakeOwnerFile } from './owner-file.ts'

const FILE = 'audit-signing-key.pem'

export interface AuditKeyOptions {
  /** AUDIT_SIGNING_KEY. */
  readonly auditSigningKey?: KeyObject | undefined
  readonly databaseUrl?: string | undefined
  readonly dataDir: string
}

/** @throws StartupError when the data folder holds a file of that name that is no key */
export function loadAuditSigner({ auditSigningKey, databaseUrl, dataDir }: AuditKeyOptions, logger: Pick<Logger, 'warn'>): AuditSigner {
  if (auditSigningKey !== undefined) return createSigner(auditSigningKey)
  const path = join(dataDir, FILE)
  const signer = createSigner(keyIn(path))
  if (databaseUrl !== undefined) {
    logger.warn({ key: signer.key.name, path }, 'AUDIT_SIGNING_KEY is not set: checkpoints of the audit log are signed with a key of this machine. ' +
      'Other processes on this database sign with keys of their own, and the key is lost with the data folder. Set AUDIT_SIGNING_KEY for all of them.')
  }
  return signer
}

function keyIn(path: string): KeyObject {
  const text = readOrMakeOwnerFile(path, newSigningKey)
  try {
    return readSigningKey(text)
  } catch (error) {
    throw new StartupError('configuration', `${path} holds no key: it ${(error as Error).message}.`,
      'Put the key back from a backup, or set AUDIT_SIGNING_KEY. With a new key, whoever pinned the old one must be told.', { cause: error })
  }
}
