/**
 * The outline of a markdown text: headings and list items with the text below each. Not a markdown parser: it knows only
 * what plans are written with (ATX and setext headings, nested lists with `-`, `*`, `+` and numbers, check boxes, fences,
 * comments, front matter), is linear, and keeps every line, with its place.
 *
 * Indentation is read as people mean it: an item that stands two columns or more to the right of another lies in it.
 */
import type { Mark, SourceText } from './source-text.ts'

export interface OutlineNode {
  kind: 'root' | 'heading' | 'item'
  /** 1 to 6 for headings, 0 otherwise. */
  level: number
  /** The line's text without marker, check box and trailing `#`. */
  text: string
  /** What stands in the check box; undefined without one. */
  box?: string
  /** `-`, `*`, `+`, `1.`: for writing the item back as text. */
  marker: string
  /** The lines between this node's line and its first child, and any text after, without its indentation. */
  body: string[]
  children: OutlineNode[]
  at: Mark
}

export interface Outline {
  root: OutlineNode
  /** The lines between the `---` at the start of the file. */
  frontMatter?: string
}

const HEADING = /^(#{1,6})(?:[ \t]+(.*?))?(?:[ \t]+#+)?[ \t]*$/s
const ITEM = /^([-*+]|\d{1,9}[.)])(?:([ \t]+)(.*))?$/s
const BOX = /^\[([ xX~/-]?)\](?:[ \t]+(.*))?$/s
const RULE = /^(?:(?:-[ \t]*){3,}|(?:\*[ \t]*){3,}|(?:_[ \t]*){3,})$/
const FENCE = /^(`{3,}|~{3,})/

interface OpenItem {
  node: OutlineNode
  /** The column of its marker, and the column from which text belongs to it. */
  indent: number
  content: number
}

export function readOutline(source: SourceText): Outline {
  return new OutlineReader(source).read()
}

class OutlineReader {
  readonly #source: SourceText
  readonly #root: OutlineNode
  readonly #headings: OutlineNode[]
  #items: OpenItem[] = []
  #fence: string | undefined
  #inComment = false
  #blank = true

  constructor(source: SourceText) {
    this.#source = source
    this.#root = this.#node('root', 0, '', '', 0)
    this.#headings = [this.#root]
  }

  read(): Outline {
    const { text } = this.#source
    let at = text.startsWith('\uFEFF') ? 1 : 0
    const front = splitFrontMatter(text)
    if (front !== undefined) at = front.end
    while (at <= text.length) {
      const end = text.indexOf('\n', at)
      const stop = end === -1 ? text.length : end
      this.#line(text.slice(at, text[stop - 1] === '\r' && stop > at ? stop - 1 : stop), at)
      at = stop + 1
    }
    return { root: this.#root, ...(front !== undefined && { frontMatter: front.text }) }
  }

  #node(kind: OutlineNode['kind'], level: number, text: string, marker: string, offset: number): OutlineNode {
    return { kind, level, text, marker, body: [], children: [], at: { source: this.#source, offset } }
  }

  #line(line: string, offset: number): void {
    const rest = line.trimStart()
    if (this.#fence !== undefined || this.#inComment) return this.#opaque(line, rest)
    if (rest === '') {
      this.#current().body.push('')
      this.#blank = true
      return
    }
    const lead = line.slice(0, line.length - rest.length)
    const indent = lead.includes('\t') ? columns(lead) : lead.length
    if (!this.#heading(rest, indent, offset + lead.length) && !this.#item(rest, indent, offset + lead.length)) this.#text(line, rest, indent)
    this.#blank = false
  }

  #current = (): OutlineNode => this.#items.at(-1)?.node ?? this.#headings.at(-1)!

  /** A line inside a fence or comment: text, whatever it looks like. */
  #opaque(line: string, rest: string): void {
    if (this.#inComment) this.#inComment = !line.includes('-->')
    else if (rest.startsWith(this.#fence!) && rest.replace(/[`~]+[ \t]*$/, '') === '') this.#fence = undefined
    this.#current().body.push(this.#dedent(line))
    this.#blank = rest === ''
  }

  #heading(rest: string, indent: number, offset: number): boolean {
    if (rest[0] !== '#' || indent > 3 || indent >= (this.#items[0]?.content ?? 4)) return false
    const match = HEADING.exec(rest)
    if (match === null) return false
    this.#openHeading(match[1]!.length, match[2] ?? '', offset)
    return true
  }

  #openHeading(level: number, text: string, offset: number): void {
    this.#items = []
    while (this.#headings.at(-1)!.level >= level) this.#headings.pop()
    const node = this.#node('heading', level, text.trim(), '#'.repeat(level), offset)
    this.#headings.at(-1)!.children.push(node)
    this.#headings.push(node)
  }

  #item(rest: string, indent: number, offset: number): boolean {
    const match = ITEM.exec(rest)
    if (match === null || RULE.test(rest) || (this.#items.length === 0 && indent > 3)) return false
    const [, marker = '', gap = ' ', content = ''] = match
    // In a paragraph only a marker with text starts a list, and a number only when it is 1.
    if (!this.#blank && content === '' && this.#items.length === 0) return false
    while (this.#items.length > 0 && indent < Math.min(this.#items.at(-1)!.indent + 2, this.#items.at(-1)!.content)) this.#items.pop()
    const node = this.#node('item', 0, content.trim(), marker, offset)
    const box = BOX.exec(node.text)
    if (box !== null) {
      node.box = box[1]!
      node.text = (box[2] ?? '').trim()
    }
    this.#current().children.push(node)
    this.#items.push({ node, indent, content: indent + marker.length + Math.min(gap.length, 4) })
    return true
  }

  #text(line: string, rest: string, indent: number): void {
    if (this.#underline(rest, indent)) return
    if (this.#blank) while (this.#items.length > 0 && indent < Math.min(this.#items.at(-1)!.indent + 2, this.#items.at(-1)!.content)) this.#items.pop()
    const fence = FENCE.exec(rest)
    if (fence !== null && !(fence[1]!.startsWith('`') && rest.slice(fence[1]!.length).includes('`'))) this.#fence = fence[1]!
    else if (rest.startsWith('<!--') && !rest.includes('-->')) this.#inComment = true
    this.#current().body.push(this.#dedent(line))
  }

  /** A setext heading: the text line before this one, outside of lists, becomes a heading. */
  #underline(rest: string, indent: number): boolean {
    if (this.#blank || this.#items.length > 0 || indent > 3 || !/^(?:=+|-+)[ \t]*$/.test(rest)) return false
    const { body } = this.#current()
    const text = body.at(-1)
    if (text === undefined || text.trim() === '' || /^[>|<]/.test(text)) return false
    body.pop()
    this.#openHeading(rest[0] === '=' ? 1 : 2, text, this.#lastTextOffset(text))
    return true
  }

  #lastTextOffset = (text: string): number => Math.max(0, this.#source.text.indexOf(text, this.#headings.at(-1)!.at.offset))

  #dedent(line: string): string {
    const content = this.#items.at(-1)?.content ?? 0
    let at = 0
    while (at < content && (line[at] === ' ' || line[at] === '\t')) at += line[at] === '\t' ? content : 1
    return line.slice(Math.min(at, line.length - line.trimStart().length))
  }
}

/** Front matter: lines between two `---`, the first of which opens the file and is followed by a key. */
export function splitFrontMatter(text: string): { text: string; start: number; end: number } | undefined {
  const open = /^\uFEFF?---[ \t]*\r?\n(?=\s*(?:[A-Za-z_][\w-]*[ \t]*:|---))/.exec(text)
  if (open === null) return undefined
  const close = /^---[ \t]*(?:\r?\n|$)/gm
  close.lastIndex = open[0].length
  const found = close.exec(text)
  return found === null ? undefined : { text: text.slice(open[0].length, found.index), start: open[0].length, end: close.lastIndex }
}

/** The column that white space leads to; tabs stop at every fourth. */
function columns(lead: string): number {
  let column = 0
  for (const char of lead) column = char === '\t' ? column + 4 - (column % 4) : column + 1
  return column
}

/** The lines of a body without blank lines at both ends; undefined when nothing is left. */
export function bodyText(body: readonly string[]): string | undefined {
  let start = 0
  let end = body.length
  while (start < end && body[start]!.trim() === '') start++
  while (end > start && body[end - 1]!.trim() === '') end--
  return start === end ? undefined : body.slice(start, end).join('\n')
}

/** A node as the markdown it was read from, for prose that goes into a description. */
export function nodeText(node: OutlineNode, indent = ''): string {
  const box = node.box === undefined ? '' : `[${node.box || ' '}] `
  const lines = [`${indent}${node.marker} ${box}${node.text}`.trimEnd()]
  const inner = node.kind === 'item' ? indent + ' '.repeat(node.marker.length + 1) : ''
  const body = bodyText(node.body)
  if (body !== undefined) lines.push(...(node.kind === 'item' ? [] : ['']), ...body.split('\n').map((line) => (line === '' ? '' : inner + line)))
  for (const child of node.children) {
    if (node.kind === 'heading' && (child.kind === 'heading' || child === node.children[0])) lines.push('')
    lines.push(nodeText(child, inner))
  }
  return lines.join('\n')
}
