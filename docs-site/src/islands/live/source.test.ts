import { describe, expect, test } from 'vitest'
import { printed } from './printed.ts'
import { bridgeTo, importsOf, moduleOf } from './source.ts'

const connection = { server: 'https://plans.example.com', key: 'br_1', project: 'demo' }
const resolve = (specifier: string): string => `blob:${specifier}`

describe("a reader's code as a module", () => {
  test('imports what it names from where that is', () => {
    const text = "import { BuildRunnerSDK } from '@buildrunner/sdk'\nimport type { Plan } from '@buildrunner/sdk/plans'\nconst flow = await import('@buildrunner/sdk/flow')\nconst client = new BuildRunnerSDK()"
    expect(importsOf(text)).toEqual(['@buildrunner/sdk', '@buildrunner/sdk/flow'])
    expect(moduleOf(text, connection, resolve)).toBe("import { BuildRunnerSDK } from 'blob:@buildrunner/sdk'\n\nconst flow = await import('blob:@buildrunner/sdk/flow')\nconst client = new BuildRunnerSDK()")
  })

  test('makes the client that it speaks of', () => {
    const text = 'console.log(await client.projects.list())'
    expect(importsOf(text)).toEqual(['@buildrunner/sdk'])
    expect(moduleOf(text, connection, resolve)).toBe(`import { BuildRunnerSDK } from 'blob:@buildrunner/sdk'\nconst client = new BuildRunnerSDK()\n${text}`)
    expect(moduleOf('console.log(1)', connection, resolve)).toBe('console.log(1)')
  })

  test("holds the reader's own values in place of those of the documentation", () => {
    const text = "const client = make({ apiKey: 'your-api-key', projectId: 'your-project-id', baseUrl: 'https://api.buildrunner.com' })"
    expect(moduleOf(text, connection, resolve)).toBe("const client = make({ apiKey: 'br_1', projectId: 'demo', baseUrl: 'https://plans.example.com' })")
  })

  test('is not changed by signs in those values', () => {
    expect(moduleOf("const client = 'your-api-key'", { ...connection, key: "x'; alert(1) //`${y}" }, resolve)).toBe("const client = 'x; alert(1) //{y}'")
  })
})

test('a bridge gives on every name of an entry but the default', () => {
  expect(bridgeTo('@buildrunner/sdk/flow', ['timelineSvg', 'default'])).toBe('const entry = globalThis.buildrunnerEntries["@buildrunner/sdk/flow"]\nexport const timelineSvg = entry.timelineSvg\n')
})

test('values are printed as one reads them', () => {
  const circle: Record<string, unknown> = {}
  circle['self'] = circle
  const error = Object.assign(new Error('No.'), { code: 'NOT_FOUND' })
  expect(['a', 1, undefined, null, { a: new Map([['b', 2n]]) }, error, circle].map(printed)).toEqual(['a', '1', 'undefined', 'null', '{\n  "a": [\n    [\n      "b",\n      "2"\n    ]\n  ]\n}', 'Error NOT_FOUND: No.', '[object Object]'])
})
