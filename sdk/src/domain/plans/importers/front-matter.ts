/** YAML front matter of task files, read tolerantly: every scalar is text, and what people write though YAML forbids it is read as meant. */
import { isAlias, isMap, isScalar, isSeq, parseDocument } from 'yaml'
import type { Node } from 'yaml'
import type { Report } from './report.ts'
import type { SourceText } from './source-text.ts'
import type { ImportProblem } from './types.ts'
import { readSubset } from './yaml-subset.ts'

/** A value of front matter: text, a list of texts, or anything else YAML can say. */
export interface FrontMatterEntry {
  value: unknown
  /** Offsets into the source of the key, and of each element of a list. */
  offset: number
  elements: number[]
}

export interface FrontMatter {
  entries: Map<string, FrontMatterEntry>
  problems: ImportProblem[]
}

const OPTIONS = { schema: 'failsafe', version: '1.2', uniqueKeys: false, keepSourceTokens: false } as const

/** @param start the offset of the front matter's text in the source */
export function readFrontMatter(text: string, start: number, source: SourceText, report: Report): FrontMatter {
  const simple = readSubset(text, start)
  if (simple !== undefined) return { entries: simple, problems: [] }
  let document = parseDocument(text, OPTIONS)
  const first = document.errors[0]
  if (first !== undefined) {
    // Quoting moves nothing to another line, so places stay true to the line.
    document = parseDocument(quoted(text), OPTIONS)
    if (document.errors.length === 0)
      report.note(
        'yaml-repaired',
        { source, offset: start + first.pos[0] },
        `The front matter is no YAML here (${first.code.toLowerCase().replaceAll('_', ' ')}); it is read as plain text.`,
      )
  }
  const problems = document.errors.slice(0, 1).map((error): ImportProblem => {
    const message = `The front matter is no YAML: ${error.message.split('\n')[0]!.replace(/ at line \d+, column \d+:?$/, '')}.`
    return {
      code: 'front-matter',
      severity: 'error',
      pointer: '',
      message,
      remedy: 'Correct the front matter; this file was not read.',
      ...source.place(start + error.pos[0]),
    }
  })
  const entries = new Map<string, FrontMatterEntry>()
  if (problems.length === 0 && isMap(document.contents)) {
    for (const { key, value } of document.contents.items) {
      const name = isScalar(key) ? String(key.value) : ''
      const offset = start + ((key as Node).range?.[0] ?? 0)
      const elements = isSeq(value) ? value.items.map((item) => start + ((item as Node).range?.[0] ?? 0)) : []
      entries.set(name, { value: isAlias(value) || value === null ? '' : (value as Node).toJS(document), offset, elements })
    }
  }
  return { entries, problems }
}

/** Puts quotes around what YAML cannot read bare: `@name`, and text that holds `: ` or ` #`. */
function quoted(text: string): string {
  const quote = (value: string): string => `'${value.replaceAll("'", "''")}'`
  return text
    .split('\n')
    .map((line) => {
      const [, lead, value] = /^([ \t]*(?:- |[\w-]+:[ \t]+))([^\s'"[{|>&*!].*?)[ \t]*\r?$/.exec(line) ?? []
      if (lead !== undefined && value !== undefined) return lead + quote(value)
      return line.replace(/(?<=[[,][ \t]*)@[^\s,\]]+/g, quote)
    })
    .join('\n')
}
