/** The body of a Backlog.md task: sections under `##` headings, some of them between markers that may hold headings of their own. */
import type { AcceptanceCriterion } from '../types.ts'
import { keepExtra, paragraphs } from './draft.ts'
import type { Draft } from './draft.ts'
import type { Report } from './report.ts'
import type { SourceText } from './source-text.ts'

interface Section {
  title: string
  lines: string[]
}

const EXTRA = 'x-backlog'
const CRITERION = /^[ \t]*[-*+] \[([ xX])\][ \t]+(?:#(\d+)[ \t]+)?(.*)$/

export function readBody(draft: Draft, source: SourceText, start: number, report: Report): void {
  const description: string[] = []
  const notes: string[] = []
  for (const { title, lines } of splitSections(source.text.slice(start))) {
    const name = title.replace(/\s*\(optional\)$/i, '').toLowerCase()
    if (title === '' || name === 'description') description.push(lines.join('\n'))
    else if (name === 'acceptance criteria') notes.push(underHeading(title, readCriteria(draft, lines, '')))
    else if (name === 'definition of done') notes.push(underHeading(title, readCriteria(draft, lines, 'dod-')))
    else {
      notes.push(underHeading(title, lines))
      report.count('field-kept', draft.at, `The section "${title}" stands in the notes.`)
    }
  }
  Object.assign(draft.fields, dropUndefined({ description: paragraphs(...description), notes: paragraphs(...notes) }))
}

/** Cuts at `##` headings outside of fences and of `<!-- X:BEGIN -->` ... `<!-- X:END -->`; the markers go. */
function splitSections(text: string): Section[] {
  const sections: Section[] = [{ title: '', lines: [] }]
  let fence: string | undefined
  let marker: string | undefined
  for (const line of text.split(/\r?\n/)) {
    const begin = /^<!-- ([A-Z_:]+):BEGIN -->[ \t]*$/.exec(line)?.[1]
    if (marker === undefined && fence === undefined && begin !== undefined) {
      marker = begin
      continue
    }
    if (marker !== undefined && line.trimEnd() === `<!-- ${marker}:END -->`) {
      marker = undefined
      fence = undefined
      continue
    }
    const heading = fence === undefined && marker === undefined ? /^##[ \t]+(.+?)[ \t]*#*[ \t]*$/.exec(line) : null
    if (heading !== null) {
      sections.push({ title: heading[1]!, lines: [] })
      continue
    }
    const edge = /^[ \t]*(`{3,}|~{3,})/.exec(line)?.[1]
    if (edge !== undefined) fence = fence === undefined ? edge : line.trim().startsWith(fence) ? undefined : fence
    sections.at(-1)!.lines.push(line)
  }
  return sections
}

/** Takes the criteria off a section; returns what is left of it. Lines that are indented continue the criterion before. */
function readCriteria(draft: Draft, lines: readonly string[], prefix: string): string[] {
  const criteria: AcceptanceCriterion[] = []
  const ticked: string[] = []
  const rest: string[] = []
  for (const line of lines) {
    const match = CRITERION.exec(line)
    if (match !== null && match[3]!.trim() !== '') {
      const [, box, number, text = ''] = match
      const id = number === undefined ? undefined : prefix + number
      criteria.push({ ...(id !== undefined && { id }), text: text.trim() })
      if (box !== ' ') ticked.push(id ?? text.trim())
    } else if (/^[ \t]+\S/.test(line) && criteria.length > 0) criteria.at(-1)!.text += ` ${line.trim()}`
    else rest.push(line)
  }
  if (criteria.length > 0) draft.fields.acceptanceCriteria = [...(draft.fields.acceptanceCriteria ?? []), ...criteria]
  // A plan holds no results: which criteria are met is evidence, and is kept only as a word.
  if (ticked.length > 0) keepExtra(draft.fields, EXTRA, { ticked: [...((draft.fields[EXTRA] as { ticked?: string[] } | undefined)?.ticked ?? []), ...ticked] })
  return rest
}

const underHeading = (title: string, lines: readonly string[]): string =>
  lines.some((line) => line.trim() !== '') ? `## ${title}\n\n${lines.join('\n').trim()}` : ''

function dropUndefined<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>
}
