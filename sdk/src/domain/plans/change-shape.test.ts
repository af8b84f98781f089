import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { assertPlanChanges } from './changes.ts'
import { microstepSchema, milestoneSchema, planSchema, stepSchema } from './format.ts'
import type { ItemKind } from './types.ts'

const SCHEMAS = { milestone: milestoneSchema, step: stepSchema, microstep: microstepSchema } as const
const CHILDREN: Record<ItemKind, string | undefined> = { milestone: 'steps', step: 'microsteps', microstep: undefined }

/** Values at and beyond every limit that a field has. */
const VALUES: unknown[] = [
  'text', '', 'x'.repeat(200), 'x'.repeat(201), 'x'.repeat(500), 'x'.repeat(501), 'white space', 'line\nbreak', 'low', 'critical', 'todo', 'done', 'started', 'constructor',
  '2026-02-28', '2026-02-30', '2026-13-01', '2024-02-29', '2026-2-1', 0, 1, 0.5, -1, 100_000, 100_001, true, {}, [], [''], ['a', 'b'], ['a b'], [1],
  { optimistic: 1, likely: 2, pessimistic: 3 }, { optimistic: 1, likely: 2 }, { optimistic: -1, likely: 2, pessimistic: 3 }, { optimistic: '1', likely: 2, pessimistic: 3, extra: 1 },
  [{ url: 'x' }], [{ url: '' }], [{ url: 'x', title: 3 }], [{ title: 'x' }], [{ url: 'x', more: {} }],
  [{ text: 't' }], [{ text: '' }], [{ id: 'a b', text: 't' }], [{ id: 'i', text: 't', check: { kind: 'manual' } }], [{ text: 't', check: { kind: 'manual', by: 1 } }],
  [{ text: 't', check: { kind: 'command', run: 'x' } }], [{ text: 't', check: { kind: 'command' } }], [{ text: 't', check: { kind: 'magic' } }], [{ text: 't', check: {} }],
  [{ text: 't', check: { kind: 'http', url: 'https://example.org/x' } }], [{ text: 't', check: { kind: 'http', url: '/x' } }],
  [{ text: 't', check: { kind: 'http', url: 'https://example.org', status: 204 } }], [{ text: 't', check: { kind: 'http', url: 'https://example.org', status: 99 } }],
  [{ text: 't', check: { kind: 'http', url: 'https://example.org', status: 200.5 } }], [{ text: 't', check: { kind: 'file', path: '' } }], [{ text: 't', check: { kind: 'file', path: 'a' } }],
  ...[
    { kind: 'command', run: 'x', cwd: '' }, { kind: 'command', run: 'x', cwd: 'a', timeoutSeconds: 86_400, env: ['A_1'] }, { kind: 'command', run: 'x', timeoutSeconds: 86_401 },
    { kind: 'command', run: 'x', timeoutSeconds: 0.5 }, { kind: 'command', run: 'x', env: ['1A'] }, { kind: 'command', run: 'x', env: 'A' },
    { kind: 'http', url: 'https://example.org', matches: '^ok$' }, { kind: 'http', url: 'https://example.org', matches: '(' }, { kind: 'file', path: 'a', matches: '' },
    { kind: 'file', path: 'a', matches: 'x'.repeat(1001) }, { kind: 'junit', path: 'a' }, { kind: 'junit', path: '' }, { kind: 'junit', path: 'a', maxFailures: 0, minTests: 1_000_000 },
    { kind: 'junit', path: 'a', maxFailures: -1 }, { kind: 'junit', path: 'a', minTests: 1_000_001 }, { kind: 'coverage', path: 'a' }, { kind: 'coverage', path: 'a', min: 100.1 },
    { kind: 'coverage', path: 'a', min: 82.5, metric: 'functions' }, { kind: 'coverage', path: 'a', min: 0, metric: 'lies' },
  ].map((check) => [{ text: 't', check }]),
]

const passes = (changes: unknown): boolean => {
  try {
    assertPlanChanges(changes)
    return true
  } catch {
    return false
  }
}
const fieldsOf = (schema: z.ZodObject): string[] => Object.keys(schema.shape)

describe('assertPlanChanges and the plan format', () => {
  const cases = (Object.keys(SCHEMAS) as ItemKind[]).flatMap((kind) => fieldsOf(SCHEMAS[kind]).filter((field) => field !== CHILDREN[kind]).map((field) => [kind, field] as const))

  it.each(cases)('agree on what a %s may hold as %s', (kind, field) => {
    const parentId = kind === 'milestone' ? null : 'p'
    for (const value of VALUES) {
      const item = { id: 'i', title: 't', [field]: value }
      const isAllowed = SCHEMAS[kind].safeParse(item).success
      expect([value, passes([{ op: 'add', kind, parentId, after: null, item }])]).toEqual([value, isAllowed])
      if (field !== 'id') expect([value, passes([{ op: 'update', id: 'i', set: { [field]: value } }])]).toEqual([value, isAllowed])
    }
  })

  it('agree on what the project may be', () => {
    for (const project of [{ name: 'n' }, { name: '' }, { name: 'n'.repeat(201) }, { name: 'n', description: 'd', more: 1 }, { name: 'n', description: 1 }, {}, 'n']) {
      expect([project, passes([{ op: 'head', set: { project } }])]).toEqual([project, planSchema.safeParse({ version: 1, project, milestones: [] }).success])
    }
  })
})
