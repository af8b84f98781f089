/** Every code that has a page of its own below `/troubleshooting/`: errors, problems of files, and what verification and sync report. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { EXIT_CODES } from '../../../api/src/exit-codes.ts'
import { problemCodes, slugOf, stableCodes } from './codes.ts'
import type { ProblemFamily, StableCode } from './codes.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')

/** What a code belongs to: its texts are in `docs-site/errors/`, in the files of that family. */
export type Family = 'error' | ProblemFamily | 'sync' | 'migration' | 'audit' | 'testing'

export interface ExplainedCode {
  readonly code: string
  readonly family: Family
  /** In the address of its page. Codes of several families can share one. */
  readonly slug: string
  /** In one line, as the source says it. */
  readonly meaning?: string
  /** Rows of the table at the head of its page. */
  readonly facts: readonly (readonly [label: string, value: string])[]
}

/** Who reports the codes of a family. */
const REPORTED_BY: Readonly<Record<Exclude<Family, 'error'>, string>> = {
  plan: 'validation of a plan',
  policy: 'validation of a policy',
  template: 'validation of a template',
  evidence: 'the server, about one result of a run of checks',
  change: 'a change that does not fit the plan',
  sync: 'the server, about one write of a push',
  migration: 'the server as it starts',
  audit: 'verification of the audit log',
  testing: '`@buildrunner/sdk/testing`',
}
const SURFACES = { server: 'the server', sdk: 'the SDK', cli: '`br`', start: 'the server as it starts' } as const

/** The names of a union of texts, as the source declares it: a type is gone when a program runs. */
export function unionIn(file: string, name: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8')
  const [, body = ''] = new RegExp(`export type ${name} =((?:\\s*\\|?\\s*'[^']+')+)`).exec(text) ?? []
  const names = [...body.matchAll(/'([^']+)'/g)].map(([, value = '']) => value)
  if (names.length === 0) throw new Error(`${file} declares no union ${name}.`)
  return names
}

/** Codes of refusals that only sync knows; the others are those of the plan and of the server. */
function syncCodes(stable: readonly StableCode[]): string[] {
  const text = ['schema/src/sync/push.ts', 'sdk/src/domain/sync/faults.ts'].map((file) => readFileSync(join(ROOT, file), 'utf8')).join('')
  const known = new Set(stable.map(({ code }) => code))
  return [...new Set([...text.matchAll(/(?:code: |refusal\(number, )'([A-Z]+(?:_[A-Z]+)+)'/g)].map(([, code = '']) => code))].filter((code) => !known.has(code))
}

/** The types of `schema.graphql` that an error of a mutation can be. */
function errorTypes(): Set<string> {
  const text = readFileSync(join(ROOT, 'schema/schema.graphql'), 'utf8')
  return new Set([...text.matchAll(/^type (\w+) implements Error/gm)].map(([, name = '']) => name))
}

function factsOf({ surfaces, httpStatus, exitCode, sdkClass }: StableCode, types: ReadonlySet<string>): ExplainedCode['facts'] {
  return [
    ['Reported by', surfaces.map((surface) => SURFACES[surface]).join(', ')],
    ...(sdkClass === undefined ? [] : [['Class in the SDK', `\`${sdkClass}\``] as const]),
    ...(sdkClass !== undefined && types.has(sdkClass) ? [['Type in GraphQL', `\`${sdkClass}\``] as const] : []),
    ...(httpStatus === undefined ? [] : [['HTTP status (REST)', String(httpStatus)] as const]),
    ...(exitCode === undefined ? [] : [[surfaces.includes('start') ? 'Exit code of the server' : 'Exit code of `br`', String(exitCode)] as const]),
  ]
}

/** All of them, family by family. */
export function explainedCodes(): ExplainedCode[] {
  const types = errorTypes()
  const stable = stableCodes()
  const own = (family: Exclude<Family, 'error'>, codes: readonly string[], more: ExplainedCode['facts'] = [], prefix = ''): ExplainedCode[] =>
    codes.map((code) => ({ code, family, slug: prefix + slugOf(code), facts: [['Reported by', REPORTED_BY[family]], ...more] }))
  return [
    ...stable.map((code) => ({ code: code.code, family: 'error' as const, slug: code.slug, meaning: code.meaning, facts: factsOf(code, types) })),
    ...own('migration', unionIn('api/src/database/migrate.ts', 'MigrationErrorCode'), [['Exit code of the server', String(EXIT_CODES.migrationFailed)]]),
    ...own('sync', syncCodes(stable)),
    ...problemCodes().map(({ code, family, meaning, severity }) => ({
      code, family, meaning, slug: slugOf(code),
      facts: [['Reported by', REPORTED_BY[family]] as const, ...(severity === undefined ? [] : [['Severity', severity] as const])],
    })),
    ...own('testing', ['NOT_IN_TEST_SERVER']),
    ...own('audit', unionIn('sdk/src/domain/audit/report.ts', 'FindingKind'), [], 'audit-'),
  ]
}
