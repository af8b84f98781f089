/**
 * Markdown of comments as HTML that a page can show as it is: GitHub flavoured, with raw HTML shown as the text that it is, and with
 * links in place of images, which would tell their owner who reads what. The result passes a list of allowed elements and
 * attributes, so that nothing rests on the markdown parser alone. Links lead to http, https and mail only, and give no credit.
 */
import { hash } from 'node:crypto'
import rehypeSanitize from 'rehype-sanitize'
import type { Options as Schema } from 'rehype-sanitize'
import rehypeStringify from 'rehype-stringify'
import remarkGfm from 'remark-gfm'
import remarkParse from 'remark-parse'
import remarkRehype from 'remark-rehype'
import type { Options as RehypeOptions } from 'remark-rehype'
import { unified } from 'unified'

/** What may be in the HTML: tests hold a corpus of attacks against it. */
export const ALLOWED: Schema = {
  tagNames: [
    'a', 'blockquote', 'br', 'code', 'del', 'em', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'hr', 'input', 'li', 'ol', 'p', 'pre', 'strong',
    'table', 'tbody', 'td', 'th', 'thead', 'tr', 'ul',
  ],
  attributes: {
    a: ['href', ['rel', 'nofollow', 'noopener']],
    code: [['className', /^language-[\w+-]{1,40}$/]],
    input: [['type', 'checkbox'], ['disabled', true], 'checked'],
    li: [['className', 'task-list-item']],
    ol: ['start'],
    td: [['align', 'left', 'center', 'right']],
    th: [['align', 'left', 'center', 'right']],
    ul: [['className', 'contains-task-list']],
  },
  protocols: { href: ['http', 'https', 'mailto'] },
  required: { input: { type: 'checkbox', disabled: true } },
}

/** As much of a node of hast as is used here. */
interface Node {
  type: string
  tagName?: string
  value?: string
  properties?: Record<string, unknown>
  children?: Node[]
}

const text = (value: string): Node => ({ type: 'text', value })
const element = (tagName: string, children: Node[], properties: Record<string, unknown> = {}): Node => ({ type: 'element', tagName, properties, children })

type Handler = NonNullable<NonNullable<RehypeOptions['handlers']>['html']>

/** Raw HTML is text: `Promise<string>` loses nothing. Between blocks it is a paragraph. */
const htmlAsText: Handler = (_state, { value }: { value: string }, parent): ReturnType<Handler> => {
  const between = ['root', 'blockquote', 'listItem', 'footnoteDefinition'].includes(parent?.type ?? 'root')
  return (between ? element('p', [text(value)]) : text(value)) as ReturnType<Handler>
}

/** An address without a scheme would lead into whatever page shows the comment: that is no link. */
function settleLinks(node: Node): void {
  for (const child of node.children ?? []) settleLinks(child)
  if (node.tagName === 'img') {
    const { src, alt } = node.properties ?? {}
    Object.assign(node, element('a', [text(String(alt === '' || alt === undefined ? src : alt))], { href: src }))
  }
  if (node.tagName !== 'a') return
  const href = node.properties?.['href']
  node.properties = typeof href === 'string' && /^(?:https?:\/\/|mailto:)/i.test(href) ? { href, rel: ['nofollow', 'noopener'] } : {}
}

const parser = unified().use(remarkParse).use(remarkGfm).use(remarkRehype, { clobberPrefix: '', handlers: { html: htmlAsText } }).freeze()
const printer = unified().use(rehypeSanitize, ALLOWED).use(rehypeStringify).freeze()

/**
 * The parser's work grows with the square of what is in one list or paragraph: 12,000 list items take seconds. A text with more
 * than this many lines and characters that mean something, or nested deeper than anybody reads, is shown as it was written.
 */
const MAX_MARKS = 1_000
const MARKS = /[*_~`[\]<>|&\\@\n]|:\/\/|www\.|[-+][ \t]|\d[.)][ \t]/g
const TOO_DEEP = /^(?:[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])){50}|^[ \t]{200,}\S/m

/** Code between fences at the left margin. It is no matter for the parser, and so of any length. */
const FENCED = /^(`{3,}|~{3,})[ \t]*([\w+-]*)[^`\n]*(?:\n([\s\S]*?))??(?:^ {0,3}\1[`~]*[ \t]*$|(?![\s\S]))/gm

function blocksOf(markdown: string): Node[] {
  const blocks: Node[] = []
  const parse = (part: string): void => {
    if (part.trim() !== '') blocks.push(...(parser.runSync(parser.parse(part)) as Node).children ?? [], text('\n'))
  }
  let copied = 0
  let marks = 0
  const prose: string[] = []
  const code: Node[] = []
  for (const { 0: whole, 2: language, 3: content = '', index } of markdown.matchAll(FENCED)) {
    prose.push(markdown.slice(copied, index))
    code.push(element('pre', [element('code', [text(content)], language === '' ? {} : { className: [`language-${language}`] })]))
    copied = index + whole.length
  }
  prose.push(markdown.slice(copied))
  for (const part of prose) marks += part.match(MARKS)?.length ?? 0
  if (marks > MAX_MARKS || prose.some((part) => TOO_DEEP.test(part))) return [element('pre', [text(markdown)])]
  for (const [index, part] of prose.entries()) {
    parse(part)
    const block = code[index]
    if (block !== undefined) blocks.push(block, text('\n'))
  }
  return blocks
}

function render(markdown: string): string {
  const root: Node = { type: 'root', children: blocksOf(markdown) }
  settleLinks(root)
  return printer.stringify(printer.runSync(root as never)).trimEnd()
}

/** Characters of HTML that are kept: some thousand comments of usual length. */
export const MAX_KEPT = 4_000_000

/** Keeps what was rendered by the text that it was rendered from, the latest used, up to so many characters. */
export function createRenderer(max = MAX_KEPT, renderText: (markdown: string) => string = render) {
  const kept = new Map<string, string>()
  let held = 0
  let turn: Promise<unknown> = Promise.resolve()

  const keep = (key: string, html: string): void => {
    kept.set(key, html)
    held += html.length
    for (const [oldest, { length }] of kept) {
      if (held <= max) return
      kept.delete(oldest)
      held -= length
    }
  }
  /** Moves it to the end: the first entry of the map is the one that nobody has asked for longest. */
  const lookUp = (key: string): string | undefined => {
    const html = kept.get(key)
    if (html === undefined) return undefined
    kept.delete(key)
    kept.set(key, html)
    return html
  }
  return {
    /** Renders one text at a time, and lets other requests have their turn between two. */
    async render(markdown: string): Promise<string> {
      const key = hash('sha256', markdown)
      const known = lookUp(key)
      if (known !== undefined) return known
      const next = turn.then(() => new Promise((resolve) => setImmediate(resolve))).then(() => {
        const meanwhile = lookUp(key)
        if (meanwhile !== undefined) return meanwhile
        const html = renderText(markdown)
        keep(key, html)
        return html
      })
      turn = next.catch(() => undefined)
      return next
    },
    get size(): number {
      return held
    },
  }
}

export const renderer = createRenderer()
