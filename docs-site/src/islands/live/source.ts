/** A reader's code as a module that a browser runs: packages resolved, placeholders filled in. Pure. */
import type { Connection } from '../connection.ts'

/** Where the code's imports lead to: the specifier, and what stands in its place. */
export type Resolve = (specifier: string) => string

const SPECIFIER = /\b(from\s*|import\s*\(\s*|import\s+)(['"])([^'"\n]+)\2/g

/** The packages that a text imports, each once. */
export const importsOf = (text: string): string[] => [...new Set([...withoutTypes(withClient(text)).matchAll(SPECIFIER)].map(([, , , specifier = '']) => specifier))]

/** `import type` lines say nothing at run time. */
const withoutTypes = (text: string): string => text.replace(/^import type .*$/gm, '')

/** What documentation says in place of the reader's own. */
const placeholders = ({ server, key, project }: Connection): readonly (readonly [RegExp, string])[] =>
  [[/https:\/\/api\.buildrunner\.com|http:\/\/127\.0\.0\.1:4000/g, server], [/your-api-key/g, key], [/your-project-id/g, project]]

/** A text that speaks of `client` and makes none is given one, as the tests of the documentation do. */
const needsClient = (text: string): boolean => /\bclient\b/.test(text) && !/\b(?:const|let) client\b/.test(text)

function withClient(text: string): string {
  if (!needsClient(text)) return text
  const imports = /\bBuildRunnerSDK\b/.test(text) ? '' : "import { BuildRunnerSDK } from '@buildrunner/sdk'\n"
  return `${imports}const client = new BuildRunnerSDK()\n${text}`
}

export function moduleOf(text: string, connection: Connection, resolve: Resolve): string {
  // The reader's own values end no literal that they stand in.
  const filled = placeholders(connection).reduce((result, [pattern, value]) => result.replaceAll(pattern, value.replaceAll(/['"\\`$]/g, '')), withoutTypes(withClient(text)))
  return filled.replaceAll(SPECIFIER, (_, keyword: string, quote: string, specifier: string) => `${keyword}${quote}${resolve(specifier)}${quote}`)
}

/** A module that gives on what another has. @param names what it exports */
export const bridgeTo = (specifier: string, names: readonly string[]): string =>
  `const entry = globalThis.buildrunnerEntries[${JSON.stringify(specifier)}]\n${names.filter((name) => name !== 'default').map((name) => `export const ${name} = entry.${name}\n`).join('')}`
