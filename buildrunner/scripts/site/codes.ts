/**
 * Every stable code of the product, from where it is declared: the one list behind the table of error codes and the pages
 * `/troubleshooting/<slug>/`.
 */
import { EXIT_CODES, EXIT_MEANINGS } from '../../../api/src/exit-codes.ts'
import { OWN_TITLES, statusOfCode } from '../../../api/src/rest/problem.ts'
import { ERRORS } from '../../../cli/src/core/error-catalogue.ts'
import { EXIT, EXIT_OF } from '../../../cli/src/core/exit-codes.ts'
import { NOTE_CODES } from '../../../schema/src/qa/decide-run.ts'
import { ERROR_CODES } from '../../../schema/src/shared/errors.ts'
import { CHANGE_PROBLEMS } from '../../../sdk/src/domain/plans/change-error.ts'
import { POLICY_PROBLEMS } from '../../../sdk/src/domain/policy/problems.ts'
import { PROBLEM_CODES } from '../../../sdk/src/domain/plans/problems.ts'
import { TEMPLATE_PROBLEMS } from '../../../sdk/src/domain/templates/problems.ts'
import { CLIENT_CODES } from '../../../sdk/src/error-codes.ts'
import { CLASSES } from '../../../sdk/src/errors.ts'

/** Who reports a code: the server (GraphQL and REST), the SDK, `br`, or the server process as it starts. */
export type Surface = 'server' | 'sdk' | 'cli' | 'start'

export interface StableCode {
  /** As it is matched on: `NOT_FOUND`; of a failed start the reason, `portTaken`. */
  readonly code: string
  /** Its page is `/troubleshooting/<slug>/`. */
  readonly slug: string
  /** What it means, in a sentence or two of markdown. */
  readonly meaning: string
  readonly surfaces: readonly Surface[]
  /** Of a REST response. */
  readonly httpStatus?: number
  /** Of `br`; of a failed start, of the server process. */
  readonly exitCode?: number
  /** The class of the SDK that it arrives as. */
  readonly sdkClass?: string
}

/** A fault in a file or a run, as `br lint` and its like report it; its page is `/troubleshooting/<code>/`. */
export interface ProblemCode {
  readonly family: ProblemFamily
  readonly code: string
  /** `error` makes the thing unusable. */
  readonly severity?: 'error' | 'warning'
  readonly meaning: string
}

export type ProblemFamily = 'plan' | 'change' | 'policy' | 'template' | 'evidence'

/** Codes that `br` reports without an entry in its catalogue of errors, with their exit codes. */
const CLI_OWN = {
  PROJECT_NOT_FOUND: { exit: EXIT.notFound, meaning: 'The server has no such project, or you may not see it.' },
  TEMPLATE_NOT_FOUND: { exit: EXIT.notFound, meaning: 'There is no template of this name and version, neither built in nor published by your organisation.' },
  TEMPLATE_REFUSED: { exit: EXIT.usage, meaning: 'The templates and values that were named give no plan.' },
  SYNC_MARK_BROKEN: { exit: EXIT.planErrors, meaning: 'The mark `x-sync` of plan.json, which says what it was last synced at, was damaged.' },
  INTERRUPTED: { exit: EXIT.interrupted, meaning: 'Somebody pressed Ctrl-C. Nothing was changed.' },
} as const

/** Codes of `br`, beside those that it passes on. */
export const CLI_CODES: readonly string[] = [...Object.keys(ERRORS), ...Object.keys(CLI_OWN)]

/** What `br` never meets: it receives no webhooks, and asks over GraphQL. */
const OUTSIDE_BR = /^WEBHOOK_|^METHOD_NOT_ALLOWED$|^UNSUPPORTED_MEDIA_TYPE$/

/** `NOT_FOUND`: `not-found`; `portTaken`: `port-taken`. */
export const slugOf = (code: string): string => (/^[A-Z_]+$/.test(code) ? code.replaceAll('_', '-') : code.replace(/[A-Z]/g, '-$&')).toLowerCase()

