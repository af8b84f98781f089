/**
 * Markdown as elements, never as HTML: GitHub flavoured, with raw HTML shown as the text that it is, and with links in place of images,
 * which would tell their owner who reads what. It is the grammar of the server's `bodyHtml`, so that a preview shows what will stand.
 */
import { createElement, memo, useMemo } from 'react'
import type { ReactNode } from 'react'
import { findMentions } from '@buildrunner/sdk/mentions'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFromMarkdown } from 'mdast-util-gfm'
import { gfm } from 'micromark-extension-gfm'
import type { AlignType, Definition, Nodes, Parents, Root, Table, Text } from 'mdast'
import './markdown.css'

interface MarkdownProps {
  readonly text: string
  /** Level of the text's first headings, in the outline of the page. Default: 4. */
  readonly level?: number
}

export const Markdown = memo(function Markdown({ text, level = 4 }: MarkdownProps): ReactNode {
  const content = useMemo(() => renderMarkdown(text, level), [text, level])
  return <div className="markdown">{content}</div>
})

/** The parser's work grows with the square of what is in one list or paragraph: what holds more of this is shown as it was written. */
const MAX_MARKS = 1_000
const MARKS = /[*_~`[\]<>|&\\@\n]|:\/\/|www\.|[-+][ \t]|\d[.)][ \t]/g
const TOO_DEEP = /^(?:[ \t]*(?:>|[-+*][ \t]|\d{1,9}[.)][ \t])){50}|^[ \t]{200,}\S/m
const FENCED = /^(`{3,}|~{3,})[^\n]*\n[\s\S]*?^ {0,3}\1/gm

export function renderMarkdown(text: string, level: number): ReactNode {
  const prose = text.replace(FENCED, '')
  if (TOO_DEEP.test(prose) || (prose.match(MARKS)?.length ?? 0) > MAX_MARKS) return <pre>{text}</pre>
  const root = fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] })
  return new Renderer(text, root, level).children(root)
}

/** An address without a scheme would lead into whatever page shows the text: that is no link. */
const isSafe = (url: string): boolean => /^(?:https?:\/\/|mailto:)/i.test(url)

class Renderer {
  readonly #mentions: readonly { readonly start: number; readonly written: string }[]
  readonly #definitions = new Map<string, Definition>()
  readonly #level: number

  constructor(text: string, root: Root, level: number) {
    this.#mentions = findMentions(text).map(({ start, end }) => ({ start, written: text.slice(start, end) }))
    this.#level = level
    this.#define(root)
  }

  children(parent: Parents): ReactNode[] {
    return parent.children.map((node, index) => this.#node(node, index))
  }

  #define(parent: Parents): void {
    for (const node of parent.children) {
      if (node.type === 'definition') this.#definitions.set(node.identifier, node)
      if ('children' in node) this.#define(node)
    }
  }

  #node(node: Nodes, key: number): ReactNode {
    switch (node.type) {
      case 'text': return <span key={key}>{this.#text(node)}</span>
      case 'html': return <span key={key}>{node.value}</span>
      case 'paragraph': return <p key={key}>{this.children(node)}</p>
      case 'heading': return createElement(`h${Math.min(6, this.#level - 1 + node.depth)}`, { key }, this.children(node))
      case 'emphasis': return <em key={key}>{this.children(node)}</em>
      case 'strong': return <strong key={key}>{this.children(node)}</strong>
      case 'delete': return <del key={key}>{this.children(node)}</del>
      case 'inlineCode': return <code key={key}>{node.value}</code>
      case 'code': return <pre key={key} tabIndex={0}><code>{node.value}</code></pre>
      case 'blockquote': return <blockquote key={key}>{this.children(node)}</blockquote>
      case 'break': return <br key={key} />
      case 'thematicBreak': return <hr key={key} />
      case 'list': return node.ordered ? <ol key={key} start={node.start ?? 1}>{this.children(node)}</ol> : <ul key={key}>{this.children(node)}</ul>
      case 'listItem': return <li key={key} className={node.checked === null || node.checked === undefined ? undefined : 'task'}>{this.#box(node.checked)}{this.children(node)}</li>
      case 'link': return this.#link(node.url, this.children(node), key)
      case 'linkReference': return this.#link(this.#definitions.get(node.identifier)?.url ?? '', this.children(node), key)
      case 'image': return this.#link(node.url, node.alt || node.url, key)
      case 'imageReference': return this.#link(this.#definitions.get(node.identifier)?.url ?? '', node.alt || node.identifier, key)
      case 'table': return this.#table(node, key)
      case 'footnoteReference': return <sup key={key}>{node.identifier}</sup>
      case 'footnoteDefinition': return <div key={key} className="footnote"><sup>{node.identifier}</sup> {this.children(node)}</div>
      default: return null
    }
  }

  /** Who is mentioned stands out; what only looks like a mention (in code, behind a backslash) does not. */
  #text({ value, position }: Text): ReactNode {
    const [from, to] = [position?.start.offset ?? 0, position?.end.offset ?? 0]
    const parts: ReactNode[] = []
    let at = 0
    for (const { start, written } of this.#mentions) {
      const found = start >= from && start < to ? value.indexOf(written, at) : -1
      if (found === -1) continue
      parts.push(value.slice(at, found), <span key={start} className="mention">{written}</span>)
      at = found + written.length
    }
    return parts.length === 0 ? value : [...parts, value.slice(at)]
  }

  #box(checked: boolean | null | undefined): ReactNode {
    return typeof checked === 'boolean' ? <span className="task-box" role="img" aria-label={checked ? '☑' : '☐'} data-checked={checked || undefined} /> : null
  }

  #link(url: string, content: ReactNode, key: number): ReactNode {
    return isSafe(url) ? <a key={key} href={url} target="_blank" rel="nofollow noopener noreferrer">{content}</a> : <span key={key}>{content}</span>
  }

  #table({ children: [head, ...rows], align }: Table, key: number): ReactNode {
    const style = (column: number): { textAlign: Exclude<AlignType, null> } | undefined => {
      const side = align?.[column]
      return side ? { textAlign: side } : undefined
    }
    return (
      <div key={key} className="table-scroll" tabIndex={0}>
        <table className="table">
          <thead><tr>{head?.children.map((cell, index) => <th key={index} scope="col" style={style(index)}>{this.children(cell)}</th>)}</tr></thead>
          <tbody>{rows.map((row, at) => <tr key={at}>{row.children.map((cell, index) => <td key={index} style={style(index)}>{this.children(cell)}</td>)}</tr>)}</tbody>
        </table>
      </div>
    )
  }
}
