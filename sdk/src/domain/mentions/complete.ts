/** Completing a mention while it is typed: what to ask suggestions for, and the text with the one that was chosen. */
import type { Mention } from './index.ts'

/** A text in an editor. */
export interface Typed {
  /** All of it. */
  text: string
  /** Place of the cursor, in UTF-16 units. */
  cursor: number
}

/** A mention that is being typed. */
export interface MentionDraft {
  /** What stands behind its `@` up to the cursor: the `prefix` to ask suggestions for. */
  prefix: string
  /** Offset of its `@`, in UTF-16 units. */
  start: number
}

/** An `@` that can begin a mention, and what has been typed of it. */
const DRAFT = /(?<![\p{L}\p{N}_@/.\\-])@((?:(?:role|team):)?[\p{L}\p{N}._-]{0,64})$/u
/** What is left of the name behind the cursor. */
const REST = /^[\p{L}\p{N}_-]*/u

/**
 * The mention that the cursor stands in.
 *
 * @returns undefined where no mention is being typed
 * @example
 * draftMention({ text: 'Ask @gr', cursor: 7 }) // { prefix: 'gr', start: 4 }
 */
export function draftMention({ text, cursor }: Typed): MentionDraft | undefined {
  const match = DRAFT.exec(text.slice(0, cursor))
  return match === null ? undefined : { prefix: match[1]!, start: match.index }
}

/** As it is written: `@ada`, `@role:QA`. */
const write = ({ kind, name }: Mention): string => (kind === 'user' ? `@${name}` : `@${kind}:${name}`)

/**
 * Puts a suggestion in place of the mention that is being typed, with a space behind it. Where none is being typed, it is inserted
 * at the cursor.
 *
 * @param mention what `client.comments.suggestMentions` suggests; its `kind` may be in upper case
 * @returns the new text, with the cursor behind the mention
 * @example
 * insertMention({ text: 'Ask @gr about it', cursor: 7 }, { kind: 'user', name: 'grace' }) // { text: 'Ask @grace about it', cursor: 11 }
 */
export function insertMention(typed: Typed, mention: { kind: string; name: string }): Typed {
  const draft = draftMention(typed)
  const [before, behind] = [typed.text.slice(0, draft?.start ?? typed.cursor), typed.text.slice(typed.cursor)]
  const rest = draft === undefined ? behind : behind.replace(REST, '')
  // an `@` inside a word begins no mention
  const gap = draft === undefined && before !== '' && !/\s$/.test(before) ? ' ' : ''
  const written = `${before}${gap}${write({ kind: mention.kind.toLowerCase() as Mention['kind'], name: mention.name })} `
  return { text: written + rest.replace(/^ /, ''), cursor: written.length }
}
