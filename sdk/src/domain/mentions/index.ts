/**
 * Mentions in markdown: `@ada`, `@role:QA`, `@team:frontend`. One grammar for the server, the SDK and pages.
 *
 * A name is made of letters, digits, `.`, `_` and `-`, begins and ends with a letter or digit and has at most 64
 * characters. An `@` inside a word is none (`ada@example.com`), nor is one in code or behind a backslash.
 */

export { draftMention, insertMention, type MentionDraft, type Typed } from './complete.ts'

/** Who is meant. */
export interface Mention {
  /** What is mentioned. */
  kind: 'user' | 'role' | 'team'
  /** As it was written, without `@` and kind. */
  name: string
}

/** A mention and its place in the text, in UTF-16 units; `end` is behind its last character. */
export interface MentionAt extends Mention {
  /** Offset of its first character, in UTF-16 units. */
  start: number
  /** Offset behind its last character, in UTF-16 units. */
  end: number
}

const MENTION = /(?<![\p{L}\p{N}_@/.\\-])@(?:(role|team):)?([\p{L}\p{N}](?:[\p{L}\p{N}._-]{0,62}[\p{L}\p{N}])?)(?![\p{L}\p{N}_]|[.-][\p{L}\p{N}]|[:@])/gu

const FENCED = /^ {0,3}(`{3,}|~{3,})[^\n]*\n(?:[\s\S]*?^ {0,3}\1[^\S\n]*$|[\s\S]*)/gm
const blank = (code: string): string => ' '.repeat(code.length)

/** The text with blanks for code: fenced blocks to their end or that of the text, and spans between equal runs of backticks. */
function withoutCode(markdown: string): string {
  const text = markdown.replace(FENCED, blank)
  const runs = [...text.matchAll(/`+/g)].map(({ 0: { length }, index }) => ({ length, index }))
  const next = new Map<number, number>()
  /** For each run the place of the next one of its length. */
  const closing = runs.reverse().map(({ length, index }) => {
    const at = next.get(length)
    next.set(length, index)
    return { length, index, at }
  })
  let out = ''
  let copied = 0
  for (const { length, index, at } of closing.reverse()) {
    if (index < copied || at === undefined) continue
    out += text.slice(copied, index) + ' '.repeat(at + length - index)
    copied = at + length
  }
  return out + text.slice(copied)
}

/** Every mention, in the order of the text, with its place. */
export function findMentions(markdown: string): MentionAt[] {
  return [...withoutCode(markdown).matchAll(MENTION)].map(({ 0: whole, 1: kind, 2: name, index }) => ({
    kind: (kind ?? 'user') as Mention['kind'], name: name!, start: index, end: index + whole.length,
  }))
}

/**
 * Who is mentioned, each once, in the order of the text. Names are compared without regard to case.
 *
 * @example
 * parseMentions('@ada, ask @role:QA') // [{ kind: 'user', name: 'ada' }, { kind: 'role', name: 'QA' }]
 */
export function parseMentions(markdown: string): Mention[] {
  const found = new Map<string, Mention>()
  for (const { kind, name } of findMentions(markdown)) {
    const id = `${kind}:${name.toLowerCase()}`
    if (!found.has(id)) found.set(id, { kind, name })
  }
  return [...found.values()]
}
