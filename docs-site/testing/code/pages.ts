/** The pages of the documentation as they lie on disk, and the fenced blocks in them. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

export const ROOT = join(import.meta.dirname, '..', '..', '..')
const CONTENT = 'docs-site/src/content/docs'
/** Pages that generators write before a build; they are not committed. */
const GENERATED = /^(?:changelog|reference\/(?!index|permissions|policy)|troubleshooting\/)/

export interface Page {
  /** From the root of the repository. */
  readonly file: string
  /** Root-absolute, with a slash at the end. */
  readonly url: string
  readonly title: string
  readonly description: string
  /** What follows the front matter. */
  readonly body: string
  /** The line of the file that the body begins at, from 1. */
  readonly bodyLine: number
  readonly isGenerated: boolean
}

export interface Block {
  readonly page: Page
  /** `ts`, `bash`, ...; empty when the fence names none. */
  readonly language: string
  readonly text: string
  /** Of its opening fence, from 1. */
  readonly line: number
  /** The words of the fence behind its language; those without a value have an empty one. */
  readonly meta: ReadonlyMap<string, string>
}

const FRONT_MATTER = /^---\n([\s\S]*?)\n---\n/
const unquoted = (text: string): string => text.replace(/^(['"])(.*)\1$/, '$2').replaceAll("''", "'")
const field = (matter: string, name: string): string => unquoted(new RegExp(`^${name}: *(.*)$`, 'm').exec(matter)?.[1] ?? '')

/** A page of a text; `path` is that below the folder of the pages. */
export function pageOf(path: string, text: string): Page {
  const [whole = '', matter = ''] = FRONT_MATTER.exec(text) ?? []
  const name = path.replace(/\.mdx?$/, '').replace(/(^|\/)index$/, '')
  return {
    file: `${CONTENT}/${path}`, url: name === '' ? '/' : `/${name}/`, title: field(matter, 'title'), description: field(matter, 'description'),
    body: text.slice(whole.length), bodyLine: whole.split('\n').length, isGenerated: GENERATED.test(path),
  }
}

/** Every page in English, those that a generator has written included. */
export function pagesOnDisk(): Page[] {
  const folder = join(ROOT, CONTENT)
  const paths = globSync('**/*.{md,mdx}', { cwd: folder }).filter((path) => !/^(?:es|fr|de)\//.test(path)).sort()
  return paths.map((path) => pageOf(path, readFileSync(join(folder, path), 'utf8')))
}

const FENCE = /^([ \t]*)(`{3,}|~{3,})[ \t]*([\w-]*)[ \t]*(.*)$/
const META = /([\w-]+)(?:=(?:"([^"]*)"|(\S+)))?/g

/** The fenced blocks of a page, in order. */
export function blocksOf(page: Page): Block[] {
  const blocks: Block[] = []
  const lines = page.body.split('\n')
  for (let at = 0; at < lines.length; at++) {
    const [, indent = '', fence, language = '', rest = ''] = FENCE.exec(lines[at] ?? '') ?? []
    if (fence === undefined) continue
    const from = at
    const isEnd = (line: string): boolean => line.trimStart().startsWith(fence) && line.trim().replaceAll(fence[0] as string, '') === ''
    while (++at < lines.length && !isEnd(lines[at] as string));
    const meta = new Map([...rest.replace(/\{[^}]*\}/g, '').matchAll(META)].map(([, name = '', quoted, bare]) => [name, quoted ?? bare ?? '']))
    const inside = lines.slice(from + 1, at).map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line.trimStart()))
    blocks.push({ page, language, text: inside.map((line) => `${line}\n`).join(''), line: page.bodyLine + from, meta })
  }
  return blocks
}

/** The text of a page without its fenced blocks, line by line as in the file. */
export function proseOf(page: Page): string {
  const lines = page.body.split('\n')
  for (const { line, text } of blocksOf(page)) lines.fill('', line - page.bodyLine, line - page.bodyLine + text.split('\n').length + 1)
  return lines.join('\n')
}

/** `file:line` of a block, for messages. */
export const placeOf = ({ page, line }: Block): string => `${page.file}:${line}`
