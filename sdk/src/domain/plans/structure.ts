/** The structural half of validation: what the zod schemas refuse, said in our codes and in words for people. */
import type * as z from 'zod'
import { acceptanceOf } from './accepts.ts'
import { planSchema, PLAN_FORMAT_VERSION } from './format.ts'
import { patternFault } from './pattern.ts'
import { show, type Finding, type Path } from './problems.ts'
import { nearest } from './suggest.ts'

type Issue = z.core.$ZodIssue
type Words = Omit<Finding, 'path'>

const isAccepted = acceptanceOf(planSchema)

/** An example of a right value, by the key it stands under. */
const EXAMPLES: Readonly<Record<string, string>> = {
  version: `"version": ${PLAN_FORMAT_VERSION}`,
  project: '"project": { "name": "…" }',
  milestones: '"milestones": []',
  dueDate: '"2026-12-31"',
  url: '"https://example.com/"',
}
const TYPE_NAMES: Readonly<Record<string, string>> = { string: 'a text', number: 'a number', int: 'a whole number', array: 'a list', object: 'an object' }

const nameOf = (path: Path): string => {
  const last = path.at(-1)
  if (last === undefined) return 'The plan'
  return typeof last === 'number' ? `Entry ${last + 1} of "${String(path.at(-2))}"` : `"${last}"`
}
const listed = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join(', ')

function wrongType(path: Path, expected: string, value: unknown): Words {
  if (value === undefined) {
    const key = String(path.at(-1))
    const owner = path.length < 2 ? 'The plan' : typeof path.at(-2) === 'number' ? `This entry of "${String(path.at(-3))}"` : `"${String(path.at(-2))}"`
    const remedy = `Add ${EXAMPLES[key] ?? `"${key}" with ${TYPE_NAMES[expected] ?? expected}`}.`
    return { code: 'missing-field', message: `${owner} has no "${key}", which is required.`, remedy }
  }
  const wanted = TYPE_NAMES[expected] ?? expected
  const optional = value === null ? ' Leave the key out to say nothing.' : ''
  return { code: 'wrong-type', message: `${nameOf(path)} must be ${wanted}, but is ${show(value)}.`, remedy: `Write ${wanted}.${optional}` }
}

function wrongValue(path: Path, values: readonly unknown[], value: unknown): Words {
  if (value === undefined) return wrongType(path, 'one of ' + listed(values), value)
  const meant = typeof value === 'string' ? nearest(value, values.filter((each) => typeof each === 'string')) : undefined
  const one = values.length === 1 ? `must be ${listed(values)}` : `must be one of ${listed(values)}`
  const remedy = meant === undefined ? `Write ${values.length === 1 ? listed(values) : 'one of them'}.` : `Did you mean "${meant}"?`
  return { code: 'invalid-value', message: `${nameOf(path)} ${one}, but is ${show(value)}.`, remedy }
}

function wrongSize(path: Path, issue: Issue & { code: 'too_small' | 'too_big' }, value: unknown): Words {
  if (issue.origin !== 'string') {
    const bound = issue.code === 'too_small' ? `at least ${issue.minimum}` : `at most ${issue.maximum}`
    return { code: 'out-of-range', message: `${nameOf(path)} must be ${bound}, but is ${show(value)}.`, remedy: `Write a number that is ${bound}.` }
  }
  if (issue.code === 'too_small') {
    const remedy = path.at(-1) === 'id' ? 'Write an id that is unique in the plan.' : 'Write a text, or leave the key out where it is optional.'
    return { code: 'too-short', message: `${nameOf(path)} is empty.`, remedy }
  }
  const length = (value as string).length
  const remedy = path.at(-1) === 'title' ? 'Shorten it; put the rest into "description".' : 'Shorten it.'
  return { code: 'too-long', message: `${nameOf(path)} has ${length} characters; at most ${issue.maximum} are allowed.`, remedy }
}

