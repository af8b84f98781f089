import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Application, TSConfigReader } from 'typedoc'
import { expect, test } from 'vitest'
import { coverageOf, entryPoints } from './check-docs.ts'

async function check(source: string) {
  const folder = mkdtempSync(join(tmpdir(), 'check-docs-'))
  try {
    // A comment behind a brace would belong to the brace.
    writeFileSync(join(folder, 'index.ts'), source.replaceAll('{ ', '{\n').replaceAll('; ', '\n').replaceAll('} ', '}\n'))
    writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions: { strict: true, module: 'NodeNext', types: [] }, include: ['index.ts'] }))
    const app = await Application.bootstrap({ entryPoints: [join(folder, 'index.ts')], tsconfig: join(folder, 'tsconfig.json'), name: 'test', disableGit: true, sourceLinkTemplate: '{path}', excludeInternal: true }, [new TSConfigReader()])
    const { documented, missing } = coverageOf((await app.convert())!)
    return { documented, missing: missing.map((name) => name.split(' ')[0]) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

test('what has no documentation is named: exports, and members of classes and interfaces', async () => {
  const { documented, missing } = await check(`
    /** Said. */ export interface Told { /** Said. */ a: string; b: string; run(): void }
    export interface Untold { /** Said. */ a: string }
    /** Said. */ export class Thing { /** Said. */ get one() { return 1 } get two() { return 2 } /** @internal */ three() {} }
    export const untold = 1
    /** @defaultValue nothing is said of it */ export function hint() {}
    /** Said. */ export type Shape = { anonymous: string }
  `)
  expect(missing).toEqual(['Told.b', 'Told.run', 'Thing.two', 'Untold', 'hint', 'untold'].sort())
  expect(documented).toBe(6)
})

test('what overwrites a documented member needs no documentation of its own', async () => {
  const { missing } = await check(`
    /** Said. */ export class Base { /** Said. */ name() { return 'a' } }
    /** Said. */ export class Special extends Base { override name() { return 'b' } }
  `)
  expect(missing).toEqual([])
})

test('typedoc.json names every entry that the SDK exports', () => {
  const config = JSON.parse(readFileSync(new URL('../../typedoc.json', import.meta.url), 'utf8')) as { entryPoints: string[] }
  expect(config.entryPoints.toSorted()).toEqual(entryPoints().toSorted())
})
