/** The text of a policy file with its places: where a node stands, and how a problem is shown with the line and a caret. */
import { isAlias, parseDocument } from 'yaml'
import type { Document, Node, Scalar } from 'yaml'
import { toPointer } from '../plans/problems.ts'
import type { Path } from '../plans/problems.ts'
import type { PolicyProblemCode } from './problems.ts'
import type { PolicyProblem } from './types.ts'

/** Longer files are refused: what is read here may come from strangers. */
export const MAX_POLICY_BYTES = 256 * 1024

/** A problem before it has a place. */
export interface Finding {
  readonly code: PolicyProblemCode
  readonly severity?: 'error' | 'warning'
  readonly path: Path
  readonly message: string
  readonly remedy: string
}

/** From an offset up to, not including, another. */
export type Range = readonly [start: number, end: number]

/** A policy file as it is read: everything that is wrong is reported, each with its place. */
export class PolicySource {
  readonly text: string
  readonly document: Document
  readonly problems: PolicyProblem[] = []
  /** Offsets at which lines begin. */
  readonly #lines: readonly number[]

  constructor(text: string) {
    this.text = text
    this.#lines = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
    this.document = parseDocument(text.length > MAX_POLICY_BYTES ? '' : text, { prettyErrors: false })
    if (text.length > MAX_POLICY_BYTES) {
      this.report([0, 0], { code: 'too-long', path: [], message: `The file has ${text.length} characters; ${MAX_POLICY_BYTES} are the most.`, remedy: 'Keep the policy to its rules.' })
    }
    for (const { pos, code, message } of [...this.document.errors, ...this.document.warnings]) {
      const duplicate = code === 'DUPLICATE_KEY'
      this.report(pos, {
        code: duplicate ? 'duplicate-key' : 'syntax', path: [], message: message.endsWith('.') ? message : `${message}.`,
        remedy: duplicate ? 'Keep one of the two.' : 'Correct the YAML: indentation in spaces, texts that hold ": " or "#" in quotes.',
      })
    }
  }

  get hasErrors(): boolean {
    return this.problems.some(({ severity }) => severity === 'error')
  }

  /** One-based line and column of an offset. */
  positionOf(offset: number): { line: number; column: number } {
    const at = Math.min(offset, this.text.length)
    let line = 0
    for (let step = this.#lines.length; step >= 1; step = Math.floor(step / 2)) while ((this.#lines[line + step] ?? Infinity) <= at) line += step
    return { line: line + 1, column: at - (this.#lines[line] as number) + 1 }
  }

  /** An alias stands for what it names. */
  resolve(node: Node | null | undefined): Node | null {
    return isAlias(node) ? (node.resolve(this.document) ?? null) : (node ?? null)
  }

  report(at: Node | Range | readonly number[], { severity = 'error', path, ...finding }: Finding): void {
    const [start, end] = Array.isArray(at) ? (at as unknown as Range) : rangeOf(at as Node)
    const { line, column } = this.positionOf(start)
    const source = this.text.slice(this.#lines[line - 1], (this.#lines[line] ?? this.text.length + 1) - 1).replace(/\r$/, '')
    const endColumn = Math.max(column + 1, Math.min(column + (end - start), source.length + 1))
    this.problems.push({ ...finding, severity, line, column, endColumn, pointer: toPointer(path), frame: frameOf(source, column, endColumn) })
  }

  /** Problems by place, errors first where two share one. */
  sorted(): PolicyProblem[] {
    return this.problems.toSorted((a, b) => a.line - b.line || a.column - b.column || a.severity.localeCompare(b.severity))
  }
}

export const rangeOf = (node: Node): Range => [node.range?.[0] ?? 0, node.range?.[1] ?? 0]

/** Tabs are kept above the caret, so that it stands under its place however wide they are shown. */
function frameOf(source: string, column: number, endColumn: number): string {
  const indent = source.slice(0, column - 1).replace(/[^\t]/g, ' ')
  return `${source}\n${indent}${'^'.repeat(Math.max(1, endColumn - column))}`
}

/** How much text an escape of a double-quoted scalar takes. */
const ESCAPE_LENGTHS: Readonly<Record<string, number>> = { x: 4, u: 6, U: 10 }

/**
 * Where each character of a scalar's value stands in the text, plus its end: quotes, escapes, indentation and folded lines lie
 * between.
 */
export function placesOf(text: string, node: Scalar): readonly number[] {
  const [from, to] = rangeOf(node)
  const isBlock = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED'
  const isQuoted = node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE'
  let at = isBlock ? text.indexOf('\n', from) + 1 : isQuoted ? from + 1 : from
  const places = String(node.value).split('').map((character) => {
    const isBlank = /\s/.test(character)
    while (at < to && text[at] !== character && !(isBlank && /\s/.test(text[at] as string)) && !(isQuoted && text[at] === '\\')) at++
    const place = Math.min(at, to)
    if (node.type === 'QUOTE_DOUBLE' && text[at] === '\\') at += ESCAPE_LENGTHS[text[at + 1] as string] ?? 2
    else at += node.type === 'QUOTE_SINGLE' && character === "'" ? 2 : 1
    return place
  })
  return [...places, Math.min(at, to)]
}
