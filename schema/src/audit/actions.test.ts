import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { AUDIT_ACTIONS } from './actions.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const sources = globSync('{schema,api}/src/**/*.ts', { cwd: root, exclude: ['**/*.test.ts', '**/testing/**', '**/audit/actions.ts', '**/rest/examples.ts'] }).map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
const NAMES = Object.keys(AUDIT_ACTIONS)

describe('the registry of audit actions', () => {
  test('names every action that the sources write', () => {
    const written = sources.flatMap(({ path, text }) => [...text.matchAll(/\baction: '([^']+)'/g)].map(([, action]) => ({ path, action })))
    expect(written.length).toBeGreaterThan(10)
    expect(written.filter(({ action }) => !NAMES.includes(action as string))).toEqual([])
  })

  test('names none that nothing writes', () => {
    const composed = (name: string): string => name.replace(/^plan\.(milestone|step|microstep)\./, 'plan.${kind}.')
    expect(NAMES.filter((name) => !sources.some(({ text }) => text.includes(`'${name}'`) || text.includes(`\`${composed(name)}\``)))).toEqual([])
  })

  test('is in the order of the alphabet, in names of the form thing.verb, with a description', () => {
    expect(NAMES).toEqual([...NAMES].sort())
    expect(NAMES.filter((name) => !/^[a-z][A-Za-z]*(\.[a-z][A-Za-z]*){1,2}$/.test(name))).toEqual([])
    expect(Object.values(AUDIT_ACTIONS).filter(({ version, description }) => version < 1 || !description.endsWith('.'))).toEqual([])
  })
})
