/** The SDK client of this run, and its errors as the CLI's. The only file that knows how the SDK reports failures. */
import { BuildRunnerError, BuildRunnerSDK, PolicyError, type Project, type WebSocketConstructor } from '@buildrunner/sdk'
import { documents } from '@buildrunner/sdk/documents'
import { DEFAULT_LANGUAGE } from '@buildrunner/sdk/languages'
import manifest from '../../package.json' with { type: 'json' }
import { CliError, failure, type ErrorReport } from '../core/errors.ts'
import { EXIT, EXIT_OF } from '../core/exit-codes.ts'
import { bannerOf } from './impersonation.ts'
import { resolveSettings, type Settings } from './settings.ts'
import { currentLanguage, msg, t } from '../text/text.ts'
import type { ServerOptions } from '../core/command.ts'
import type { Context, PolicyOverride } from '../core/context.ts'

export interface Connection {
  readonly client: BuildRunnerSDK
  readonly settings: Settings
  /** Awaits a call and gives its data, or throws the failure with the exit code that belongs to it. */
  ask<T>(call: PromiseLike<{ data?: T | undefined; error?: BuildRunnerError | undefined }>): Promise<NonNullable<T>>
  /** Runs what reads pages or events; what the SDK throws there becomes the failure with the exit code that belongs to it. */
  reading<T>(run: () => Promise<T>): Promise<T>
  /** A project by id or slug. @throws PROJECT_NOT_FOUND */
  project(idOrSlug: string): Promise<Project>
}

export interface ConnectOptions extends ServerOptions {
  /** Health needs no key. Default: a key is required. */
  anonymous?: boolean
  /** Says nothing about whom br acts as. */
  quiet?: boolean
  /** For commands that subscribe. */
  webSocket?: WebSocketConstructor
}

/** @throws NOT_SIGNED_IN when there is no key for the server. */
export async function connect(context: Context, options: ConnectOptions): Promise<Connection> {
  const settings = resolveSettings(context, options)
  if (settings.apiKey === undefined && settings.impersonation === undefined && options.anonymous !== true) throw failure('NOT_SIGNED_IN', { baseUrl: settings.baseUrl })
  const { impersonation } = settings
  const onReadOnly = (): void => {
    if (options.quiet !== true) context.out.warn(t('The server is read-only: its primary database is away. What is shown comes from a replica, and may be behind.'))
  }
  const transport = { webSocket: options.webSocket, onReadOnly, onWarning: (text: string) => context.out.warn(text), override: context.override }
  if (impersonation === undefined) return connectTo(settings, transport)
  if (options.quiet !== true) context.out.warn(bannerOf(impersonation))
  return connectTo({ ...settings, apiKey: impersonation.token }, transport)
}

/** @throws INVALID_CONFIGURATION as a usage error: an address or key that cannot be right. */
function createClient({ baseUrl, apiKey, projectId }: Settings, { webSocket, ...noticed }: TransportOptions): BuildRunnerSDK {
  try {
    return new BuildRunnerSDK({ baseUrl, apiKey, projectId, documents, webSocket, fetch: noticing(noticed), clientName: `cli/${manifest.version}` })
  } catch (error) {
    throw error instanceof BuildRunnerError ? fromSdk(error, baseUrl) : error
  }
}

interface TransportOptions {
  readonly webSocket?: WebSocketConstructor | undefined
  /** Told once, when an answer says that the server is read-only. */
  readonly onReadOnly?: () => void
  /** Told of each rule of the project's policy that lets pass and warns. */
  readonly onWarning?: (text: string) => void
  /** Of every request. */
  readonly override?: PolicyOverride | undefined
}

const field = (text: string, name: string): string => decodeURIComponent(new RegExp(`${name}=([^;]*)`).exec(text)?.[1] ?? '')

/** `fetch` that says what is overridden, and tells what the headers of answers say beside them. */
function noticing({ onReadOnly, onWarning, override }: Omit<TransportOptions, 'webSocket'>): typeof fetch {
  let told = false
  return async (resource, init) => {
    const headers = new Headers(init?.headers)
    if (currentLanguage() !== DEFAULT_LANGUAGE) headers.set('accept-language', currentLanguage())
    if (override !== undefined) headers.set('buildrunner-override', `rules=${override.rules.map(encodeURIComponent).join(',')}; reason=${encodeURIComponent(override.reason)}`)
    const response = await fetch(resource, { ...init, headers })
    if (!told && response.headers.get('x-buildrunner-mode') === 'read-only') {
      told = true
      onReadOnly?.()
    }
    for (const warning of response.headers.get('buildrunner-policy-warnings')?.split(', ') ?? []) onWarning?.(t('{message} ({rule}, line {line})', { message: field(warning, 'message'), rule: field(warning, 'rule'), line: field(warning, 'line') }))
    return response
  }
}

