import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkFiles, importsOf, readSources } from './check-imports.ts'

const violationsOf = (path: string, text: string): string[] => checkFiles([{ path, text }]).map(({ imports, reason }) => `${imports}: ${reason}`)

describe('the import directions', () => {
  it('hold in every source file, and no file is too long', () => {
    const sources = readSources(join(import.meta.dirname, '..', '..'))
    expect(sources.length).toBeGreaterThan(100)
    expect(checkFiles(sources)).toEqual([])
  })

  const onlyServices = 'only a service may call another domain\'s service'

  it.each([
    ['sdk/src/client.ts', 'import { migrate } from \'../../api/src/database/migrate.ts\'', 'api/src/database/migrate.ts: sdk may not import from api'],
    ['sdk/src/client.ts', 'export * from "@buildrunner/schema"', 'schema/src/schema.ts: sdk may not import from schema'],
    ['schema/src/plans/service.ts', 'import { createClient } from \'@buildrunner/sdk\'', 'sdk/src/index.ts: schema may not import from sdk'],
    ['cli/src/main.ts', 'const server = await import(\'@buildrunner/schema/plans/service\')', 'schema/src/plans/service.ts: cli may not import from schema'],
    ['schema/src/plans/mutations.ts', 'import { create } from \'../projects/service.ts\'', `schema/src/projects/service.ts: ${onlyServices}`],
  ])('forbid %s to say %s', (file, text, violation) => {
    expect(violationsOf(file, text)).toEqual([violation])
  })

  it.each([
    ['api/src/server.ts', 'import { schema } from \'@buildrunner/schema\''],
    ['schema/src/plans/service.ts', 'import { diffPlans } from \'@buildrunner/sdk/plans\''],
    ['schema/src/plans/service.ts', 'import { create } from \'../projects/service.ts\''],
    ['schema/src/schema.ts', 'import \'./plans/index.ts\''],
    ['cli/src/main.test.ts', 'import { schema } from \'@buildrunner/schema\''],
  ])('allow %s to say %s', (file, text) => {
    expect(violationsOf(file, text)).toEqual([])
  })

  it('forbid services to call each other in a circle', () => {
    const files = [
      { path: 'schema/src/a/service.ts', text: 'import \'../b/service.ts\'' },
      { path: 'schema/src/b/service.ts', text: 'import \'../a/service.ts\'' },
    ]
    expect(checkFiles(files)[0]).toMatchObject({ file: 'schema/src/a/service.ts', imports: 'schema/src/b/service.ts' })
  })

  it('are read from imports of every form', () => {
    const text = [
      'import type { A } from \'./a.ts\'', 'import {\n  B,\n} from "./b.ts"', 'import \'./c.ts\'', 'export * from \'./d.ts\'',
      'const e = () => import(\'./e.ts\')', 'import fs from \'node:fs\'',
    ].join('\n')
    expect(importsOf('sdk/src/x.ts', text)).toEqual(['a', 'b', 'c', 'd', 'e'].map((name) => `sdk/src/${name}.ts`))
  })

  it('refuse a file above 400 lines', () => {
    expect(checkFiles([{ path: 'sdk/src/x.ts', text: '\n'.repeat(401) }])).toEqual([{ file: 'sdk/src/x.ts', reason: 'has 401 lines; 400 are the most' }])
  })
})
