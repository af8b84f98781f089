/**
 * Where br is signed in: `$XDG_CONFIG_HOME/buildrunner/credentials.json`, mode 0600, one entry a server.
 * Keys are never printed, and a key is only ever sent to the server it was stored for.
 */
import * as fs from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { failure, systemCode } from '../core/errors.ts'
import { reasonOf, withLock, writeFileAtomic } from '@buildrunner/sdk/offline/files'
import { t } from '../text/text.ts'

/** Somebody whom br acts as; used before every other key for its server until it ends. */
export interface StoredImpersonation {
  readonly id: string
  /** Of the session. */
  readonly token: string
  /** Name of whom br acts as. */
  readonly user: string
  readonly reason: string
  /** ISO 8601. */
  readonly endsAt: string
}

export interface Credentials {
  /** The server that is used when none is named: the last one signed in to. */
  current?: string
  servers: Record<string, { apiKey: string }>
  /** By server. */
  impersonations?: Record<string, StoredImpersonation>
}

export function credentialsFile(env: NodeJS.ProcessEnv): string {
  const base = env.XDG_CONFIG_HOME !== undefined && path.isAbsolute(env.XDG_CONFIG_HOME) ? env.XDG_CONFIG_HOME : path.join(env.HOME ?? homedir(), '.config')
  return path.join(base, 'buildrunner', 'credentials.json')
}

/** Empty when there are none. @throws CREDENTIALS_UNREADABLE rather than taking a broken file for "not signed in". */
export function readCredentials(env: NodeJS.ProcessEnv): Credentials {
  const file = credentialsFile(env)
  let text: string
  try {
    text = fs.readFileSync(file, 'utf8')
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return { servers: {} }
    throw failure('CREDENTIALS_UNREADABLE', { path: file, reason: reasonOf(error) }, { cause: error })
  }
  const parsed = parseCredentials(text)
  if (parsed === undefined) throw failure('CREDENTIALS_UNREADABLE', { path: file, reason: t('it is not in the form that br writes') })
  return parsed
}

function parseCredentials(text: string): Credentials | undefined {
  try {
    const value = JSON.parse(text) as Partial<Credentials> | null
    const servers = value?.servers
    if (typeof servers !== 'object' || servers === null) return undefined
    if (!Object.values(servers).every((entry) => typeof (entry as { apiKey?: unknown } | null)?.apiKey === 'string')) return undefined
    return { servers, ...(value?.impersonations && { impersonations: value.impersonations }), ...(typeof value?.current === 'string' ? { current: value.current } : {}) }
  } catch {
    return undefined
  }
}

/** Changes the file under a lock of its own; `change` gets what is there now. A broken file is replaced. */
export async function updateCredentials(env: NodeJS.ProcessEnv, change: (before: Credentials) => Credentials): Promise<void> {
  const file = credentialsFile(env)
  fs.mkdirSync(path.dirname(file), { recursive: true, mode: 0o700 })
  await withLock(`${file}.lock`, (lock) => {
    const text = fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : '{"servers":{}}'
    const after = change(parseCredentials(text) ?? { servers: {} })
    lock.assertHeld()
    if (fs.existsSync(file)) fs.chmodSync(file, 0o600)
    writeFileAtomic(file, `${JSON.stringify(after, null, 2)}\n`, { mode: 0o600 })
  })
}