export function connectTo(settings: Settings, transport: TransportOptions = {}): Connection {
  const client = createClient(settings, transport)
  const ask: Connection['ask'] = async (call) => {
    const { data, error } = await call
    if (error !== undefined) throw fromSdk(error, settings.baseUrl)
    if (data === undefined || data === null) throw new CliError({ code: 'NOT_FOUND', message: t('The server has no such thing.') }, EXIT.notFound)
    return data
  }
  return {
    client,
    settings,
    ask,
    async reading(run) {
      try {
        return await run()
      } catch (error) {
        throw error instanceof BuildRunnerError ? fromSdk(error, settings.baseUrl) : error
      }
    },
    async project(idOrSlug) {
      const { data, error } = await client.projects.get({ projectId: idOrSlug })
      if (error !== undefined && error.code !== 'NOT_FOUND') throw fromSdk(error, settings.baseUrl)
      if (data === undefined || data === null)
        throw new CliError(
          {
            code: 'PROJECT_NOT_FOUND',
            message: t('There is no project "{idOrSlug}" on {baseUrl}, or you may not see it.', { idOrSlug, baseUrl: settings.baseUrl }),
            remedy: t('br projects list shows those you may see.'),
            projectId: idOrSlug,
          },
          EXIT.notFound,
        )
      return data
    },
  }
}

/** What the server's and the SDK's codes mean, for readers of other languages: the server's own words are English. */
const MEANING_OF: Readonly<Record<string, string>> = {
  UNAUTHENTICATED: msg('You are not signed in, or the key or session no longer holds'),
  FORBIDDEN: msg('You are not allowed to do this'),
  MFA_REQUIRED: msg('The organisation asks for a second factor'),
  ORGANISATION_REQUIRED: msg('You belong to no organisation'),
  SESSION_REQUIRED: msg('This takes a session: sign in with your e-mail address'),
  INVALID_CREDENTIALS: msg('E-mail address or password is wrong'),
  ACCOUNT_LOCKED: msg('Too many failed attempts: the account is locked for a while'),
  CODE_INVALID: msg('The code is wrong or was used before'),
  LINK_INVALID: msg('The link was used before, has expired or is incomplete'),
  POLICY_REFUSED: msg('A rule of the project refuses this'),
  APPROVAL_REQUIRED: msg('This needs an approval'),
  NOT_FOUND: msg('There is no such thing, or you may not see it'),
  CONFLICT: msg('Somebody else changed it meanwhile'),
  VALIDATION_FAILED: msg('An input is not valid'),
  ALREADY_EXISTS: msg('There is one already'),
  LIMIT_EXCEEDED: msg('A limit is reached'),
  RATE_LIMITED: msg('Too many requests: try again later'),
  SERVICE_UNAVAILABLE: msg('The server is not available now'),
  READ_ONLY: msg('The server takes no changes now'),
  CIRCUIT_OPEN: msg('The server did not answer several times; it is not asked for a while'),
  NETWORK: msg('The server cannot be reached'),
  BAD_RESPONSE: msg('What answered is no BuildRunner server'),
  TIMEOUT: msg('The server did not answer in time'),
}

/** The server's words, which name what they are about; for readers of another language with what the code means before them. */
const messageOf = (code: string, message: string): string => (currentLanguage() === DEFAULT_LANGUAGE || MEANING_OF[code] === undefined ? message : `${t(MEANING_OF[code])} (${message})`)

const REMEDY_OF: Readonly<Record<string, string>> = {
  UNAUTHENTICATED: msg('Run br login again.'),
  NETWORK: msg('Is the server running (npm start), and the address right (br status)?'),
  BAD_RESPONSE: msg('Does a BuildRunner server listen there (br status)?'),
  READ_ONLY: msg('Nothing was changed. Try again when the primary database is back (br health check --all).'),
  TIMEOUT: msg('Try again; repeating a command never does a thing twice.'),
}

/** Where the rule stands, what is missing, and the way round it; a rule of the product has no line, and no way round. */
function describeRefusal({ code, message: english, rule, line, remedy, satisfiedBy }: PolicyError): Pick<ErrorReport, 'message' | 'remedy'> {
  const message = messageOf(code, english)
  const isOwn = line !== undefined
  const ways = [...satisfiedBy, ...(remedy === undefined ? [] : [remedy]), ...(isOwn ? [t('Or, with the permission governance.override: --override "{rule}" --reason "..."', { rule })] : [])]
  return { message: isOwn ? t('{message} (rule {rule}, line {line})', { message, rule, line }) : message, ...(ways.length > 0 && { remedy: ways.join(' ') }) }
}

export function fromSdk(error: BuildRunnerError, baseUrl: string): CliError {
  const { code, message, requestId, path, details } = error
  const { remedy: _, ...rest } = details
  const report: ErrorReport = { ...rest, code, message: messageOf(code, message) }
  const problems = (details as { problems?: unknown }).problems
  if (REMEDY_OF[code] !== undefined) report.remedy = t(REMEDY_OF[code])
  if (error instanceof PolicyError) Object.assign(report, describeRefusal(error))
  if (requestId !== undefined) report.requestId = requestId
  if (path !== undefined) report.path = path
  if (EXIT_OF[code] === EXIT.unavailable) report.baseUrl = baseUrl
  // A refused plan is a plan with errors; any other refused input is a wrong command line.
  const exit = code === 'VALIDATION_FAILED' && Array.isArray(problems) && problems.length > 0 ? EXIT.planErrors : (EXIT_OF[code] ?? EXIT.unexpected)
  return new CliError(report, exit, { cause: error })
}
