/** The text of a policy file with its places: where a node stands, and how a problem is shown with the line and a caret. */
import { LineCounter, isAlias, parseDocument } from 'yaml'
import type { Document, Node, Scalar } from 'yaml'
import { toPointer } from '../plans/problems.ts'
import type { Path } from '../plans/problems.ts'
import type { PolicyProblem } from './types.ts'

/** Longer files are refused: what is read here may come from strangers. */
export const MAX_POLICY_BYTES = 256 * 1024

/** A problem before it has a place. */
export interface Finding {
  readonly code: string
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
  readonly #lines = new LineCounter()

  constructor(text: string) {
    this.text = text
    this.document = parseDocument(text.length > MAX_POLICY_BYTES ? '' : text, { lineCounter: this.#lines, prettyErrors: false })
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
    const { line, col } = this.#lines.linePos(Math.min(offset, this.text.length))
    return line === 0 ? { line: 1, column: offset + 1 } : { line, column: col }
  }

  /** An alias stands for what it names. */
  resolve(node: Node | null | undefined): Node | null {
    return isAlias(node) ? (node.resolve(this.document) ?? null) : (node ?? null)
  }

  report(at: Node | Range | readonly number[], { severity = 'error', path, ...finding }: Finding): void {
    const [start, end] = Array.isArray(at) ? (at as unknown as Range) : rangeOf(at as Node)
    const { line, column } = this.positionOf(start)
    const source = this.text.split('\n', line)[line - 1]?.replace(/\r$/, '') ?? ''
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

/**
 * Where each character of a scalar's value stands in the text, plus its end: quotes, indentation and folded lines lie between.
 * Of a quoted text with escapes the places behind an escape are near, not exact.
 */
export function placesOf(text: string, node: Scalar): readonly number[] {
  const value = String(node.value)
  const [from, to] = rangeOf(node)
  const places: number[] = []
  let at = node.type === 'BLOCK_LITERAL' || node.type === 'BLOCK_FOLDED' ? text.indexOf('\n', from) + 1 : from
  for (const character of value.split('')) {
    const blank = /\s/.test(character)
    while (at < to && text[at] !== character && !(blank && /\s/.test(text[at] as string))) at++
    places.push(Math.min(at, to))
    if (at < to) at++
  }
  places.push(places.length === 0 ? from : Math.min((places.at(-1) as number) + 1, to))
  return places
}

