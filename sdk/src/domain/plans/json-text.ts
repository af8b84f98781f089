/**
 * Offsets in a valid JSON text, found lazily: only the objects and arrays that are asked for are taken apart, and what
 * lies between is skipped, once.
 */

/** A value of an object or array: `text.slice(start, end)`. */
export interface Member {
  /** Objects only. */
  key?: string
  /** Where the key's quote stands; equal to `start` in an array. */
  keyStart: number
  start: number
  end: number
}

/** An object or array taken apart. */
export interface Container {
  open: number
  members: Member[]
  /** The offset of the closing bracket. */
  close: number
}

const QUOTE = 34
const COMMA = 44
const BACKSLASH = 92

const isOpening = (code: number): boolean => code === 0x5b || code === 0x7b
const isClosing = (code: number): boolean => code === 0x5d || code === 0x7d
const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9

/** True when the character at `offset` stands behind an odd number of backslashes. */
export function isEscaped(text: string, offset: number): boolean {
  let at = offset - 1
  while (text.charCodeAt(at) === BACKSLASH) at--
  return (offset - at) % 2 === 0
}

/** The member of a container that a key or index names; of equal keys the last, as for `JSON.parse`. */
export const memberOf = (container: Container, part: string | number): Member | undefined =>
  typeof part === 'number' ? container.members[part] : container.members.findLast((member) => member.key === part)

export class JsonText {
  readonly text: string
  /** The offset of the document's value. */
  readonly root: number
  /** The end of every object and array that was skipped or taken apart, by where it opens. */
  readonly #ends = new Map<number, number>()
  readonly #containers = new Map<number, Container>()

  /** @param text must be such that `JSON.parse(text)` succeeds */
  constructor(text: string) {
    this.text = text
    this.root = this.#skipSpace(0)
  }

  /** True when an object or array starts at `offset`. */
  isContainer(offset: number): boolean {
    return isOpening(this.text.charCodeAt(offset))
  }

  /** Takes apart the object or array that starts at `open`. */
  container(open: number): Container {
    const known = this.#containers.get(open)
    if (known !== undefined) return known
    const container = this.#takeApart(open)
    this.#containers.set(open, container)
    return container
  }

  #takeApart(open: number): Container {
    const { text } = this
    const isObject = text[open] === '{'
    const members: Member[] = []
    let offset = this.#skipSpace(open + 1)
    while (!isClosing(text.charCodeAt(offset))) {
      const keyStart = offset
      let key: string | undefined
      if (isObject) {
        const keyEnd = this.#skipString(offset)
        key = text.slice(keyStart + 1, keyEnd - 1)
        if (key.includes('\\')) key = JSON.parse(`"${key}"`) as string
        offset = this.#skipSpace(this.#skipSpace(keyEnd) + 1)
      }
      const end = this.#skipValue(offset)
      members.push({ key, keyStart, start: offset, end })
      offset = this.#skipSpace(end)
      if (text.charCodeAt(offset) === COMMA) offset = this.#skipSpace(offset + 1)
    }
    return { open, members, close: offset }
  }

  #skipSpace(offset: number): number {
    while (isSpace(this.text.charCodeAt(offset))) offset++
    return offset
  }

  #skipString(offset: number): number {
    let end = this.text.indexOf('"', offset + 1)
    while (isEscaped(this.text, end)) end = this.text.indexOf('"', end + 1)
    return end + 1
  }

  #skipValue(offset: number): number {
    const first = this.text.charCodeAt(offset)
    if (first === QUOTE) return this.#skipString(offset)
    if (isOpening(first)) return this.#ends.get(offset) ?? this.#skipContainer(offset)
    for (; offset < this.text.length; offset++) {
      const code = this.text.charCodeAt(offset)
      if (code === COMMA || isClosing(code) || isSpace(code)) break
    }
    return offset
  }

  /** Notes the ends of everything inside on the way, so that no text is skipped twice. */
  #skipContainer(open: number): number {
    const { text } = this
    const opened: number[] = []
    const next = /["[\]{}]/g
    next.lastIndex = open
    do {
      next.test(text)
      const offset = next.lastIndex - 1
      const code = text.charCodeAt(offset)
      if (code === QUOTE) next.lastIndex = this.#skipString(offset)
      else if (isOpening(code)) opened.push(offset)
      else this.#ends.set(opened.pop()!, offset + 1)
    } while (opened.length > 0)
    return next.lastIndex
  }
}
