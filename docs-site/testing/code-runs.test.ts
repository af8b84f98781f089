/** Every page's blocks run in order against a started server, as its reader would run them. */
import { execute as executeGraphQL } from './code/graphql.ts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { documentationPages } from './code/all-pages.ts'
import { blocksOf, pageOf, placeOf } from './code/pages.ts'
import type { Block, Page } from './code/pages.ts'
import { createPlaces } from './code/places.ts'
import type { Places } from './code/places.ts'
import { hasSteps, runPage } from './code/run.ts'

let places: Places
beforeAll(async () => {
  places = await createPlaces()
})
afterAll(() => places.close())

const pages = documentationPages()
const run = async (page: Page): Promise<void> => runPage(page, await places.of(page))

test.concurrent.each(pages.filter(hasSteps).map((page) => [page.url, page] as const))('%s', async (_, page) => {
  await run(page)
})

test('every GraphQL query without variables is answered', async () => {
  const place = await places.of(pageOf('graphql.md', ''))
  const isQuery = ({ language, meta, text }: Block): boolean =>
    language === 'graphql' && !meta.has('skip') && !meta.has('sdl') && !/\$\w|\b(?:mutation|subscription)\b/.test(text)
  const queries = pages.flatMap(blocksOf).filter(isQuery)
  for (const block of queries) expect(await executeGraphQL(block.text, place), placeOf(block)).toEqual([])
})

test.concurrent.each([
  ['a command that fails', '```bash\nbr projects get nowhere\n```', /It ended with/],
  ['an output that is another', '```bash\necho one\n```\n\n```text output\ntwo\n```', /This was not printed/],
  ['a program that throws', '```ts\nthrow new Error(String(client))\n```', /It ended with 1/],
  ['an exit code that is another', '```bash exit=4\ntrue\n```', /It ended with 0, not 4/],
])('%s would fail', async (name, text, message) => {
  await expect(run(pageOf(`${name.replaceAll(' ', '-')}.md`, text))).rejects.toThrow(message)
})
