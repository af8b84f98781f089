/**
 * How a check stands in our markdown: a word, what it is about in backticks, then its details in a fixed order, such as
 * ``run `npm test` in `web` within 300 s`` or ``coverage `lcov.info` at least 80 % of branches``. Writing and reading go by the same
 * table, and what is read counts only if it would be written just so.
 */
import { isCode } from './markdown-inline.ts'
import type { Check } from './types.ts'

interface Detail {
  /** The key of the check. */
  readonly key: string
  /** What it looks like, with `$` where the value stands. */
  readonly text: string
  readonly kind: 'code' | 'codes' | 'number' | 'word'
}
interface Form {
  readonly word: string
  readonly main: string
  readonly details: readonly Detail[]
}

const code = (key: string, text: string): Detail => ({ key, text, kind: 'code' })
const number = (key: string, text: string): Detail => ({ key, text, kind: 'number' })
const matches = code('matches', ' matches $')

const FORMS: Readonly<Record<Exclude<Check['kind'], 'manual'>, Form>> = {
  command: { word: 'run', main: 'run', details: [code('cwd', ' in $'), number('timeoutSeconds', ' within $ s'), { key: 'env', text: ' with $', kind: 'codes' }] },
  http: { word: 'http', main: 'url', details: [number('status', ' $'), matches] },
  file: { word: 'file', main: 'path', details: [matches] },
  junit: { word: 'junit', main: 'path', details: [number('maxFailures', ' at most $ failed'), number('minTests', ' at least $ run')] },
  coverage: { word: 'coverage', main: 'path', details: [number('min', ' at least $ %'), { key: 'metric', text: ' of $', kind: 'word' }] },
}

const VALUE = { code: '`([^`]+)`', codes: '(`[^`]+`(?:, `[^`]+`)*)', number: '(\\d+(?:\\.\\d+)?)', word: '([a-z]+)' } as const

const READERS = (Object.keys(FORMS) as (keyof typeof FORMS)[]).map((kind) => {
  const { word, main, details } = FORMS[kind]
  const parts = details.map((detail) => `(?:${detail.text.replace('$', () => VALUE[detail.kind])})?`)
  return { kind, details: [code(main, ''), ...details], form: new RegExp(`^${word} ${VALUE.code}${parts.join('')}$`, 's') }
})

function writeValue({ kind }: Detail, value: unknown): string | undefined {
  if (kind === 'code') return typeof value === 'string' && isCode(value) ? `\`${value}\`` : undefined
  if (kind === 'codes') return Array.isArray(value) && value.length > 0 ? value.map((each) => `\`${each}\``).join(', ') : undefined
  const text = String(value)
  return kind === 'word' || /^\d+(\.\d+)?$/.test(text) ? text : undefined
}

function readValue({ kind }: Detail, text: string): unknown {
  if (kind === 'number') return Number(text)
  return kind === 'codes' ? text.slice(1, -1).split('`, `') : text
}

/** A check in words; undefined when it says something that has no such form. */
export function writeCheck(check: Check): string | undefined {
  if (check.kind === 'manual') return writeManual(check)
  const { word, main, details } = FORMS[check.kind]
  const known = ['kind', main, ...details.map(({ key }) => key)]
  if (!Object.keys(check).every((key) => known.includes(key))) return undefined
  const parts = [code(main, ' $'), ...details].filter(({ key }) => check[key] !== undefined).map((detail) => {
    const value = writeValue(detail, check[detail.key])
    return value === undefined ? undefined : detail.text.replace('$', () => value)
  })
  return parts.includes(undefined) ? undefined : word + parts.join('')
}

function writeManual(check: Check & { kind: 'manual' }): string | undefined {
  if (!Object.keys(check).every((key) => key === 'kind' || key === 'by')) return undefined
  return check.by === undefined ? 'manual' : isCode(check.by) ? `manual by \`${check.by}\`` : undefined
}

/** The check that words stand for; undefined when they stand for none. */
export function readCheck(text: string): Check | undefined {
  if (text === 'manual') return { kind: 'manual' }
  const by = /^manual by `([^`]+)`$/.exec(text)?.[1]
  if (by !== undefined) return { kind: 'manual', by }
  for (const { kind, details, form } of READERS) {
    const values = form.exec(text)?.slice(1)
    if (values === undefined) continue
    const entries = details.flatMap((detail, index) => (values[index] === undefined ? [] : [[detail.key, readValue(detail, values[index])]]))
    const check = { kind, ...Object.fromEntries(entries) as object } as unknown as Check
    return writeCheck(check) === text ? check : undefined
  }
  return undefined
}

const OPENING = ' (check: '

/** A criterion's text, and the check that ends it. The last opening that begins a check is meant: what a text ends with stands before it. */
export function splitCheck(text: string): { before: string; check?: Check } {
  if (!text.endsWith(')')) return { before: text }
  for (let at = text.lastIndexOf(OPENING); at >= 0; at = at === 0 ? -1 : text.lastIndexOf(OPENING, at - 1)) {
    const check = readCheck(text.slice(at + OPENING.length, -1))
    if (check !== undefined) return { before: text.slice(0, at), check }
  }
  return { before: text }
}
