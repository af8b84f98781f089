/** Which server, which key, which project - and where each of them was found, so that `br status` can say. */
import * as fs from 'node:fs'
import path from 'node:path'
import { failure } from '../core/errors.ts'
import { readCredentials, type StoredImpersonation } from './credentials.ts'
import { t } from '../text/text.ts'
import type { ServerOptions } from '../core/command.ts'
import type { Context } from '../core/context.ts'

/** What a started server leaves for programs beside it. */
export interface LocalServer {
  readonly file: string
  readonly apiUrl: string
  readonly apiKey: string
  readonly projectId?: string
}

export interface Settings {
  readonly baseUrl: string
  readonly baseUrlFrom: Source
  readonly apiKey?: string
  readonly apiKeyFrom?: Source
  /** Whom br acts as there. */
  readonly impersonation?: StoredImpersonation
  /** An id or a slug. */
  readonly projectId?: string
  readonly projectIdFrom?: Source
}
export type Source =
  '--base-url' | '--project' | 'BUILDRUNNER_BASE_URL' | 'BUILDRUNNER_API_KEY' | 'BUILDRUNNER_PROJECT_ID' | 'credentials' | 'local.json' | 'default'

export const DEFAULT_BASE_URL = 'http://127.0.0.1:4000'

/** An http(s) URL without a trailing slash: the key under which credentials are kept. @throws INVALID_VALUE */
export function normalizeBaseUrl(value: string, option: string): string {
  const url = URL.canParse(value) ? new URL(value) : undefined
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.search !== '' || url.hash !== '') {
    throw failure('INVALID_VALUE', { option, value, expected: t('the address of a server, like http://127.0.0.1:4000') })
  }
  return `${url.origin}${url.pathname.replace(/\/(graphql\/?)?$/, '')}`
}

/** The server started from this checkout: `.buildrunner/local.json` in `cwd` or above, or in BUILDRUNNER_DATA_DIR. */
export function findLocalServer(cwd: string, env: NodeJS.ProcessEnv): LocalServer | undefined {
  if (env.BUILDRUNNER_DATA_DIR !== undefined && env.BUILDRUNNER_DATA_DIR !== '')
    return readLocalServer(path.join(path.resolve(cwd, env.BUILDRUNNER_DATA_DIR), 'local.json'))
  for (let folder = cwd; ; folder = path.dirname(folder)) {
    const found = readLocalServer(path.join(folder, '.buildrunner', 'local.json'))
    if (found !== undefined) return found
    if (path.dirname(folder) === folder) return undefined
  }
}

/** Undefined when the file is not there or not what a server writes: it is a convenience, never a reason to fail. */
export function readLocalServer(file: string): LocalServer | undefined {
  try {
    const value = JSON.parse(fs.readFileSync(file, 'utf8')) as Record<string, unknown>
    if (typeof value.apiUrl !== 'string' || typeof value.apiKey !== 'string') return undefined
    return {
      file,
      apiUrl: normalizeBaseUrl(value.apiUrl, file),
      apiKey: value.apiKey,
      ...(typeof value.projectId === 'string' ? { projectId: value.projectId } : {}),
    }
  } catch {
    return undefined
  }
}

/** Flags come before the environment, the environment before credentials, credentials before `local.json`. */
export function resolveSettings(context: Context, options: ServerOptions): Settings {
  const { env, cwd } = context
  const credentials = readCredentials(env)
  const local = findLocalServer(cwd, env)
  const server = ((): { baseUrl: string; baseUrlFrom: Source } => {
    if (options.baseUrl !== undefined) return { baseUrl: normalizeBaseUrl(options.baseUrl, '--base-url'), baseUrlFrom: '--base-url' }
    if (filled(env.BUILDRUNNER_BASE_URL))
      return { baseUrl: normalizeBaseUrl(env.BUILDRUNNER_BASE_URL, 'BUILDRUNNER_BASE_URL'), baseUrlFrom: 'BUILDRUNNER_BASE_URL' }
    if (credentials.current !== undefined) return { baseUrl: credentials.current, baseUrlFrom: 'credentials' }
    if (local !== undefined) return { baseUrl: local.apiUrl, baseUrlFrom: 'local.json' }
    return { baseUrl: DEFAULT_BASE_URL, baseUrlFrom: 'default' }
  })()
  const impersonation = credentials.impersonations?.[server.baseUrl]
  const acting = impersonation !== undefined && Date.parse(impersonation.endsAt) > Date.now()
  return { ...server, ...keyFor(server.baseUrl), ...(acting && { impersonation }), ...projectFrom(options, env) }

  function keyFor(baseUrl: string): { apiKey?: string; apiKeyFrom?: Source } {
    if (filled(env.BUILDRUNNER_API_KEY)) return { apiKey: env.BUILDRUNNER_API_KEY.trim(), apiKeyFrom: 'BUILDRUNNER_API_KEY' }
    const stored = credentials.servers[baseUrl]
    if (stored !== undefined) return { apiKey: stored.apiKey, apiKeyFrom: 'credentials' }
    return local?.apiUrl === baseUrl ? { apiKey: local.apiKey, apiKeyFrom: 'local.json' } : {}
  }
}

function projectFrom(options: ServerOptions, env: NodeJS.ProcessEnv): { projectId?: string; projectIdFrom?: Source } {
  if (filled(options.project)) return { projectId: options.project, projectIdFrom: '--project' }
  return filled(env.BUILDRUNNER_PROJECT_ID) ? { projectId: env.BUILDRUNNER_PROJECT_ID, projectIdFrom: 'BUILDRUNNER_PROJECT_ID' } : {}
}

const filled = (value: string | undefined): value is string => value !== undefined && value.trim() !== ''
