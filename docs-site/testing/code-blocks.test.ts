/** Every fenced block of every page, as far as it can be judged without running it. `code-runs.test.ts` runs them. */
import { expect, test } from 'vitest'
import { builtSite } from './built-site.ts'
import { documentationPages } from './code/all-pages.ts'
import { faultsOf } from './code/check.ts'
import { faultsOfTypeScript, isTypeScript } from './code/compile.ts'
import { blocksOf, pageOf, placeOf } from './code/pages.ts'
import type { Block } from './code/pages.ts'

// With the site, the references are written anew.
await builtSite()
const blocks = documentationPages().flatMap(blocksOf)
const block = (text: string): Block => blocksOf(pageOf('x.md', text))[0]!

/** What a fence may be in; `text`, `console` and the like are shown and not judged. */
const LANGUAGES = new Set(['ts', 'tsx', 'bash', 'graphql', 'json', 'yaml', 'text', 'console', 'http', 'nginx', 'ini'])
const WORDS = new Set(['title', 'skip', 'exit', 'until', 'output', 'schema', 'from', 'sdl', 'signature', 'excerpt'])

test('every fence names a language, and words that the runner knows', () => {
  expect(blocks.flatMap((found) => (LANGUAGES.has(found.language) ? [] : [`${placeOf(found)}: ${found.language || 'no language'}`]))).toEqual([])
  expect(blocks.flatMap((found) => [...found.meta.keys()].filter((word) => !WORDS.has(word)).map((word) => `${placeOf(found)}: ${word}`))).toEqual([])
})

test('signatures and excerpts, which are no programs, are in generated references alone', () => {
  expect(blocks.filter(({ meta, page }) => (meta.has('signature') || meta.has('excerpt')) && !page.isGenerated).map(placeOf)).toEqual([])
})

test('every block of TypeScript compiles against the SDK, but for one that uses what does not exist', () => {
  const wrong = block('```ts\nawait client.projects.frobnicate()\n```')
  expect(faultsOfTypeScript([...blocks.filter(isTypeScript), wrong])).toEqual([expect.stringContaining('frobnicate')])
})

test('every block of JSON, YAML and GraphQL is what it says, and one from a file equals it', () => {
  expect(blocks.flatMap((found) => faultsOf(found).map((fault) => `${placeOf(found)}: ${fault}`))).toEqual([])
})

test.each([
  ['```json\n{"a":}\n```', /JSON/],
  ['```json schema=plan\n{"version": 1}\n```', /project/],
  ['```yaml schema=policy\nversion: 1\nrules: [{ id: a, when: [plan.status.set], condition: "item.nothing", effect: block, message: m }]\n```', /nothing/],
  ['```graphql\n{ viewer { shoeSize } }\n```', /shoeSize/],
  ['```bash from=docs-site/snippets/nowhere.sh\n```', /no docs-site/],
])('%s would fail', (text, fault) => {
  expect(faultsOf(block(text)).join()).toMatch(fault)
})

test('what is not run says why', () => {
  const skipped = blocks.filter(({ meta }) => meta.has('skip'))
  expect(skipped.filter(({ meta }) => (meta.get('skip') ?? '').length < 10).map(placeOf)).toEqual([])
  const reasons = new Map<string, number>()
  for (const { meta } of skipped) reasons.set(meta.get('skip')!, (reasons.get(meta.get('skip')!) ?? 0) + 1)
  console.log(`${blocks.length} blocks; ${skipped.length} are not run:\n${[...reasons].map(([reason, count]) => `  ${count} × ${reason}`).join('\n')}`)
})
