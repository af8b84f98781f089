import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isIntrospectionType, isSpecifiedScalarType } from 'graphql'
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { VARIABLE_LIST } from '../../../api/src/environment.ts'
import { OPERATIONS } from '../../../api/src/rest/index.ts'
import { openApiDocument } from '../../../api/src/rest/openapi.ts'
import { ROUTES } from '../../../api/src/rest/routes.ts'
import { COMMANDS } from '../../../cli/src/commands.ts'
import { EXIT_MEANINGS } from '../../../cli/src/core/exit-codes.ts'
import { schema } from '../../../schema/src/schema.ts'
import { problemCodes, stableCodes } from './codes.ts'
import { REFERENCES, writeReferences } from './references.ts'

/** Every page by its path below `reference`; printed once, because TypeDoc takes seconds. */
const pages = new Map<string, string>()
const textOf = (kind: string): string => [...pages].filter(([path]) => path.startsWith(`${kind}/`)).map(([, text]) => text).join('\n')
const countOf = (text: string, part: string): number => text.split(part).length - 1

beforeAll(async () => {
  for (const { kind, print } of REFERENCES) for (const [path, text] of await print()) pages.set(`${kind}/${path}`, text)
})

describe('every thing has its entry, once', () => {
  test('operations, over REST and in the SDK', () => {
    const [rest, paths] = [textOf('rest'), new Set(ROUTES.map(({ path }) => path))]
    expect(ROUTES.length).toBeGreaterThan(150)
    for (const { operation, method, path } of ROUTES) {
      const [group = '', name = ''] = operation.split('_')
      expect(countOf(rest, `<Endpoint id="${operation}" method="${method}" path="/api${path}" />`), operation).toBe(1)
      expect(countOf(pages.get(`sdk/${group}.mdx`) ?? '', `\n## ${name}\n`), operation).toBe(1)
    }
    expect(paths.size).toBe(Object.keys(openApiDocument(OPERATIONS, ROUTES, '0').paths ?? {}).length)
  })

  test('types of the REST API', () => {
    const names = Object.keys(openApiDocument(OPERATIONS, ROUTES, '0').components?.schemas ?? {})
    expect(names.filter((name) => countOf(pages.get('rest/types.mdx') ?? '', `<Definition id="type-${name}" `) !== 1)).toEqual([])
  })

  test('fields and types of the schema', () => {
    const text = textOf('graphql')
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]
    for (const root of roots) {
      for (const name of Object.keys(root?.getFields() ?? {})) expect(countOf(text, `<span id="${root?.name.toLowerCase()}-${name}"></span>`), name).toBe(1)
    }
    const types = Object.values(schema.getTypeMap()).filter((type) => !isIntrospectionType(type) && !isSpecifiedScalarType(type) && !roots.includes(type as never))
    expect(types.filter(({ name }) => countOf(text, `<Definition id="type-${name}" `) !== 1)).toEqual([])
  })

  test('commands, with their options and examples', () => {
    const text = textOf('cli')
    for (const { path } of COMMANDS) expect(countOf(text, `\n## br ${path}\n`), path).toBe(1)
    for (const [exit] of EXIT_MEANINGS) expect(pages.get('cli/index.mdx')).toContain(`\n| \`${exit}\` |`)
    expect(pages.get('cli/comments.mdx')).toContain('$ br comments add T3 "On the train: looks right." --offline')
    expect(pages.get('cli/comments.mdx')).toContain('| `-p, --project <project>` |')
  })

  test('codes, variables, formats and entries of the package', () => {
    for (const { code, slug } of stableCodes()) expect(pages.get('errors/index.mdx'), code).toContain(`[\`${code}\`](/troubleshooting/${slug}/)`)
    for (const { code } of problemCodes()) expect(pages.get('errors/index.mdx'), code).toContain(`[\`${code}\`](/troubleshooting/`)
    for (const [name] of VARIABLE_LIST) expect(countOf(pages.get('configuration/index.mdx') ?? '', `<Definition id="${name}" `), name).toBe(1)
    const { exports } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../sdk/package.json'), 'utf8')) as { exports: Record<string, unknown> }
    const groups = new Set(ROUTES.map(({ operation }) => operation.split('_')[0]))
    const entries = Object.entries(exports).filter(([path, target]) => typeof target === 'object' && path !== '.' && !groups.has(path.slice(2)))
    for (const [path] of entries) if (path !== './documents') expect([...pages.keys()], path).toContain(`sdk/entry-${path.slice(2).replaceAll('/', '-')}.mdx`)
    for (const [page, key] of [['plan', 'milestones'], ['policy', 'rules'], ['operator-policy', 'tiers'], ['template', 'variables']]) expect(pages.get(`formats/${page}.mdx`)).toContain(`\`${key}\``)
  })
})

test('every page says what it is', () => {
  for (const [path, text] of pages) {
    expect(text, path).toMatch(/^---\n# Made by .*\ntitle: ".+"\ndescription: "[^\n]{20,}"\neditUrl: false\n/)
    expect(text.split('\n---\n').slice(1).join('').replaceAll(/```[\s\S]*?```/g, ''), path).not.toContain('[object ')
  }
})

/** Places on a page that a link can lead to: ids, and headings by the words in them. */
const anchorsOf = (text: string): Set<string> =>
  new Set([...text.matchAll(/\bid="([^"]+)"|^#{2,4} (.+)$/gm)].map(([, id, heading = '']) => id ?? heading.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-')))

test('every link from one reference to another leads somewhere', () => {
  const anchors = new Map<string, Set<string>>([...pages].map(([path, text]) => [`/reference/${path.replace(/(?:\/index)?\.mdx$/, '')}/`, anchorsOf(text)] as const))
  const broken = [...pages].flatMap(([path, text]) => [...text.matchAll(/\]\((\/reference\/[a-z]+\/[^)#]*)(?:#([^)]+))?\)/g)].flatMap(([link, page = '', anchor]) => {
    if (/^\/reference\/(?:permissions|policy)\/$/.test(page)) return []
    return anchors.has(page) && (anchor === undefined || anchors.get(page)?.has(anchor) === true) ? [] : [`${path}: ${link}`]
  }))
  expect([...new Set(broken)]).toEqual([])
})

test('a reference is the same each time it is printed', async () => {
  for (const { kind, print } of REFERENCES.filter((reference) => reference.kind !== 'sdk')) {
    for (const [path, text] of await print()) expect(text === pages.get(`${kind}/${path}`), `${kind}/${path}`).toBe(true)
  }
})

test('a reference is written anew only when its sources changed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'references-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const kinds = ['configuration']
  expect(await writeReferences({ folder, kinds })).toEqual(kinds)
  expect(readdirSync(join(folder, 'configuration')).sort()).toEqual(['.stamp', 'index.mdx'])
  expect(await writeReferences({ folder, kinds })).toEqual([])
  writeFileSync(join(folder, 'configuration', '.stamp'), 'of other sources')
  expect(await writeReferences({ folder, kinds })).toEqual(kinds)
})
