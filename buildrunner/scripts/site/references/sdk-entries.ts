/** A page for each entry of the package that is written by hand, from what TypeDoc reads in its sources. */
import { readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { Application, LogLevel, ReflectionKind } from 'typedoc'
import type { Comment, DeclarationReflection, ProjectReflection, Reflection, TypeDocOptions } from 'typedoc'
import { plain, printPage, prose } from './markdown.ts'
import { root } from './operations.ts'
import { printEntry } from './sdk-symbols.ts'
import type { Place } from './sdk-symbols.ts'

export interface EntryPage {
  /** `@buildrunner/sdk/offline`. */
  readonly entry: string
  readonly path: string
  /** Markdown, one sentence. */
  readonly about: string
  readonly text: string
}

/** Symbols of the root entry that have a page of their own: its errors. */
const isError = ({ name, kind }: DeclarationReflection): boolean => kind === ReflectionKind.Class && name.endsWith('Error')
const isGenerated = (reflection: DeclarationReflection): boolean => reflection.sources?.[0]?.fileName.includes('_generated/') ?? false
const isShown = (reflection: DeclarationReflection): boolean => !isGenerated(reflection) && !reflection.flags.isExternal && !reflection.kindOf(ReflectionKind.Reference)

interface Draft extends Omit<EntryPage, 'text' | 'about'> {
  readonly title: string
  readonly comment: Comment | undefined
  readonly intro: string
  readonly symbols: readonly DeclarationReflection[]
}

export async function entryPages(): Promise<EntryPage[]> {
  const drafts = draftsOf(await readProject())
  const places = new Map<Reflection, Place>(drafts.flatMap(({ path, symbols }) => symbols.map((symbol) => [symbol, { page: `/reference/sdk/${path.replace('.mdx', '')}/`, anchor: symbol.name.toLowerCase() }] as const)))
  return drafts.map((draft, index) => {
    const { intro, body } = printEntry(draft.comment, draft.symbols, places)
    const about = (intro || draft.intro).replace(/^The entry `[^`]*`:\s*/, '')
    const sentence = about.split(/(?<=\.)\s|\n\n/)[0] ?? about
    const shown = `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}`
    const text = printPage({ title: draft.title, label: draft.title.replace('@buildrunner/', ''), order: index + 1, description: plain(shown), components: ['Definition'], body: `${intro || draft.intro}\n\n${body}` })
    return { entry: draft.entry, path: draft.path, about: shown, text }
  })
}

const ROOT_INTRO = 'The client: its options, how it is asked, and what a request answers.'
const ERRORS_INTRO = 'Every error of the SDK is a `BuildRunnerError` with a stable `code`; what a program can act on has a class of its own. [All codes](/reference/errors/).'

function draftsOf(project: ProjectReflection): Draft[] {
  const entries = entryNames()
  const modules = project.children ?? []
  return modules.flatMap((module): Draft[] => {
    const source = relative(root, module.sources?.[0]?.fullFileName ?? '')
    const entry = entries.get(source)
    if (entry === undefined) throw new Error(`${source} is no entry of sdk/package.json.`)
    const symbols = (module.children ?? []).filter(isShown)
    if (entry !== '@buildrunner/sdk') return symbols.length === 0 ? [] : [{ entry, path: pathOf(entry), title: entry, comment: module.comment, intro: module.comment === undefined ? headOf(source) : '', symbols }]
    return [
      { entry, path: 'client.mdx', title: 'The client', comment: undefined, intro: ROOT_INTRO, symbols: symbols.filter((symbol) => !isError(symbol)) },
      { entry: `${entry} (errors)`, path: 'errors.mdx', title: 'Errors of the SDK', comment: undefined, intro: ERRORS_INTRO, symbols: symbols.filter(isError) },
    ]
  })
}

/** The comment at the head of a file, which TypeDoc takes for the first symbol's. */
const headOf = (source: string): string => prose((/^\/\*\*([\s\S]*?)\*\//.exec(readFileSync(join(root, source), 'utf8'))?.[1] ?? '').replaceAll(/^\s*\* ?/gm, ' ').trim())

/** `@buildrunner/sdk/offline/files`: `entries-offline-files`; the name of a group stays the group's. */
const pathOf = (entry: string): string => `entry-${entry.slice('@buildrunner/sdk/'.length).replaceAll('/', '-')}.mdx`

/** Entries of the package by their sources. */
function entryNames(): ReadonlyMap<string, string> {
  const { name, exports } = JSON.parse(readFileSync(join(root, 'sdk', 'package.json'), 'utf8')) as { name: string; exports: Record<string, string | Record<string, string>> }
  return new Map(Object.entries(exports).flatMap(([path, target]) => (typeof target === 'string' ? [] : [[join('sdk', target['@buildrunner/source'] ?? ''), join(name, path)] as const])))
}

async function readProject(): Promise<ProjectReflection> {
  const { $schema: _, ...options } = JSON.parse(readFileSync(join(root, 'typedoc.json'), 'utf8')) as TypeDocOptions & { $schema: string }
  const entryPoints = (options.entryPoints ?? []).filter((path) => !path.includes('/_generated/')).map((path) => join(root, path))
  const app = await Application.bootstrap({ ...options, entryPoints, tsconfig: join(root, 'sdk', 'tsconfig.build.json'), basePath: root, readme: 'none', skipErrorChecking: true, logLevel: LogLevel.Error })
  const project = await app.convert()
  if (project === undefined) throw new Error('TypeDoc cannot read the SDK.')
  return project
}

