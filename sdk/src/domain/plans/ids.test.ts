import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { flattenPlan } from './flat.ts'
import { suggestId } from './ids.ts'
import { plans } from './testing/random-plans.ts'
import type { Microstep, Plan } from './types.ts'

const withMicrosteps = (...ids: string[]) => {
  const microsteps = ids.map((id): Microstep => ({ id, title: 'x' }))
  return flattenPlan({ version: 1, project: { name: 'x' }, milestones: [{ id: 'M', title: 'x', steps: [{ id: 'S', title: 'x', microsteps }] }] } satisfies Plan)
}

describe('suggestId', () => {
  it.each<[string, string[], string, string]>([
    ['continues a numbered row', ['T1', 'T2'], 'Anything', 'T3'],
    ['continues behind the highest number', ['T-9', 'T-10', 'T-2'], 'Anything', 'T-11'],
    ['keeps leading zeros', ['T009'], 'Anything', 'T010'],
    ['continues a row below a parent', ['M1.S1.1'], 'Anything', 'M1.S1.2'],
    ['leaves out what is taken elsewhere', ['S', 'M', 'x'], 'x', 'x-2'],
    ['takes words of the title beside named siblings', ['login', 'logout'], 'Sign-in works (again)!', 'sign-in-works-again'],
    ['takes words of the title beside mixed rows', ['T1', 'U2'], 'Écrire la notice', 'ecrire-la-notice'],
    ['keeps letters of every script', ['a'], '登录 页面', '登录-页面'],
    ['cuts between words', ['a'], 'one two three four five six seven eight nine ten', 'one-two-three-four-five-six-seven-eight'],
    ['cuts one endless word', ['a'], 'x'.repeat(300), 'x'.repeat(40)],
    ['falls back on the kind', ['a'], '???', 'microstep'],
  ])('%s', (_, ids, title, expected) => {
    expect(suggestId(withMicrosteps(...ids), title, 'S')).toBe(expected)
  })

  it('numbers the first child below a numbered parent', () => {
    const plan = flattenPlan({ version: 1, project: { name: 'x' }, milestones: [{ id: 'M1', title: 'x' }, { id: 'Alpha', title: 'x' }] })
    expect(suggestId(plan, 'Build', 'M1')).toBe('M1.1')
    expect(suggestId(plan, 'Build', 'Alpha')).toBe('build')
    expect(suggestId(plan, 'Build', null)).toBe('build')
  })

  it('gives an id that is valid and free, and the same each time', () => {
    fc.assert(fc.property(plans(), fc.string({ unit: 'grapheme' }), fc.nat(), (plan, title, choice) => {
      const parents = [null, ...[...plan.items.values()].filter(({ kind }) => kind !== 'microstep').map(({ id }) => id)]
      const parent = parents[choice % parents.length]!
      const id = suggestId(plan, title, parent)
      expect(id).toMatch(/^\S{1,200}$/)
      expect(plan.items.has(id)).toBe(false)
      expect(suggestId(plan, title, parent)).toBe(id)
    }))
  })
})
