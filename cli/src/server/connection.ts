/** The SDK client of this run, and its errors as the CLI's. The only file that knows how the SDK reports failures. */
import { BuildRunnerError, BuildRunnerSDK, PolicyError, type Project, type WebSocketConstructor } from '@buildrunner/sdk'
import { documents } from '@buildrunner/sdk/documents'
import manifest from '../../package.json' with { type: 'json' }
import { CliError, failure, type ErrorReport } from '../core/errors.ts'
import { EXIT, type ExitCode } from '../core/exit-codes.ts'
import { bannerOf } from './impersonation.ts'
import { resolveSettings, type Settings } from './settings.ts'
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
    if (options.quiet !== true) context.out.warn('The server is read-only: its primary database is away. What is shown comes from a replica, and may be behind.')
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
    if (override !== undefined) headers.set('buildrunner-override', `rules=${override.rules.map(encodeURIComponent).join(',')}; reason=${encodeURIComponent(override.reason)}`)
    const response = await fetch(resource, { ...init, headers })
    if (!told && response.headers.get('x-buildrunner-mode') === 'read-only') {
      told = true
      onReadOnly?.()
    }
    for (const warning of response.headers.get('buildrunner-policy-warnings')?.split(', ') ?? []) onWarning?.(`${field(warning, 'message')} (${field(warning, 'rule')}, line ${field(warning, 'line')})`)
    return response
  }
}

export function connectTo(settings: Settings, transport: TransportOptions = {}): Connection {
  const client = createClient(settings, transport)
  const ask: Connection['ask'] = async (call) => {
    const { data, error } = await call
    if (error !== undefined) throw fromSdk(error, settings.baseUrl)
    if (data === undefined || data === null) throw new CliError({ code: 'NOT_FOUND', message: 'The server has no such thing.' }, EXIT.notFound)
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
            message: `There is no project "${idOrSlug}" on ${settings.baseUrl}, or you may not see it.`,
            remedy: 'br projects list shows those you may see.',
            projectId: idOrSlug,
          },
          EXIT.notFound,
        )
      return data
    },
  }
}

/** Server and SDK codes that have an exit code of their own; all others are unexpected. */
const EXIT_OF: Readonly<Record<string, ExitCode>> = {
  UNAUTHENTICATED: EXIT.denied,
  FORBIDDEN: EXIT.denied,
  MFA_REQUIRED: EXIT.denied,
  ORGANISATION_REQUIRED: EXIT.denied,
  SESSION_REQUIRED: EXIT.denied,
  INVALID_CREDENTIALS: EXIT.denied,
  ACCOUNT_LOCKED: EXIT.denied,
  CODE_INVALID: EXIT.denied,
  LINK_INVALID: EXIT.denied,
  POLICY_REFUSED: EXIT.denied,
  APPROVAL_REQUIRED: EXIT.denied,
  NOT_FOUND: EXIT.notFound,
  CONFLICT: EXIT.conflicts,
  VALIDATION_FAILED: EXIT.usage,
  ALREADY_EXISTS: EXIT.usage,
  BAD_USER_INPUT: EXIT.usage,
  GRAPHQL_PARSE_FAILED: EXIT.usage,
  GRAPHQL_VALIDATION_FAILED: EXIT.usage,
  INVALID_CONFIGURATION: EXIT.usage,
  LIMIT_EXCEEDED: EXIT.unavailable,
  SERVICE_UNAVAILABLE: EXIT.unavailable,
  READ_ONLY: EXIT.unavailable,
  CIRCUIT_OPEN: EXIT.unavailable,
  NETWORK: EXIT.unavailable,
  BAD_RESPONSE: EXIT.unavailable,
  TIMEOUT: EXIT.unavailable,
  ABORTED: EXIT.interrupted,
}

const REMEDY_OF: Readonly<Record<string, string>> = {
  UNAUTHENTICATED: 'Run br login again.',
  NETWORK: 'Is the server running (npm start), and the address right (br status)?',
  BAD_RESPONSE: 'Does a BuildRunner server listen there (br status)?',
  READ_ONLY: 'Nothing was changed. Try again when the primary database is back (br health check --all).',
  TIMEOUT: 'Try again; repeating a command never does a thing twice.',
}

/** Where the rule stands, what is missing, and the way round it; a rule of the product has no line, and no way round. */
function describeRefusal({ message, rule, line, remedy, satisfiedBy }: PolicyError): Pick<ErrorReport, 'message' | 'remedy'> {
  const isOwn = line !== undefined
  const ways = [...satisfiedBy, ...(remedy === undefined ? [] : [remedy]), ...(isOwn ? [`Or, with the permission governance.override: --override "${rule}" --reason "..."`] : [])]
  return { message: isOwn ? `${message} (rule ${rule}, line ${line})` : message, ...(ways.length > 0 && { remedy: ways.join(' ') }) }
}

export function fromSdk(error: BuildRunnerError, baseUrl: string): CliError {
  const { code, message, requestId, path, details } = error
  const { remedy: _, ...rest } = details
  const report: ErrorReport = { ...rest, code, message }
  const problems = (details as { problems?: unknown }).problems
  if (REMEDY_OF[code] !== undefined) report.remedy = REMEDY_OF[code]
  if (error instanceof PolicyError) Object.assign(report, describeRefusal(error))
  if (requestId !== undefined) report.requestId = requestId
  if (path !== undefined) report.path = path
  if (EXIT_OF[code] === EXIT.unavailable) report.baseUrl = baseUrl
  // A refused plan is a plan with errors; any other refused input is a wrong command line.
  const exit = code === 'VALIDATION_FAILED' && Array.isArray(problems) && problems.length > 0 ? EXIT.planErrors : (EXIT_OF[code] ?? EXIT.unexpected)
  return new CliError(report, exit, { cause: error })
}
