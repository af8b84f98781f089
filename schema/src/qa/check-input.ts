/** What a report may say: each fault is refused with its place in the input. */
import { MAX_ANCESTORS, MAX_BATCH_OUTPUT, MAX_MESSAGE, MAX_OUTPUT, MAX_RESULTS, maskTokens } from '@buildrunner/sdk/quality'
import type { CheckKind, CheckOutcome, RunSource } from '@buildrunner/sdk/quality'
import { ValidationError } from '../shared/errors.ts'

type Optional<Value> = Value | null | undefined

export interface RunInput {
  readonly id: string
  readonly source: RunSource
  readonly commit?: Optional<string>
  readonly branch?: Optional<string>
  readonly dirty?: Optional<boolean>
  readonly ancestors?: Optional<readonly string[]>
  readonly complete?: Optional<boolean>
  readonly startedAt: Date
  readonly finishedAt?: Optional<Date>
  readonly url?: Optional<string>
}

export interface ResultInput {
  readonly item: string
  readonly criterion: string
  readonly criterionDigest: string
  readonly checkKind: CheckKind
  readonly outcome: CheckOutcome
  readonly durationMs: number
  readonly attempts?: Optional<number>
  readonly passedAttempts?: Optional<number>
  readonly message?: Optional<string>
  readonly output?: Optional<string>
  readonly url?: Optional<string>
}

/** Where something was checked. Commits are whole object names in lower case. */
export interface Place {
  readonly commit: string | null
  readonly branch: string | null
}

/** A run as it is recorded. */
export interface CheckedRun extends Place {
  readonly source: RunSource
  readonly dirty: boolean
  readonly ancestors: readonly string[]
  readonly complete: boolean
  readonly startedAt: Date
  readonly finishedAt: Date | null
  readonly url: string | null
}

/** A result as it is recorded: texts masked, and nothing in them that cannot be stored. */
export interface CheckedResult {
  readonly item: string
  readonly criterion: string
  readonly criterionDigest: string
  readonly checkKind: CheckKind
  readonly outcome: CheckOutcome
  readonly durationMs: number
  readonly attempts: number
  readonly passedAttempts: number
  readonly message: string | null
  readonly output: string | null
  readonly url: string | null
}

const MAX_BRANCH = 255
const MAX_URL = 2_000
const MAX_ATTEMPTS = 1_000
const MAX_MS = 2_147_483_647
/** Object names of git: SHA-1 or SHA-256. */
const COMMIT = /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/i
const DIGEST = /^[0-9a-f]{64}$/

const refuse = (message: string, path: readonly string[]): never => {
  throw new ValidationError(message, path)
}

function checkCommit(text: string, path: readonly string[]): string {
  return COMMIT.test(text) ? text.toLowerCase() : refuse(`A commit is named by all of its 40 or 64 hex digits (git rev-parse HEAD); ${JSON.stringify(text)} is not.`, path)
}

/** @throws ValidationError */
export function checkPlace({ commit, branch }: { readonly commit?: Optional<string>; readonly branch?: Optional<string> }, path: readonly string[] = []): Place {
  if (branch != null && (branch === '' || branch.length > MAX_BRANCH)) refuse(`The name of a branch has 1 to ${MAX_BRANCH} characters.`, [...path, 'branch'])
  return { commit: commit == null ? null : checkCommit(commit, [...path, 'commit']), branch: branch ?? null }
}

/** @throws ValidationError for what is no address of the web */
export function checkUrl(url: Optional<string>, path: readonly string[]): string | null {
  if (url == null) return null
  if (url.length > MAX_URL || !URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol)) refuse(`An address is absolute, http or https, and has at most ${MAX_URL} characters.`, path)
  return maskTokens(url)
}