function wrongFormat(path: Path, format: string, value: unknown): Words {
  const key = String(path.at(-1))
  const words: Record<string, [form: string, remedy: string]> = {
    date: ['a date of the calendar as YYYY-MM-DD', `Write it like ${EXAMPLES['dueDate']}.`],
    url: ['an absolute URL', `Write it like ${EXAMPLES['url']}.`],
    variable: ['the name of a variable', 'Write letters, digits and underscores, like "CI".'],
    pattern: ['a regular expression', `Correct it: ${patternFault(String(value))}.`],
    regex: ['without white space', `Write ${JSON.stringify(String(value).trim().replace(/\s+/g, '-'))}.`],
  }
  const [form, remedy] = words[format] ?? [`of the form "${format}"`, `Correct "${key}".`]
  return { code: 'invalid-format', message: `${nameOf(path)} must be ${form}, but is ${show(value)}.`, remedy }
}

/** The branch of a union that the author meant: the only one whose type fits the value at the top. */
function meantBranch(errors: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const fitting = errors.filter((issues) => !issues.some((issue) => issue.path.length === 0 && issue.code === 'invalid_type'))
  return fitting.length === 1 ? fitting[0] : undefined
}

function unionFindings(document: unknown, path: Path, issue: Issue & { code: 'invalid_union' }): Finding[] {
  const value = valueAt(document, path)
  if (issue.discriminator !== undefined) return [{ path, ...wrongValue(path, (issue as { options?: unknown[] }).options ?? [], value) }]
  const meant = meantBranch(issue.errors)
  if (meant !== undefined) return meant.flatMap((inner) => toFindings(document, inner, path))
  const message = `${nameOf(path)} must be a number of hours, or an object with "optimistic", "likely" and "pessimistic" hours, but is ${show(value)}.`
  return [{ path, code: 'wrong-type', message, remedy: 'Write hours, like 3 or { "optimistic": 2, "likely": 3, "pessimistic": 6 }.' }]
}

function toFindings(document: unknown, issue: Issue, base: Path = []): Finding[] {
  const path = [...base, ...issue.path] as Path
  const value = valueAt(document, path)
  switch (issue.code) {
    case 'invalid_type':
      return [{ path, ...wrongType(path, issue.expected === 'number' && (issue as { format?: string }).format ? 'int' : issue.expected, value) }]
    case 'invalid_value':
      return [{ path, ...wrongValue(path, issue.values, value) }]
    case 'too_small':
    case 'too_big':
      return [{ path, ...wrongSize(path, issue, value) }]
    case 'invalid_format':
      // An empty id is reported once, as empty.
      return value === '' ? [] : [{ path, ...wrongFormat(path, path.at(-2) === 'env' ? 'variable' : issue.format, value) }]
    case 'custom':
      return value === '' ? [] : [{ path, ...wrongFormat(path, String(issue.params?.['format']), value) }]
    case 'invalid_union':
      return unionFindings(document, path, issue)
    default:
      return [{ path, code: 'invalid-value', message: `${nameOf(path)} is refused: ${issue.message}.`, remedy: 'Correct the value.' }]
  }
}

function valueAt(document: unknown, path: Path): unknown {
  let value = document
  for (const part of path) value = (value as Record<string | number, unknown> | null | undefined)?.[part]
  return value
}

/** A version above ours; everything else about such a plan is for a newer program to judge. */
export function newerVersion(document: unknown): Finding | undefined {
  const version = valueAt(document, ['version'])
  if (typeof version !== 'number' || !Number.isInteger(version) || version <= PLAN_FORMAT_VERSION) return undefined
  return {
    code: 'newer-version',
    path: ['version'],
    message: `The plan is in format version ${version}; this program knows version ${PLAN_FORMAT_VERSION}, so the plan is read-only here.`,
    remedy: 'Update BuildRunner (npm install @buildrunner/cli@latest).',
  }
}

/** Asks the schemas of a document. */
export function structureFindings(document: unknown): Finding[] {
  if (isAccepted(document)) return []
  const result = planSchema.safeParse(document)
  return result.success ? [] : result.error.issues.flatMap((issue) => toFindings(document, issue))
}
