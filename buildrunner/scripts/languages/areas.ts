/** Where texts for people are: messages by key, the same in each language, and the source that asks for them. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { DEFAULT_LANGUAGE, LANGUAGES } from '@buildrunner/sdk/languages'
import type { Language } from '@buildrunner/sdk/languages'
import { readCliSource } from './cli-source.ts'
import type { SourceMessage } from './cli-source.ts'

export type Messages = Readonly<Record<string, string>>

export interface Catalogue {
  /** File or folder that it is in, of the repository. */
  readonly place: string
  readonly messages: Readonly<Record<Language, Messages>>
  /** Keys that nothing in the source asks for. */
  readonly unused: readonly string[]
  /** Keys that the source asks for and English does not have. */
  readonly absent: readonly string[]
}

export interface Area {
  readonly name: 'CLI' | 'mails and pages' | 'site' | 'console'
  readonly catalogues: readonly Catalogue[]
  /** Texts that are said to people and stand in no catalogue, as far as a heuristic sees. */
  readonly unwrapped: readonly SourceMessage[]
}

export const readAreas = (root: string): Area[] => [cli(root), mails(root), site(root), console_(root)]

const readJson = (file: string): Messages => (existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Messages) : {})
const inAll = (read: (language: Language) => Messages): Record<Language, Messages> => Object.fromEntries(LANGUAGES.map((language) => [language, read(language)])) as Record<Language, Messages>

/** English is the source; a catalogue holds the others. */
function cli(root: string): Area {
  const { messages: found, unwrapped } = readCliSource(root)
  const english = Object.fromEntries(found.map(({ message }) => [message, message]))
  const messages = inAll((language) => (language === DEFAULT_LANGUAGE ? english : readJson(path.join(root, `cli/src/text/${language}.json`))))
  const unused = new Set(LANGUAGES.flatMap((language) => Object.keys(messages[language]).filter((key) => english[key] === undefined)))
  return { name: 'CLI', catalogues: [{ place: 'cli/src/text', messages, unused: [...unused], absent: [] }], unwrapped }
}

const mails = (root: string): Area => ({
  name: 'mails and pages', unwrapped: [],
  catalogues: [keyed(root, 'schema/src/text', textOf(root, ['schema/src/**/*.ts', 'api/src/**/*.ts']))],
})

function site(root: string): Area {
  const source = textOf(root, ['docs-site/src/**/*.{astro,ts,tsx}', 'docs-site/*.ts'])
  const folders = messageFolders(root).filter((folder) => !folder.startsWith('docs-site/src/console/'))
  return { name: 'site', unwrapped: [], catalogues: ['docs-site/src/content/i18n', ...folders].map((folder) => keyed(root, folder, source)) }
}

function console_(root: string): Area {
  const source = textOf(root, ['docs-site/src/console/**/*.{ts,tsx}'])
  const folders = messageFolders(root).filter((folder) => folder.startsWith('docs-site/src/console/'))
  return { name: 'console', unwrapped: [], catalogues: folders.map((folder) => keyed(root, folder, source)) }
}

const messageFolders = (root: string): string[] => globSync('docs-site/src/**/messages', { cwd: root }).sort()

/** A folder with `<language>.json` each, whose keys the source names. */
function keyed(root: string, folder: string, named: Named): Catalogue {
  const messages = inAll((language) => readJson(path.join(root, folder, `${language}.json`)))
  const keys = new Set(LANGUAGES.flatMap((language) => Object.keys(messages[language])))
  return { place: folder, messages, unused: [...keys].filter((key) => !isNamed(key, named)), absent: [...keys].filter((key) => messages[DEFAULT_LANGUAGE][key] === undefined) }
}

/** What a source has between quotes, and the fixed ends of its templates. */
export interface Named {
  readonly whole: ReadonlySet<string>
  /** `notice.` of \`notice.${what}\`, `.button` of \`${page}.button\`. */
  readonly ends: ReadonlySet<string>
}

export const namesIn = (source: string): Named => ({
  whole: new Set([...source.matchAll(/(['"`])([\w.-]+)\1/g)].map(([, , name]) => name as string)),
  ends: new Set([...source.matchAll(/`([\w.-]+\.)\$\{|\}(\.[\w.-]+)`/g)].map(([, before, behind]) => (before ?? behind) as string)),
})

/** Whether a source asks for a key: as a whole, or made of parts that part at a dot. */
export function isNamed(key: string, { whole, ends }: Named): boolean {
  return whole.has(key) || [...key.matchAll(/\./g)].some(({ index }) => ends.has(key.slice(0, index + 1)) || ends.has(key.slice(index)))
}

const textOf = (root: string, patterns: readonly string[]): Named =>
  namesIn(
    patterns
      .flatMap((pattern) => globSync(pattern, { cwd: root }))
      .filter((file) => !/\.test\.tsx?$/.test(file))
      .map((file) => readFileSync(path.join(root, file), 'utf8'))
      .join('\n'),
  )
