import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import { checkTemplate, parseTemplate } from './parse.ts'
import { sample } from './testing/sample.ts'
import type { Template, TemplateItem } from './types.ts'

const codesOf = (template: unknown) => checkTemplate(template).problems.map(({ code, severity, pointer }) => [code, severity, pointer])
const withItem = (item: Partial<TemplateItem>): Template => {
  const template = sample()
  Object.assign(template.plan.milestones[0]!, item)
  return template
}
const STEPS = { steps: [{ id: 'code', title: 'Code', acceptanceCriteria: [{ text: 'It works.' }], microsteps: [{ id: 'write', title: 'Write' }] }] }

describe('lint', () => {
  it.each([
    ['a newer format', { ...sample(), format: 2 }, ['newer-format', 'error', '/format']],
    ['an unknown key', { ...sample(), varables: [] }, ['unknown-key', 'error', '/varables']],
    ['a version that is none', sample({ version: 'latest' }), ['structure', 'error', '/version']],
    ['a name that two parameters share', sample({ variables: [...sample().variables!, { name: 'app', type: 'string', prompt: 'Again?' }] }), ['duplicate-variable', 'error', '/variables/3/name']],
    ['a pattern that could take for ever', sample({ variables: [{ ...sample().variables![0]!, pattern: '(a+)+b' }, ...sample().variables!.slice(1)] }), ['structure', 'error', '/variables/0/pattern']],
    ['loops that multiply', withItem({ if: 'regions.all(a, regions.all(b, regions.all(c, a != b)))' }), ['expression', 'error', '/plan/milestones/0/if']],
    ['a name of a fact', sample({ variables: [...sample().variables!, { name: 'item', type: 'string', prompt: 'Item?' }] }), ['reserved-name', 'error', '/variables/3/name']],
    ['a default that is not allowed', sample({ variables: [...sample().variables!, { name: 'more', type: 'choice', choices: ['a'], default: 'b', prompt: 'More?' }] }), ['invalid-default', 'error', '/variables/3/default']],
    ['an unknown name in a text', withItem({ title: '{{nobody}}' }), ['expression', 'error', '/plan/milestones/0/title']],
    ['a condition that is none', withItem({ if: 'app' }), ['expression', 'error', '/plan/milestones/0/if']],
    ['a loop over no list', withItem({ forEach: { as: 'one', in: 'app' } }), ['expression', 'error', '/plan/milestones/0/forEach/in']],
    ['the name of a loop outside of it', withItem({ title: '{{region}}' }), ['expression', 'error', '/plan/milestones/0/title']],
    ['an anchor on nothing', sample({ anchors: [{ name: 'x', item: 'nothing' }] }), ['unknown-item', 'error', '/anchors/0/item']],
    ['a plan with a fault', withItem({ ...STEPS, dependsOn: ['ship'] }), ['invalid-plan', 'error', '/plan']],
    ['a policy with a fault', sample({ policy: { rules: [{ id: 'x', when: ['plan.*'], condition: 'item.nothing == {{app}}', effect: 'warn', message: 'No.' }] } }), ['invalid-policy', 'error', '/policy']],
    ['text that waits to be written', withItem({ description: 'TBD' }), ['placeholder-text', 'warning', '/plan/milestones/0']],
    ['a parameter that nothing uses', sample({ variables: [...sample().variables!, { name: 'idle', type: 'string', prompt: 'Idle?', default: '' }] }), ['unused-variable', 'warning', '/variables/3/name']],
    ['a step that never says when it is done', sample(), ['no-criteria', 'warning', '/plan/milestones/0/steps/0']],
  ])('finds %s', (_what, template, expected) => expect(codesOf(template)).toContainEqual(expected))

  it('tries each choice: a fault that only one of them shows is found, with the values that show it', () => {
    const template = withItem({ ...STEPS, if: 'data' })
    template.plan.milestones[1]!.steps = [{ id: 'late', title: 'Late', if: '!data', microsteps: [{ id: 'write', title: 'Twice', estimate: -1 }] }]
    template.anchors = []
    const { problems } = checkTemplate({ ...template, variables: [...template.variables!.slice(0, 1), ...template.variables!.slice(2)] })
    expect(problems.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([expect.stringMatching(/"estimate".*"data":false/)])
  })

  it('says where in the text a fault is', () => {
    const text = stringify(withItem({ title: '{{nobody}}' }))
    const [problem] = parseTemplate(text).problems
    expect(text.split('\n')[problem!.line! - 1]).toContain('{{nobody}}')
    expect(parseTemplate('format: 1\nname: [').problems).toMatchObject([{ code: 'syntax', line: 2 }])
    expect(parseTemplate(`a: &a [1]\n${'b: [*a, *a]\n'.repeat(1)}c: ${'x'.repeat(300_000)}`).problems).toMatchObject([{ code: 'structure' }])
  })
})
