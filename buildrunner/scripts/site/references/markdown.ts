/** How the pages of the references are written: MDX, made of texts that are markdown already. */

export interface Page {
  readonly title: string
  readonly description: string
  /** MDX below the frontmatter. */
  readonly body: string
  /** Name in the sidebar, where the title is too long for it. */
  readonly label?: string
  /** Place in the sidebar; default: by title. */
  readonly order?: number
  /** Components that the body uses, by their path below `docs-site/src/components`, or of Starlight. */
  readonly components?: readonly (keyof typeof COMPONENTS)[]
}

const COMPONENTS = {
  Tabs: "import { TabItem, Tabs } from '@astrojs/starlight/components'",
  Endpoint: "import Endpoint from '../../../../components/reference/Endpoint.astro'",
  Facts: "import Facts from '../../../../components/reference/Facts.astro'",
  TryIt: "import TryIt from '../../../../components/reference/TryIt.astro'",
  Live: "import Live from '../../../../components/reference/Live.astro'",
  Definition: "import Definition from '../../../../components/reference/Definition.astro'",
} as const

/** A whole file. */
export function printPage({ title, description, body, label, order, components = [] }: Page): string {
  const sidebar = label === undefined && order === undefined ? '' : `sidebar:\n${label === undefined ? '' : `  label: ${JSON.stringify(label)}\n`}${order === undefined ? '' : `  order: ${order}\n`}`
  const imports = components.map((name) => `${COMPONENTS[name]}\n`).join('')
  return `---\n# Made by buildrunner/scripts/site/references.ts. Do not edit.\ntitle: ${JSON.stringify(title)}\ndescription: ${JSON.stringify(plain(description))}\neditUrl: false\n${sidebar}---\n\n${imports}${imports && '\n'}${body.trim()}\n`
}

/** Markdown from a source that knows no MDX: braces and angle brackets outside code are text. */
export const prose = (text: string): string => outsideCode(text, (part) => part.replace(/[{}<>]/g, (sign) => ({ '{': '&#123;', '}': '&#125;', '<': '&lt;', '>': '&gt;' })[sign] as string))

const outsideCode = (text: string, change: (part: string) => string): string => text.split(/(```[\s\S]*?```|`[^`\n]*`)/).map((part, index) => (index % 2 === 1 ? part : change(part))).join('')

/** Markdown without its signs, for a description in the head of a page. */
export const plain = (text: string): string => text.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll(/[`*]/g, '').replaceAll(/\s+/g, ' ').trim()

export const code = (text: string): string => `\`${text}\``
export const link = (text: string, href: string): string => `[${text}](${href})`

const cell = (text: string): string => text.replaceAll(/(?<!\\)\|/g, '\\|').replaceAll(/\s*\n\s*/g, ' ')

/** A table; nothing where there are no rows. Cells are MDX. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return ''
  const row = (cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`
  return [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')
}

/** A fence that is longer than any in the text. */
export function fence(language: string, text: string, meta = ''): string {
  const ticks = '`'.repeat(Math.max(3, ...[...text.matchAll(/`{3,}/g)].map(([run]) => run.length + 1)))
  return `${ticks}${language}${meta && ` ${meta}`}\n${text.trimEnd()}\n${ticks}`
}

/** A property of a component, as MDX takes it. */
export const property = (name: string, value: unknown): string => (typeof value === 'string' && !/["\n\\&]/.test(value) ? `${name}="${value}"` : `${name}={${JSON.stringify(value)}}`)

/** Paragraphs and blocks, with a blank line between; empty ones are left out. */
export const blocks = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join('\n\n')

export const sentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?:]$/.test(text) ? '' : '.'}`

/** Tabs of code; which language is chosen holds for every page (`syncKey`). */
export function tabs(items: readonly (readonly [label: string, content: string])[]): string {
  if (items.length === 0) return ''
  return `<Tabs syncKey="code">\n${items.map(([label, content]) => `<TabItem label=${JSON.stringify(label)}>\n\n${content}\n\n</TabItem>`).join('\n')}\n</Tabs>`
}
