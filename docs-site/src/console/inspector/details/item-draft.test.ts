import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { applyChanges, flattenPlan } from '@buildrunner/sdk/plans'
import type { ItemFields, PlanItem } from '@buildrunner/sdk/plans'
import { DraftError, changesOf, dependentsOf, draftOf, fieldsOf } from './item-draft.ts'

const item = (fields: Partial<ItemFields> = {}, kind: PlanItem['kind'] = 'microstep'): PlanItem => ({ id: 'k1', kind, parentId: 's1', fields: { title: 'Old', ...fields } })

describe('changesOf', () => {
  test('sets what was changed and nothing else', () => {
    const before = item({ notes: 'Keep', labels: ['a'], estimate: 3 })
    expect(changesOf(before, { ...draftOf(before), title: ' New ', labels: 'a, b, b', estimate: '1 / 2,5 / 4' })).toEqual({ title: 'New', labels: ['a', 'b'], estimate: { optimistic: 1, likely: 2.5, pessimistic: 4 } })
  })

  test('removes what was emptied', () => {
    const before = item({ notes: 'Gone', labels: ['a'], estimate: 3, links: [{ url: 'https://a.example' }] })
    expect(changesOf(before, { ...draftOf(before), notes: ' ', labels: '', estimate: '', links: '' })).toEqual({ notes: null, labels: null, estimate: null, links: null })
  })

  test('keeps what else a link holds', () => {
    const before = item({ links: [{ url: 'https://a.example', title: 'A', rel: 'spec' }] })
    expect(changesOf(before, { ...draftOf(before), links: 'https://a.example The letter A\nhttps://b.example' })).toEqual({ links: [{ url: 'https://a.example', rel: 'spec', title: 'The letter A' }, { url: 'https://b.example' }] })
  })

  test.each([['estimate', 'soon'], ['estimate', '1 / 2'], ['estimate', '3 / 2 / 4'], ['estimate', '-1'], ['estimate', '1 / / 2'], ['title', '  ']] as const)('a %s of %j is not understood', (field, value) => {
    const before = item()
    expect(() => changesOf(before, { ...draftOf(before), [field]: value })).toThrow(DraftError)
  })

  test('an item that nobody changed changes nothing, and one that was changed says so afterwards', () => {
    const word = fc.stringMatching(/^[a-z]{1,8}$/)
    const fields = fc.record({ title: word, notes: word, labels: fc.uniqueArray(word, { minLength: 1 }), estimate: fc.nat(40), assignee: word }, { requiredKeys: ['title'] })
    fc.assert(fc.property(fields, fields, (a, b) => {
      const plan = flattenPlan({ version: 1, project: { name: 'P' }, milestones: [{ id: 'm1', title: 'M', steps: [{ id: 's1', title: 'S', microsteps: [{ id: 'k1', ...a }] }] }] })
      const before = plan.items.get('k1')!
      expect(changesOf(before, draftOf(before))).toEqual({})
      const wanted = draftOf(item(b))
      const after = applyChanges(plan, [{ op: 'update', id: 'k1', set: changesOf(before, wanted) }]).items.get('k1')!
      expect(draftOf(after)).toEqual(wanted)
    }))
  })
})

test('each kind of item has its own fields', () => {
  expect(fieldsOf('milestone')).toEqual(expect.arrayContaining(['phase', 'dueDate']))
  expect(fieldsOf('step')).not.toEqual(expect.arrayContaining(['estimate']))
  expect(fieldsOf('microstep')).toContain('estimate')
})

test('whoever names an item depends on it', () => {
  const items = new Map([['a', item()], ['b', { ...item({ dependsOn: ['a'] }), id: 'b' }]])
  expect(dependentsOf(items, 'a')).toEqual(['b'])
})
