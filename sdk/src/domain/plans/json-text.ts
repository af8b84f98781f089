/**
 * Offsets in a valid JSON text. One scan finds where every object and array ends; only those that are asked for are
 * then taken apart.
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

/** All objects and arrays, in the order in which they open. */
interface Brackets {
  opens: number[]
  ends: number[]
  /** For each the number of the first one that opens behind its end. */
  nexts: number[]
}

export class JsonText {
  readonly text: string
  /** The offset of the document's value. */
  readonly root: number
  #brackets: Brackets | undefined
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
    if (isOpening(first)) return this.#endOf(offset)
    for (; offset < this.text.length; offset++) {
      const code = this.text.charCodeAt(offset)
      if (code === COMMA || isClosing(code) || isSpace(code)) break
    }
    return offset
  }

  #endOf(open: number): number {
    return this.#index().ends[this.#numberOf(open)]!
  }

  /** The objects in an array that holds nothing else. */
  objectsIn(open: number): { start: number; end: number }[] {
    const { opens, ends, nexts } = this.#index()
    const list = this.#numberOf(open)
    const objects: { start: number; end: number }[] = []
    for (let number = list + 1; number < nexts[list]!; number = nexts[number]!) objects.push({ start: opens[number]!, end: ends[number]! })
    return objects
  }

  #numberOf(open: number): number {
    const { opens } = this.#index()
    let [low, high] = [0, opens.length - 1]
    while (low < high) {
      const middle = (low + high) >> 1
      if (opens[middle]! < open) low = middle + 1
      else high = middle
    }
    return low
  }

  /** A regular expression gets from bracket to bracket several times faster than a loop over the characters. */
  #index(): Brackets {
    if (this.#brackets !== undefined) return this.#brackets
    const { text } = this
    const { opens, ends, nexts }: Brackets = { opens: [], ends: [], nexts: [] }
    const unclosed: number[] = []
    for (const next = /["[\]{}]/g; next.test(text); ) {
      const offset = next.lastIndex - 1
      const code = text.charCodeAt(offset)
      if (code === QUOTE) next.lastIndex = this.#skipString(offset)
      else if (isOpening(code)) {
        unclosed.push(opens.length)
        opens.push(offset)
        ends.push(0)
        nexts.push(0)
      } else {
        const number = unclosed.pop()!
        ends[number] = offset + 1
        nexts[number] = opens.length
      }
    }
    return (this.#brackets = { opens, ends, nexts })
  }
}