/** Every stable code, in alphabetical order. */
export function stableCodes(): readonly StableCode[] {
  const names = new Set([...Object.keys(ERROR_CODES), ...Object.keys(OWN_TITLES), ...Object.keys(CLIENT_CODES), ...CLI_CODES])
  return [...[...names].map(describe), ...startCodes()].sort((a, b) => (a.slug < b.slug ? -1 : 1))
}

function describe(code: string): StableCode {
  const isServers = code in ERROR_CODES || code in OWN_TITLES
  const exit = EXIT_OF[code] ?? catalogued(code)?.exit
  const sdkClass = CLASSES.get(code)?.prototype.name ?? CLIENT_CODES[code]?.class ?? (isServers ? 'BuildRunnerError' : undefined)
  const isBrs = !OUTSIDE_BR.test(code)
  return {
    code,
    slug: slugOf(code),
    meaning: meaningOf(code),
    surfaces: [...(isServers ? ['server' as const] : []), ...(sdkClass === undefined ? [] : ['sdk' as const]), ...(isBrs ? ['cli' as const] : [])],
    ...(isServers && { httpStatus: statusOfCode(code) }),
    ...(isBrs && { exitCode: exit ?? EXIT.unexpected }),
    ...(sdkClass !== undefined && { sdkClass }),
  }
}

function meaningOf(code: string): string {
  const declared = (ERROR_CODES as Readonly<Record<string, string>>)[code] ?? OWN_TITLES[code] ?? CLIENT_CODES[code]?.meaning
  const meaning = declared ?? catalogued(code)?.meaning
  if (meaning === undefined) throw new Error(`${code} has no meaning.`)
  return meaning
}

function catalogued(code: string): { readonly exit: number; readonly meaning: string } | undefined {
  const entry = (ERRORS as Readonly<Record<string, { exit: number; text: (parameters: never) => readonly [string, string?] }>>)[code]
  if (entry === undefined) return (CLI_OWN as Readonly<Record<string, { exit: number; meaning: string }>>)[code]
  return { exit: entry.exit, meaning: String(entry.text(PARAMETERS)[0]) }
}

/** Stands for the parameters of any text: each shows as its own name in capitals. */
const PARAMETERS = new Proxy({}, { get: (_, name) => Object.assign(new String(`\`${String(name).toUpperCase()}\``), { join: () => `\`${String(name).toUpperCase()}\`` }) }) as never

function startCodes(): StableCode[] {
  const failures = Object.entries(EXIT_CODES).filter(([reason]) => reason !== 'ok' && reason !== 'unexpected') as [keyof typeof EXIT_CODES, number][]
  return failures.map(([code, exitCode]) => ({ code, slug: `start-${slugOf(code)}`, meaning: EXIT_MEANINGS[code], surfaces: ['start'], exitCode }))
}

/** Every code of a fault in a file, family by family, in the order they are declared. */
export function problemCodes(): readonly ProblemCode[] {
  return [
    ...Object.entries(PROBLEM_CODES).map(([code, entry]) => ({ family: 'plan' as const, code, ...entry })),
    ...family('change', CHANGE_PROBLEMS), ...family('policy', POLICY_PROBLEMS), ...family('template', TEMPLATE_PROBLEMS), ...family('evidence', NOTE_CODES),
  ]
}

const family = (name: ProblemFamily, codes: Readonly<Record<string, string>>): ProblemCode[] => Object.entries(codes).map(([code, meaning]) => ({ family: name, code, meaning }))

/** Where a stable code is explained. */
export const troubleshootingUrl = ({ slug }: StableCode): string => `/troubleshooting/${slug}/`
/** Where a fault of a file is explained. */
export const problemUrl = ({ code }: ProblemCode): string => `/troubleshooting/${slugOf(code)}/`
