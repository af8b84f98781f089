/**
 * Makes `/console/sw.js` after a build: the worker's source with the list of the console's own files. They are found by following names
 * from its page: every file that a file names, however it does (import, preload, style sheet).
 */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { AstroIntegration } from 'astro'

const SOURCE = join(import.meta.dirname, 'src', 'console', 'worker', 'worker.ts')
const ASSETS = '_astro'
/** What the page names that does not lie with the assets. */
const BESIDE = ['/favicon.svg', '/console.webmanifest']

/** Addresses of everything that the console loads, sooner or later. */
export function filesOfConsole(dist: string): string[] {
  const assets = new Set(readdirSync(join(dist, ASSETS)))
  const found = new Set<string>()
  const follow = (text: string): void => {
    for (const [name] of text.matchAll(/[\w.@~-]+\.(?:js|css|svg|png|woff2|wasm)\b/g)) {
      if (!assets.has(name) || found.has(name)) continue
      found.add(name)
      if (/\.(?:js|css)$/.test(name)) follow(readFileSync(join(dist, ASSETS, name), 'utf8'))
    }
  }
  follow(readFileSync(join(dist, 'console', 'index.html'), 'utf8'))
  return [...BESIDE.filter((file) => existsSync(join(dist, file))), ...[...found].sort().map((name) => `/${ASSETS}/${name}`)]
}

/** The text of the worker for a build. */
export function workerFor(dist: string): string {
  const files = filesOfConsole(dist)
  const hash = createHash('sha256')
  for (const file of ['/console/index.html', ...files]) hash.update(file).update(readFileSync(join(dist, file)))
  const version = hash.digest('hex').slice(0, 16)
  const source = stripTypeScriptTypes(readFileSync(SOURCE, 'utf8'), { mode: 'strip' })
  return `const BUILD = ${JSON.stringify({ version, files })}\n${source}`
}

export const consoleServiceWorker = (): AstroIntegration => ({
  name: 'console-service-worker',
  hooks: {
    'astro:build:done': ({ dir }) => {
      const dist = fileURLToPath(dir)
      writeFileSync(join(dist, 'console', 'sw.js'), workerFor(dist))
    },
  },
})
