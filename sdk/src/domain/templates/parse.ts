/** From the text of a template, YAML or JSON, to the template; every fault with line and column. */
import { LineCounter, parseDocument, type Document, type Node } from 'yaml'
import type * as z from 'zod'
import { nearest } from '../plans/suggest.ts'
import { TEMPLATE_FORMAT_VERSION, templateSchema } from './format.ts'
import { lintTemplate } from './lint.ts'
import type { Template, TemplateProblem } from './types.ts'

/** What a text of a template holds. */
export interface ParsedTemplate {
  /** Present when no problem is an error. */
  template?: Template
  /** In the order of the text. */
  problems: TemplateProblem[]
}

type Path = readonly (string | number)[]

const pointerOf = (path: Path): string => path.map((part) => '/' + String(part).replaceAll('~', '~0').replaceAll('/', '~1')).join('')
const problem = (code: TemplateProblem['code'], path: Path, message: string, remedy: string): TemplateProblem => ({ code, severity: 'error', pointer: pointerOf(path), message, remedy })

/** Largest text that is read, in UTF-16 units. */
export const MAX_TEMPLATE_LENGTH = 256 * 1024

/**
 * Reads a template and checks it: its structure, every expression, and the plan and policy that it makes with each of its choices.
 *
 * @remarks Never throws. Aliases of YAML are resolved, at most 100 of them.
 * @example
 * const { template, problems } = parseTemplate(readFileSync('web-app.yml', 'utf8'))
 */
export function parseTemplate(text: string): ParsedTemplate {
  if (text.length > MAX_TEMPLATE_LENGTH) return { problems: [problem('structure', [], `The text has ${text.length} characters; a template has at most ${MAX_TEMPLATE_LENGTH}.`, 'Make packs of its parts.')] }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const syntax = document.errors.map(({ message, pos }): TemplateProblem => ({ ...problem('syntax', [], `${message}.`.replace('..', '.'), 'Correct the YAML.'), ...placeAt(lines, pos[0]) }))
  if (syntax.length > 0) return { problems: syntax }
  let value: unknown
  try {
    value = document.toJS({ maxAliasCount: 100 })
  } catch (error) {
    return { problems: [problem('syntax', [], `${(error as Error).message}.`, 'Write it out.')] }
  }
  const checked = checkTemplate(value)
  const problems = checked.problems.map((found) => ({ ...found, ...place(document, lines, found.pointer) })).sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
  return { ...checked, problems }
}

/** Checks a template that is an object already, as `parseTemplate` does; problems have no line. Never throws. */
export function checkTemplate(value: unknown): ParsedTemplate {
  const structure = structureProblems(value)
  if (structure.length > 0) return { problems: structure }
  const template = value as Template
  const problems = lintTemplate(template)
  return problems.some(({ severity }) => severity === 'error') ? { problems } : { template, problems }
}

function structureProblems(value: unknown): TemplateProblem[] {
  const format = (value as { format?: unknown } | null)?.format
  if (typeof format === 'number' && format > TEMPLATE_FORMAT_VERSION)
    return [problem('newer-format', ['format'], `The template is in format ${format}; this program knows format ${TEMPLATE_FORMAT_VERSION}.`, 'Update BuildRunner.')]
  const result = templateSchema.safeParse(value)
  return result.success ? [] : result.error.issues.flatMap((issue) => fromIssue(issue))
}

function fromIssue(issue: z.core.$ZodIssue): TemplateProblem[] {
  const path = issue.path as Path
  if (issue.code !== 'unrecognized_keys') return [problem('structure', path, `${path.length === 0 ? 'The template' : `"${path.join('.')}"`}: ${issue.message}.`, 'Correct it.')]
  const known = keysAt(path)
  return issue.keys.map((key) => {
    const meant = nearest(key, known)
    return problem('unknown-key', [...path, key], `"${key}" is not a key of ${path.length === 0 ? 'a template' : `"${path.join('.')}"`}.`, meant === undefined ? 'Remove it.' : `Did you mean "${meant}"?`)
  })
}

/** The keys that the format knows at a path. */
function keysAt(path: Path): string[] {
  let schema: unknown = templateSchema
  for (const part of path) {
    const inner = unwrap(schema) as { shape?: Record<string, unknown>; element?: unknown }
    schema = typeof part === 'number' ? inner.element : inner.shape?.[part]
  }
  return Object.keys((unwrap(schema) as { shape?: object } | undefined)?.shape ?? {})
}

function unwrap(schema: unknown): unknown {
  let inner = schema as { unwrap?: () => unknown; element?: unknown } | undefined
  while (inner !== undefined && inner.element === undefined && typeof inner.unwrap === 'function') inner = inner.unwrap() as typeof inner
  return inner
}

function placeAt(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset)
  return { line, column: col }
}

/** Where a value stands, or the nearest one around it that is there. */
function place(document: Document, lines: LineCounter, pointer: string): { line: number; column: number } {
  const parts = pointer.split('/').slice(1).map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  let node: unknown = document.contents
  for (const part of parts) {
    const next: unknown = (node as { get?: (key: unknown, keep: boolean) => unknown }).get?.(Array.isArray((node as { items?: unknown }).items) && /^\d+$/.test(part) ? Number(part) : part, true)
    if (typeof next !== 'object' || next === null) break
    node = next
  }
  return placeAt(lines, (node as Node | null)?.range?.[0] ?? 0)
}
