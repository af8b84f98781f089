import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { samplePlan } from '../../../bench/sample-plan.ts'
import { unflattenPlan } from './flat.ts'
import { planSchema } from './format.ts'
import { isPattern } from './pattern.ts'
import { planJsonSchema, planJsonSchemaText } from './json-schema.ts'
import { plans } from './testing/random-plans.ts'

const ajv = new Ajv2020({ formats: { uri: (text: string) => URL.canParse(text), date: true, regex: isPattern } })
const accepts = ajv.compile(planJsonSchema())

const FULL = {
  $schema: './plan.schema.json', version: 1, project: { name: 'Shop', description: 'd' }, 'x-sync': { projectId: 'p', sequence: 3, basePatch: [{ op: 'remove', id: 'a' }] },
  milestones: [{
    id: 'M1', title: 'One', phase: 'p', dueDate: '2028-02-29', priority: 'low', links: [{ url: 'docs/x.md', title: 't' }], renamedFrom: 'M0', assignee: 'ann', notes: 'n',
    steps: [{ id: 'S1', title: 'x', dependsOn: ['M0'], labels: ['l'], microsteps: [
      { id: 'a', title: 'x', status: 'done', estimate: 3, acceptanceCriteria: [{ id: 'c', text: 'x', check: { kind: 'http', url: 'https://example.com', status: 204 } }] },
      { id: 'b', title: 'x', estimate: { optimistic: 1, likely: 2, pessimistic: 3 }, acceptanceCriteria: [
        { text: 'x', check: { kind: 'manual' } },
        { text: 'x', check: { kind: 'command', run: 'x', cwd: 'web', timeoutSeconds: 5, env: ['CI'] } },
        { text: 'x', check: { kind: 'file', path: 'x', matches: '^x' } },
        { text: 'x', check: { kind: 'junit', path: 'x', maxFailures: 1, minTests: 2 } },
        { text: 'x', check: { kind: 'coverage', path: 'x', min: 80, metric: 'lines' } },
      ] },
    ] }],
  }],
}

/** Every place of a document, as a path. */
function placesOf(value: unknown, path: (string | number)[] = []): (string | number)[][] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.keys(value).flatMap((key) => placesOf((value as Record<string, unknown>)[key], [...path, Array.isArray(value) ? Number(key) : key]))]
}
const PLACES = placesOf(FULL).filter((path) => path.length > 0)
const STRANGE = ['(', undefined, null, '', 'x', 'a b', 0, -1, 1.5, 1e9, true, [], {}, ['x'], ['', 5], '2026-02-30', 'https://example.com', 'x'.repeat(501), { kind: 'file', path: 'x' }, { kind: 'file' }, { kind: 'nope' }, { optimistic: 1 }]

describe('planJsonSchema', () => {
  it('is what the repository publishes', () => {
    expect(readFileSync(new URL('../../../plan.schema.json', import.meta.url), 'utf8')).toBe(planJsonSchemaText())
  })

  it('describes every field of an item', () => {
    const { $defs } = planJsonSchema() as { $defs: Record<string, { properties?: Record<string, { description?: string; $ref?: string; enum?: unknown }> }> }
    expect(Object.keys($defs).sort()).toEqual(['AcceptanceCriterion', 'Check', 'Estimate', 'Link', 'Microstep', 'Milestone', 'Step', 'SyncMark'])
    for (const kind of ['Milestone', 'Step', 'Microstep']) {
      for (const [key, field] of Object.entries($defs[kind]!.properties!)) expect(field.description ?? field.$ref ?? field.enum, `${kind}.${key}`).toBeDefined()
    }
  })

  it('accepts plans, with keys of their own', () => {
    expect(accepts(FULL)).toBe(true)
    expect(accepts(samplePlan(50))).toBe(true)
    expect(accepts({ ...FULL, custom: 1, milestones: [{ id: 'M', title: 'x', custom: { deep: [] } }] })).toBe(true)
    fc.assert(fc.property(plans(), (plan) => accepts(unflattenPlan(plan))))
  })

  it('agrees with the zod schemas wherever a value is replaced by a strange one', () => {
    let refused = 0
    for (const place of PLACES) {
      for (const strange of STRANGE) {
        const plan = structuredClone(FULL)
        const parent = place.slice(0, -1).reduce<Record<string | number, unknown>>((value, key) => value[key] as Record<string | number, unknown>, plan)
        if (strange === undefined && !Array.isArray(parent)) delete parent[place.at(-1)!]
        else parent[place.at(-1)!] = strange ?? null
        const expected = planSchema.safeParse(plan).success
        if (!expected) refused++
        expect(accepts(plan), `${place.join('/')} = ${JSON.stringify(strange)}`).toBe(expected)
      }
    }
    expect(refused).toBeGreaterThan(PLACES.length)
  })
})
