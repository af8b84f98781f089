/** Where the keyboard goes in the tree (ARIA Authoring Practices: Treegrid, with rows in the order of focus), and what it does there. */
import type { Row } from './rows.ts'

/** What a key asks for. */
export type Command =
  | { readonly does: 'focus'; readonly index: number }
  | { readonly does: 'expand' | 'collapse'; readonly id: string }
  | { readonly does: 'expandSiblings' | 'open' | 'editTitle' | 'editAssignee' | 'editEstimate' | 'status' | 'add' | 'addInside' | 'remove' | 'moveUp' | 'moveDown' | 'undo' | 'filter' | 'help' }

export interface Key {
  readonly key: string
  readonly altKey: boolean
  readonly ctrlKey: boolean
  readonly metaKey: boolean
  readonly shiftKey: boolean
}

const LETTERS: Readonly<Record<string, Exclude<Command['does'], 'focus' | 'expand' | 'collapse'>>> = {
  e: 'editTitle', u: 'editAssignee', t: 'editEstimate', s: 'status', a: 'add', c: 'addInside', '/': 'filter', '?': 'help', '*': 'expandSiblings',
}
const NAMED: Readonly<Record<string, Exclude<Command['does'], 'focus' | 'expand' | 'collapse'>>> = { Enter: 'open', F2: 'editTitle', Delete: 'remove' }

/**
 * @param rows what is shown
 * @param at index of the row with the focus
 * @param page rows on a page
 * @returns undefined: not a key of the tree's
 */
export function commandOf(rows: readonly Row[], at: number, { key, altKey, ctrlKey, metaKey }: Key, page: number): Command | undefined {
  if (altKey) return key === 'ArrowUp' ? { does: 'moveUp' } : key === 'ArrowDown' ? { does: 'moveDown' } : undefined
  if (ctrlKey || metaKey) return key === 'z' ? { does: 'undo' } : undefined
  const does = NAMED[key] ?? LETTERS[key]
  return does === undefined ? moveOf(rows, at, key, page) : { does }
}

function moveOf(rows: readonly Row[], at: number, key: string, page: number): Command | undefined {
  const row = rows[at]
  if (row === undefined) return undefined
  const focus = (index: number): Command => ({ does: 'focus', index: Math.max(0, Math.min(rows.length - 1, index)) })
  switch (key) {
    case 'ArrowDown': return focus(at + 1)
    case 'ArrowUp': return focus(at - 1)
    case 'PageDown': return focus(at + page)
    case 'PageUp': return focus(at - page)
    case 'Home': return focus(0)
    case 'End': return focus(rows.length - 1)
    case 'ArrowRight':
      if (row.isExpanded === undefined) return undefined
      return row.isExpanded ? focus(at + 1) : { does: 'expand', id: row.item.id }
    case 'ArrowLeft':
      if (row.isExpanded) return { does: 'collapse', id: row.item.id }
      return row.item.parentId === null ? undefined : focus(rows.findIndex(({ item }) => item.id === row.item.parentId))
    default: return undefined
  }
}

/** How long letters that follow each other are one word. */
const TOGETHER_MS = 700

/** Finds rows by the beginning of their titles, as one types. A capital letter begins a word where the small one does something. */
export class TypeAhead {
  #word = ''
  #last = Number.NEGATIVE_INFINITY

  /** The word is over: something else was done. */
  end(): void {
    this.#last = Number.NEGATIVE_INFINITY
  }

  /** Whether a key goes on with a word, or begins one. */
  takes({ key, altKey, ctrlKey, metaKey }: Key, now: number): boolean {
    if (altKey || ctrlKey || metaKey || [...key].length !== 1) return false
    return now - this.#last < TOGETHER_MS ? /[\p{L}\p{N} .-]/u.test(key) : /[\p{L}\p{N}]/u.test(key) && LETTERS[key] === undefined
  }

  /** @returns the index of the next row whose title begins with what was typed; undefined where none does */
  next(rows: readonly Row[], at: number, key: string, now: number): number | undefined {
    const isNew = now - this.#last >= TOGETHER_MS
    this.#last = now
    this.#word = (isNew ? '' : this.#word) + key.toLowerCase()
    // The same letter again goes from one to the next; a longer word may be where the focus is.
    const letters = new Set(this.#word)
    const sought = letters.size === 1 ? (this.#word[0] as string) : this.#word
    const from = letters.size === 1 ? at + 1 : at
    for (let step = 0; step < rows.length; step++) {
      const index = (from + step) % rows.length
      if (rows[index]?.item.fields.title.toLowerCase().startsWith(sought)) return index
    }
    return undefined
  }
}
