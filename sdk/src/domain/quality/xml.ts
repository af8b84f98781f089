/**
 * Reads XML as it arrives, for reports that nobody vouches for and that may be larger than memory. What makes XML dangerous is left
 * out by construction: there are no document types with declarations, so no entities but the five of the standard and character
 * references, nothing that grows, and nothing that is fetched.
 */

/** The most elements that may lie in each other. */
const MAX_DEPTH = 256
/** The longest tag, in UTF-16 units; texts may be of any length. */
const MAX_TAG = 1_000_000

/** A report is not what it should be. The message says in one sentence why, without a full stop. */
export class ReportError extends Error {
  override readonly name = 'ReportError'
}

/** What an {@link XmlReader} tells. Names come without their namespace prefix; a text may come in pieces. */
export interface XmlHandler {
  open(name: string, attributes: ReadonlyMap<string, string>): void
  text(text: string): void
  close(name: string): void
}

const ENTITIES: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }
const localName = (name: string): string => name.slice(name.indexOf(':') + 1)
const ATTRIBUTE = /\s+([^\s=<>"'/]+)\s*=\s*("[^"<]*"|'[^'<]*')/y

/** References that mean nothing without a document type stay as they are. */
const decode = (text: string): string =>
  text.includes('&') ? text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{1,5}));/gi, (whole, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return ENTITIES[name] ?? whole
    const code = decimal === undefined ? Number.parseInt(hex!, 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole
  }) : text

/** What begins with `<`, by how it begins: where it ends, and whether it may be passed on before it has. */
const SECTIONS = [
  { opening: '<!--', closing: '-->', isText: false },
  { opening: '<![CDATA[', closing: ']]>', isText: true },
  { opening: '<?', closing: '?>', isText: false },
] as const

/** @throws ReportError from `write` and `end` for what is no well-formed XML, too deep, or declares entities */
export class XmlReader {
  readonly #handler: XmlHandler
  readonly #open: string[] = []
  #rest = ''
  #section: (typeof SECTIONS)[number] | undefined
  #hasRoot = false

  constructor(handler: XmlHandler) {
    this.#handler = handler
  }

  write(chunk: string): void {
    this.#rest += chunk
    while (this.#rest !== '' && this.#step());
  }

  end(): void {
    if (this.#rest.trim() !== '') this.#text(this.#rest)
    if (this.#section !== undefined || this.#open.length > 0) throw new ReportError('it is cut off: not every element is closed')
    if (!this.#hasRoot) throw new ReportError('it is empty')
  }

  /** Takes one piece off the rest; false when more is needed to know where it ends. */
  #step(): boolean {
    if (this.#section !== undefined) return this.#readSection(this.#section)
    const start = this.#rest.indexOf('<')
    if (start !== 0) return this.#readText(start)
    this.#section = SECTIONS.find(({ opening }) => this.#rest.startsWith(opening))
    if (this.#section !== undefined) {
      this.#rest = this.#rest.slice(this.#section.opening.length)
      return true
    }
    // The longest opening of a section may itself be cut by the end of a chunk.
    if (this.#rest.startsWith('<!') && this.#rest.length < 9) return false
    const end = this.#tagEnd()
    if (end === -1 && this.#rest.length > MAX_TAG) throw new ReportError('it holds a tag that never ends')
    if (end === -1) return false
    const tag = this.#rest.slice(1, end)
    this.#rest = this.#rest.slice(end + 1)
    this.#readTag(tag)
    return true
  }

  #readSection({ closing, isText }: (typeof SECTIONS)[number]): boolean {
    const end = this.#rest.indexOf(closing)
    const length = end === -1 ? Math.max(0, this.#rest.length - closing.length + 1) : end
    if (isText && length > 0) this.#text(this.#rest.slice(0, length))
    this.#rest = this.#rest.slice(end === -1 ? length : end + closing.length)
    if (end !== -1) this.#section = undefined
    return end !== -1
  }

  /** A reference that the end of the chunk may have cut waits for the next. */
  #readText(start: number): boolean {
    const reference = start === -1 ? this.#rest.lastIndexOf('&') : -1
    const end = start !== -1 ? start : reference !== -1 && this.#rest.length - reference < 12 ? reference : this.#rest.length
    if (end === 0) return false
    const text = this.#rest.slice(0, end)
    this.#rest = this.#rest.slice(end)
    this.#text(decode(text))
    return true
  }

  #text(text: string): void {
    if (this.#open.length > 0) this.#handler.text(text)
    else if (text.replace('\uFEFF', '').trim() !== '') throw new ReportError('it is no XML')
  }

  /** The `>` that ends the tag at the beginning of the rest: one inside quotes does not. */
  #tagEnd(): number {
    let quote = ''
    for (let at = 1; at < this.#rest.length; at++) {
      const char = this.#rest[at]!
      if (quote !== '') {
        if (char === quote) quote = ''
      } else if (char === '"' || char === "'") quote = char
      else if (char === '>') return at
      else if (char === '[' && this.#rest.startsWith('<!')) throw new ReportError('its document type declares entities, which no report needs')
    }
    return -1
  }

  #readTag(tag: string): void {
    if (tag.startsWith('!DOCTYPE')) return
    if (tag.startsWith('/')) return this.#close(tag.slice(1).trimEnd())
    const isEmpty = tag.endsWith('/')
    const body = isEmpty ? tag.slice(0, -1) : tag
    const name = /^[^\s=<>"'/!]+/.exec(body)?.[0]
    if (name === undefined) throw new ReportError(`it holds what is no tag: <${tag.slice(0, 40)}>`)
    const attributes = readAttributes(body, name.length)
    if (this.#open.length === 0 && this.#hasRoot) throw new ReportError('it has more than one root element')
    if (this.#open.length === MAX_DEPTH) throw new ReportError(`more than ${MAX_DEPTH} elements lie in each other`)
    this.#hasRoot = true
    this.#open.push(name)
    this.#handler.open(localName(name), attributes)
    if (isEmpty) this.#close(name)
  }

  #close(name: string): void {
    const open = this.#open.pop()
    if (open !== name) throw new ReportError(open === undefined ? `</${name.slice(0, 40)}> closes nothing` : `<${open.slice(0, 40)}> is closed by </${name.slice(0, 40)}>`)
    this.#handler.close(localName(name))
  }
}

function readAttributes(tag: string, from: number): Map<string, string> {
  const attributes = new Map<string, string>()
  ATTRIBUTE.lastIndex = from
  for (let at = from; ; at = ATTRIBUTE.lastIndex) {
    const match = ATTRIBUTE.exec(tag)
    if (match === null) {
      if (tag.slice(at).trim() === '') return attributes
      throw new ReportError(`an attribute of <${tag.slice(0, Math.min(from, 40))}> is broken`)
    }
    attributes.set(localName(match[1]!), decode(match[2]!.slice(1, -1)))
  }
}
