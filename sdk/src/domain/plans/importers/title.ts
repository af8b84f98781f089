/** Titles of sources as our format wants them: one line, not empty, at most 500 characters. */
import { paragraphs } from './draft.ts'
import type { Draft } from './draft.ts'
import type { Report } from './report.ts'

const TITLE_LENGTH = 500

/** Sets a title that the format allows; what is cut away stays in the description. */
export function setTitle(draft: Draft, given: string | undefined, fallback: string, report: Report): void {
  const line = (given ?? '').replace(/\s+/g, ' ').trim()
  if (line === '') {
    draft.title = fallback
    report.note('title-changed', draft.at, `It has no title; it is called "${fallback}" now.`)
  } else if (line.length > TITLE_LENGTH) {
    const cut = line.slice(0, TITLE_LENGTH - 1).replace(/[\uD800-\uDBFF]$/, '')
    draft.title = cut.slice(0, Math.max(cut.lastIndexOf(' '), TITLE_LENGTH / 2)).trimEnd() + '…'
    draft.fields.description = paragraphs(given, draft.fields.description)
    report.note('title-changed', draft.at, `Its title is longer than ${TITLE_LENGTH} characters; the whole text stands in the description.`)
  } else {
    draft.title = line
    if (/[\r\n]/.test(given!.trim())) report.note('title-changed', draft.at, 'Its title was spread over lines; it is one line now.')
  }
}

/** The project's name: what the caller asks for, what the source says, or the name of its file. At most 200 characters. */
export function projectTitle(wanted: string | undefined, given: string | undefined, file: string): string {
  const base = file.replace(/^.*[/\\]/, '').replace(/\.\w+$/, '')
  for (const name of [wanted, given, base]) {
    const line = name?.replace(/\s+/g, ' ').trim().slice(0, 200).trimEnd()
    if (line) return line
  }
  return 'Project'
}
