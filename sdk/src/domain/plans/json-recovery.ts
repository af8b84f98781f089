/**
 * A JSON parser for texts that are not JSON: it names every fault with its place, and goes on with what was most likely
 * meant, so that the rest of the text can be judged as well. Valid texts never come here.
 */

/** A value that was understood, with its place. */
export interface JsonNode {
  start: number
  end: number
  value: unknown
  /** The members of an object or list, in the order of the text. */
  members?: { key?: string; keyStart: number; node: JsonNode }[]
}

export interface JsonFault {
  offset: number
  message: string
  remedy: string
  /** Where that opens which is not closed. */
  opening?: number
}

/** What could be made of a text. */
export interface Recovered {
  root?: JsonNode
  faults: JsonFault[]
  /** True when the text is nested deeper than was asked for; nothing is recovered then. */
  isTooDeep: boolean
}

type Closing = '}' | ']'
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/
const WORDS: ReadonlyMap<string, unknown> = new Map<string, unknown>([['true', true], ['false', false], ['null', null]])
const BAD_ESCAPE = /\\(?!["\\/bfnrt]|u[\da-fA-F]{4})./
// eslint-disable-next-line no-control-regex -- control characters are what is looked for
const CONTROL = /[\u0000-\u001f]/

class TooDeep extends Error {}

class Recovery {
  readonly faults: JsonFault[] = []
  readonly #text: string
  readonly #maxDepth: number
  /** The brackets that are waited for, innermost last. */
  readonly #closings: Closing[] = []
  #offset = 0

  constructor(text: string, maxDepth: number) {
    this.#text = text
    this.#maxDepth = maxDepth
  }

  document(): JsonNode | undefined {
    const root = this.#value()
    if (this.#peek() !== '') {
      this.#fault(this.#offset, 'The plan has ended, but more text follows.', 'Remove what follows, or the closing bracket that is too many.')
    }
    return root
  }

  #fault(offset: number, message: string, remedy: string): void {
    this.faults.push({ offset, message, remedy })
  }

  /** Skips white space and comments; the next character, or the empty string at the end. */
  #peek(): string {
    for (;;) {
      this.#skipSpace()
      const ahead = this.#rest(2)
      if (ahead !== '//' && ahead !== '/*') return ahead[0] ?? ''
      this.#fault(this.#offset, 'JSON has no comments.', 'Remove the comment; "description" and "notes" can hold it.')
      const end = this.#text.indexOf(ahead === '//' ? '\n' : '*/', this.#offset + 2)
      this.#offset = end < 0 ? this.#text.length : end + (ahead === '//' ? 1 : 2)
    }
  }

  #skipSpace(): void {
    const space = /\s*/y
    space.lastIndex = this.#offset
    space.test(this.#text)
    const special = this.#text.slice(this.#offset, space.lastIndex).search(/[^ \t\r\n]/)
    if (special >= 0) this.#fault(this.#offset + special, 'A special blank stands between the values.', 'Replace it by an ordinary blank.')
    this.#offset = space.lastIndex
  }

  #rest(length: number): string {
    return this.#text.slice(this.#offset, this.#offset + length)
  }

  #value(): JsonNode | undefined {
    const next = this.#peek()
    if (next === '{') return this.#container('}')
    if (next === '[') return this.#container(']')
    if (next === '"' || next === "'") return this.#string(next)
    if (next === '' || ',:]}'.includes(next)) {
      this.#fault(this.#offset, 'A value is missing here.', 'Write the value, or remove what announces it.')
      return undefined
    }
    return this.#word()
  }

  #word(): JsonNode {
    const start = this.#offset
    const word = /^[^\s,:[\]{}"]+/.exec(this.#rest(1_000))![0]
    this.#offset += word.length
    const node = { start, end: this.#offset }
    if (WORDS.has(word)) return { ...node, value: WORDS.get(word) }
    if (NUMBER.test(word)) return { ...node, value: Number(word) }
    const isNumber = /^[-+.\d]/.test(word)
    const remedy = isNumber ? 'Write a number like 3 or 0.5.' : 'Texts and keys stand in double quotes; the only bare words are true, false and null.'
    this.#fault(start, `${word.length > 40 ? word.slice(0, 40) + '…' : word} is no JSON value.`, remedy)
    return { ...node, value: word }
  }

  #string(quote: '"' | "'"): JsonNode {
    const start = this.#offset
    const closing = quote === '"' ? /["\r\n]/g : /['\r\n]/g
    closing.lastIndex = start + 1
    let end: number
    do end = closing.test(this.#text) ? closing.lastIndex - 1 : this.#text.length
    while (this.#text[end] === quote && this.#isEscaped(end))
    const isClosed = this.#text[end] === quote
    let raw = this.#text.slice(start + 1, end)
    // A comma at the end of the line was most likely meant to follow the text.
    if (!isClosed && raw.endsWith(',')) raw = raw.slice(0, -1)
    this.#offset = isClosed ? end + 1 : start + 1 + raw.length
    if (quote === "'") this.#fault(start, 'This text stands in single quotes.', 'JSON wants double quotes.')
    if (!isClosed) this.#fault(start, 'This text has no closing quote.', 'Close it on the same line; a line break in a text is written \\n.')
    return { start, end: this.#offset, value: this.#unescape(raw, start + 1) }
  }

  #isEscaped(offset: number): boolean {
    let at = offset
    while (this.#text[at - 1] === '\\') at--
    return (offset - at) % 2 === 1
  }

  #unescape(raw: string, start: number): string {
    const escape = BAD_ESCAPE.exec(raw)
    if (escape !== null) this.#fault(start + escape.index, `JSON does not know the escape ${escape[0]}.`, 'A backslash itself is written \\\\.')
    const control = CONTROL.exec(raw)
    if (control !== null) this.#fault(start + control.index, 'A control character stands in a text.', 'Write it as an escape: \\t, \\n or \\u0000.')
    try {
      return JSON.parse(`"${raw}"`) as string
    } catch {
      return raw
    }
  }

  #container(closing: Closing): JsonNode {
    const start = this.#offset++
    const isList = closing === ']'
    const members: NonNullable<JsonNode['members']> = []
    if (this.#closings.push(closing) > this.#maxDepth) throw new TooDeep()
    while (!this.#isAtEnd(closing, start)) {
      const member = isList ? this.#element() : this.#property()
      if (member !== undefined) members.push(member)
      this.#separator(closing)
    }
    this.#closings.pop()
    const value = isList ? members.map(({ node }) => node.value) : Object.fromEntries(members.map(({ key, node }) => [key!, node.value]))
    return { start, end: this.#offset, value, members }
  }

  /** Takes the closing bracket, or says that it is missing. */
  #isAtEnd(closing: Closing, start: number): boolean {
    const next = this.#peek()
    const isOther = next === '}' || next === ']'
    if (next === closing) {
      this.#offset++
      return true
    }
    if (next !== '' && !isOther) return false
    if (isOther && !this.#closings.includes(next)) {
      this.#fault(this.#offset++, `This ${next} closes nothing.`, 'Remove it.')
      return this.#isAtEnd(closing, start)
    }
    const message = `The ${closing === '}' ? 'object' : 'list'} is not closed`
    this.faults.push({ offset: this.#offset, message, remedy: `Add the missing ${closing}.`, opening: start })
    return true
  }

  #separator(closing: Closing): void {
    const next = this.#peek()
    if (next === ',') {
      const comma = this.#offset++
      const behind = this.#peek()
      if (behind === closing) this.#fault(comma, 'JSON allows no comma behind the last value.', 'Remove the comma.')
    } else if (next !== '' && next !== '}' && next !== ']') {
      if (next === ':') this.#offset++
      this.#fault(this.#offset, 'A comma is missing before this.', 'Put a comma behind the value before.')
    }
  }

  #element(): { keyStart: number; node: JsonNode } | undefined {
    const node = this.#value()
    return node && { keyStart: node.start, node }
  }

  #property(): { key: string; keyStart: number; node: JsonNode } | undefined {
    const next = this.#peek()
    const keyStart = this.#offset
    if (next === ',' || next === ':' || next === '{' || next === '[') {
      this.#fault(keyStart, 'A key in double quotes is missing here.', 'Write "key": value.')
      if (next === ':') this.#offset++
      if (next !== ',') this.#value()
      return undefined
    }
    const key = next === '"' || next === "'" ? this.#string(next) : this.#bareKey()
    if (this.#peek() === ':') this.#offset++
    else this.#fault(this.#offset, `A colon is missing behind the key ${JSON.stringify(key.value)}.`, 'Write "key": value.')
    const node = this.#value()
    return node && { key: String(key.value), keyStart, node }
  }

  #bareKey(): JsonNode {
    const start = this.#offset
    const word = /^[^\s,:[\]{}"]+/.exec(this.#rest(1_000))![0]
    this.#offset += word.length
    this.#fault(start, 'This key does not stand in double quotes.', `Write "${word}".`)
    return { start, end: this.#offset, value: word }
  }
}

/** @param maxDepth how many brackets may be open at once */
export function recoverJson(text: string, maxDepth: number): Recovered {
  const recovery = new Recovery(text, maxDepth)
  try {
    const root = recovery.document()
    return { root, faults: recovery.faults, isTooDeep: false }
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error
    return { faults: recovery.faults, isTooDeep: true }
  }
}