/** @throws ValidationError */
export function checkRun(run: RunInput): CheckedRun {
  const place = checkPlace(run, ['run'])
  const ancestors = run.ancestors ?? []
  if (ancestors.length > MAX_ANCESTORS) refuse(`A run names at most ${MAX_ANCESTORS} ancestors; these are ${ancestors.length}.`, ['run', 'ancestors'])
  if (ancestors.length > 0 && (place.commit === null || place.branch === null)) refuse('Ancestors are those of a commit on a branch: name both.', ['run', 'ancestors'])
  const finishedAt = run.finishedAt ?? null
  if (finishedAt !== null && finishedAt < run.startedAt) refuse('A run ends after it has begun.', ['run', 'finishedAt'])
  return {
    ...place, source: run.source, dirty: run.dirty ?? false, ancestors: ancestors.map((ancestor, index) => checkCommit(ancestor, ['run', 'ancestors', String(index)])),
    complete: run.complete ?? false, startedAt: run.startedAt, finishedAt, url: checkUrl(run.url, ['run', 'url']),
  }
}

/** What people can read and Postgres can store: half surrogate pairs and U+0000, which programs print at times, are replaced. */
const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '�')

function checkText(text: Optional<string>, max: number, path: readonly string[]): string | null {
  if (text == null || text === '') return null
  if (text.length > max) refuse(`This has at most ${max} characters, and ${text.length} were sent. Leave out its middle.`, path)
  return maskTokens(storable(text)).slice(0, max)
}

/** How often it was tried, and how often it passed, must say what the outcome says. */
function checkAttempts({ outcome, ...result }: ResultInput, path: readonly string[]): { attempts: number; passedAttempts: number } {
  const attempts = result.attempts ?? (outcome === 'skipped' ? 0 : 1)
  const passedAttempts = result.passedAttempts ?? (outcome === 'passed' ? attempts : 0)
  const [least, most] = outcome === 'skipped' ? [0, 0] : [1, MAX_ATTEMPTS]
  if (attempts < least || attempts > most) refuse(`What was ${outcome} has ${outcome === 'skipped' ? 'no attempts' : `1 to ${MAX_ATTEMPTS} attempts`}; these are ${attempts}.`, [...path, 'attempts'])
  const [fewest, greatest] = outcome === 'passed' ? [1, attempts] : [0, Math.max(0, attempts - 1)]
  if (passedAttempts < fewest || passedAttempts > greatest) refuse(`Of ${attempts} attempts ${passedAttempts} passed: that is not ${outcome}.`, [...path, 'passedAttempts'])
  return { attempts, passedAttempts }
}

function checkResult(result: ResultInput, path: readonly string[]): CheckedResult {
  if (result.item === '') refuse('A result names its item.', [...path, 'item'])
  if (result.criterion === '') refuse('A result names its criterion, by id or text.', [...path, 'criterion'])
  if (!DIGEST.test(result.criterionDigest)) refuse('The digest of a criterion is 64 hex digits: criterionDigest of @buildrunner/sdk/quality.', [...path, 'criterionDigest'])
  if (result.durationMs < 0 || result.durationMs > MAX_MS) refuse('durationMs is a number of milliseconds, 0 or more.', [...path, 'durationMs'])
  return {
    item: result.item, criterion: result.criterion, criterionDigest: result.criterionDigest, checkKind: result.checkKind, outcome: result.outcome, durationMs: result.durationMs,
    ...checkAttempts(result, path), message: checkText(result.message, MAX_MESSAGE, [...path, 'message']), output: checkText(result.output, MAX_OUTPUT, [...path, 'output']),
    url: checkUrl(result.url, [...path, 'url']),
  }
}

/** @throws ValidationError, also for two results of one criterion */
export function checkResults(results: readonly ResultInput[]): CheckedResult[] {
  if (results.length > MAX_RESULTS) refuse(`One request has at most ${MAX_RESULTS} results; these are ${results.length}. Send the rest under the same id of the run (resultBatches of @buildrunner/sdk/quality).`, ['results'])
  const size = results.reduce((sum, { output }) => sum + (output?.length ?? 0), 0)
  if (size > MAX_BATCH_OUTPUT) refuse(`The outputs of one request have at most ${MAX_BATCH_OUTPUT} characters together; these have ${size}. Send some of them in another request.`, ['results'])
  const seen = new Set<string>()
  return results.map((result, index) => {
    const path = ['results', String(index)]
    const name = JSON.stringify([result.item, result.criterion])
    if (seen.has(name)) refuse('There are two results of this criterion. A run has one of each; what was repeated is counted in attempts.', path)
    seen.add(name)
    return checkResult(result, path)
  })
}
