/** Compiles the TypeScript blocks of all pages in one program, as modules that somebody has who installed the SDK. */
import { join } from 'node:path'
import ts from 'typescript'
import type { Block } from './pages.ts'
import { ROOT, placeOf } from './pages.ts'

/** Inside the SDK's package, which resolves its own name to its sources. */
const FOLDER = join(ROOT, 'sdk', 'docs-blocks')

const OPTIONS: ts.CompilerOptions = {
  strict: true, noEmit: true, skipLibCheck: true, allowImportingTsExtensions: true, customConditions: ['@buildrunner/source'],
  moduleDetection: ts.ModuleDetectionKind.Force,
  target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, jsx: ts.JsxEmit.ReactJSX,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts', 'lib.esnext.disposable.d.ts', 'lib.es2024.promise.d.ts'], types: ['node'],
}

const IMPORTS_SDK = /import \{[^}]*\bBuildRunnerSDK\b[^}]*\} from '@buildrunner\/sdk'/

/**
 * A block as a module. One that speaks of `client` and makes none gets the one that `/start/install/` makes: a page would say the same two lines
 * before each example.
 */
export function moduleOf(text: string): string {
  if (!/\bclient\b/.test(text) || /\b(?:const|let|declare const) client\b|\bclient(?:: \w+)?[,)] *(?:=>|\{|: )|[({]client: \w/.test(text)) return text
  const makes = "const client = new BuildRunnerSDK({ projectId: 'shop' })\n"
  const [imports = ''] = /^(?:import [\s\S]*?from '[^']+'\n)+/.exec(text) ?? []
  return `${IMPORTS_SDK.test(text) ? '' : "import { BuildRunnerSDK } from '@buildrunner/sdk'\n"}${imports}${makes}${text.slice(imports.length)}`
}

/** A program: a signature or an excerpt, in a generated reference, is none. */
export const isTypeScript = ({ language, meta }: Block): boolean =>
  ['ts', 'typescript', 'tsx'].includes(language) && !meta.has('signature') && !meta.has('excerpt')

function pathOf(block: Block): string {
  const extension = block.language === 'tsx' ? 'tsx' : 'ts'
  return join(FOLDER, block.page.url, block.meta.get('title') ?? `line-${block.line}.${extension}`)
}

/** Each block by its path; of those that say the same, as a method and its function do in the references, the first. */
function modulesOf(blocks: readonly Block[]): Map<string, Block> {
  const known = new Set<string>()
  const isNew = ({ text, meta }: Block): boolean => meta.has('title') || (!known.has(text) && known.add(text) !== undefined)
  return new Map(blocks.filter(isNew).map((block) => [pathOf(block), block]))
}

/** What is wrong with the blocks, each with its place. */
export function faultsOfTypeScript(blocks: readonly Block[]): string[] {
  const texts = modulesOf(blocks)
  const host = ts.createCompilerHost(OPTIONS)
  const { readFile, fileExists, directoryExists } = host
  host.readFile = (name) => (texts.has(name) ? moduleOf(texts.get(name)!.text) : readFile(name))
  host.fileExists = (name) => texts.has(name) || fileExists(name)
  host.directoryExists = (name) => name.startsWith(FOLDER) || directoryExists!(name)
  const sources = new Map<string, ts.SourceFile>()
  host.getSourceFile = (name, target) => {
    const known = sources.get(name)
    if (known !== undefined) return known
    const text = host.readFile(name)
    if (text === undefined) return undefined
    const source = ts.createSourceFile(name, text, target)
    sources.set(name, source)
    return source
  }
  const program = ts.createProgram([...texts.keys()], OPTIONS, host)
  const faultsIn = (path: string): string[] =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(path)).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
  return [...texts].flatMap(([path, block]) => faultsIn(path).map((fault) => `${placeOf(block)}: ${fault}`))
}
