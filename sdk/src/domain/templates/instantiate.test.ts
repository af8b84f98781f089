import { describe, expect, it } from 'vitest'
import { flattenPlan } from '../plans/flat.ts'
import { validatePlan } from '../plans/validate.ts'
import { instantiate } from './instantiate.ts'
import { pack, sample } from './testing/sample.ts'
import type { Instantiation, TemplateUse } from './types.ts'

const planOf = ({ plan, problems, conflicts }: Instantiation) => {
  if (plan === undefined) throw new Error(JSON.stringify([...problems, ...conflicts]))
  expect(validatePlan(plan)).toEqual([])
  return flattenPlan(plan)
}
const made = (...uses: TemplateUse[]) => planOf(instantiate(uses))
const waitsFor = (flat: ReturnType<typeof made>, id: string) => flat.items.get(id)?.fields.dependsOn ?? []

describe('one template', () => {
  it('fills in texts, repeats what loops, and lets items of one element depend on each other', () => {
    const flat = made({ template: sample(), values: { app: 'Shop' } })
    expect(flat.head).toEqual({ version: 1, project: { name: 'Shop' } })
    expect([...flat.items.keys()]).toEqual(['build', 'code', 'write', 'store', 'migrate', 'ship', 'deploy-eu', 'try-eu', 'open-eu', 'deploy-us', 'try-us', 'open-us', 'tell', 'mail'])
    expect(flat.items.get('deploy-us')?.fields.title).toBe('Deploy to us')
    expect(waitsFor(flat, 'open-us')).toEqual(['try-us'])
    expect(waitsFor(flat, 'tell')).toEqual(['deploy-eu', 'deploy-us'])
  })

  it('waits for what an item that is left out waited for', () => {
    const flat = made({ template: sample(), values: { app: 'Shop', data: false } })
    expect(flat.items.has('store') || flat.items.has('migrate')).toBe(false)
    expect(waitsFor(flat, 'deploy-eu')).toEqual(['code'])
    const nowhere = made({ template: sample(), values: { app: 'Shop', data: false, regions: [] } })
    expect(waitsFor(nowhere, 'tell')).toEqual(['code'])
  })

  it('puts values into conditions of its policy as literals, and leaves facts to the policy engine', () => {
    const { policy } = instantiate([{ template: sample(), values: { app: `It's "x" \\` } }])
    expect(policy.rules).toEqual([{ id: 'named', when: ['plan.*'], condition: `project.name == ${JSON.stringify(`It's "x" \\`)}`, effect: 'warn', message: `{{item.title}} of It's "x" \\` }])
  })

  it.each([
    [{}, ['value-missing']],
    [{ app: '' }, ['value-invalid']],
    [{ app: 'x', data: 'maybe' }, ['value-invalid']],
    [{ app: 'x', regions: ['eu', 'eu'] }, ['value-invalid']],
  ])('makes no plan of the values %j', (values, codes) => {
    const { plan, problems } = instantiate([{ template: sample(), values }])
    expect(plan).toBeUndefined()
    expect(problems.map(({ code }) => code)).toEqual(codes)
  })

  it('names a dependency on what it does not have', () => {
    const template = sample()
    template.plan.milestones[0]!.dependsOn = ['nowhere']
    const made = instantiate([{ template, values: { app: 'x' } }])
    expect(made.plan).toBeUndefined()
    expect(made).toMatchObject({ problems: [{ code: 'unknown-item', message: '"build" of sample depends on "nowhere", which is no item of it.' }] })
  })

  it('is remembered with its digest and only the values that were given', () => {
    const { used } = instantiate([{ template: sample(), values: { app: 'x', unrelated: 'y' } }])
    expect(used).toEqual([{ name: 'sample', version: '1.0.0', digest: expect.stringMatching(/^[0-9a-f]{64}$/), values: { app: 'x' } }])
  })
})

describe('several templates', () => {
  const both = (extra = pack()) => instantiate([{ template: sample(), values: { app: 'x' } }, { template: extra }])

  it('are joined by their anchors, and stand where they are waited for', () => {
    const result = both()
    const flat = planOf(result)
    expect(flat.children.get(null)).toEqual(['build', 'extra', 'ship'])
    expect(waitsFor(flat, 'extra')).toEqual(['code'])
    expect(waitsFor(flat, 'ship')).toEqual(['build', 'extra'])
  })

  it('keep apart two items of one id, say so, and remember it', () => {
    const result = both()
    expect(result.conflicts).toEqual([expect.objectContaining({ kind: 'id', name: 'code', templates: ['sample', 'extra'], resolution: 'The one of extra is "extra-code".' })])
    expect(result.used[1]?.ids).toEqual({ code: 'extra-code' })
    expect(planOf(result).items.get('do')?.parentId).toBe('extra-code')
    expect(result.origins.get('extra-code')).toEqual({ template: 'extra', id: 'code' })
  })

  it('leave out a join that would close a circle, and one that nobody meets', () => {
    const circular = pack({ joins: [{ item: 'extra', dependsOn: ['release'], blocks: ['foundation', 'moon'] }] })
    const result = both(circular)
    planOf(result)
    expect(result.conflicts.map(({ kind, name }) => [kind, name])).toEqual([['id', 'code'], ['cycle', 'foundation'], ['join', 'moon']])
  })

  it('need what they require, in its range', () => {
    const demanding = pack({ requires: [{ name: 'sample', version: '^2.0.0' }, { name: 'other', version: '*' }] })
    const { plan, conflicts } = both(demanding)
    expect(plan).toBeUndefined()
    expect(conflicts.map(({ kind, severity, message }) => [kind, severity, message])).toEqual([
      ['requirement', 'error', 'extra requires sample ^2.0.0, and 1.0.0 is used.'], ['requirement', 'error', 'extra requires other *, which is not used.'],
    ])
  })

  it('ask for a parameter by its full name where they mean different things by it', () => {
    const extra = pack({ variables: [{ name: 'app', type: 'boolean', prompt: 'App?', default: false }] })
    const uses = (values: TemplateUse['values']) => [{ template: sample(), values }, { template: extra, values }]
    expect(instantiate(uses({ app: 'x', 'extra.app': true })).plan).toBeDefined()
    expect(instantiate(uses({ app: 'x' })).problems).toMatchObject([{ code: 'value-invalid' }])
  })

  it('keep the first of two rules with one id, and tell of the second', () => {
    const extra = pack({ policy: { rules: [{ id: 'named', when: ['plan.*'], effect: 'block', message: 'No.' }] } })
    const { policy, conflicts } = both(extra)
    expect(policy.rules).toMatchObject([{ id: 'named', effect: 'warn' }])
    expect(conflicts.filter(({ kind }) => kind === 'rule')).toHaveLength(1)
  })
})
