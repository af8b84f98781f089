/** Type errors of a module that nobody wrote to disk: a README's examples, or code that must not compile. */
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const file = fileURLToPath(new URL('../compiled.ts', import.meta.url))

const options: ts.CompilerOptions = {
  strict: true, noEmit: true, skipLibCheck: true, allowImportingTsExtensions: true, customConditions: ['@buildrunner/source'],
  target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.esnext.disposable.d.ts'], types: ['node'],
}

/** Errors of `text` as a module of the SDK's package, which resolves its own name to its sources. */
export function compile(text: string): string[] {
  const host = ts.createCompilerHost(options)
  const { readFile, fileExists } = host
  host.readFile = (name) => (name === file ? text : readFile(name))
  host.fileExists = (name) => name === file || fileExists(name)
  host.getSourceFile = (name, target) => {
    const source = host.readFile(name)
    return source === undefined ? undefined : ts.createSourceFile(name, source, target)
  }
  const program = ts.createProgram([file], options, host)
  return ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}
