import { describe, expect, it } from 'vitest'
import { applyToPolicyText, policyEntries, policyText } from './policy-text.ts'
import { mergePolicies } from './policy.ts'

const rule = (id: string, message = id) => ({ id, when: ['plan.*'], effect: 'warn', message })

describe('a merge of policies', () => {
  const base = { rules: [rule('kept'), rule('mine'), rule('theirs'), rule('both'), rule('gone')], phases: [{ phase: 'QA' }] }
  const local = { rules: [rule('own'), rule('kept'), rule('mine', 'Mine'), rule('theirs'), rule('both', 'Mine')], phases: [{ phase: 'QA' }] }
  const remote = { rules: [rule('kept'), rule('mine'), rule('theirs', 'Theirs'), rule('both', 'Theirs'), rule('gone'), rule('new')], phases: [{ phase: 'QA', require: { previews: 1 } }] }

  it('takes what only one side changed, and keeps what people did', () => {
    const { policy, changes, conflicts } = mergePolicies(base, local, remote)
    expect(policy).toEqual({ rules: [rule('own'), rule('kept'), rule('mine', 'Mine'), rule('theirs', 'Theirs'), rule('both', 'Mine'), rule('new')], phases: [{ phase: 'QA', require: { previews: 1 } }] })
    expect(changes.map(({ list, id }) => `${list}/${id}`)).toEqual(['rules/theirs', 'rules/new', 'phases/QA'])
    expect(conflicts).toEqual([{ list: 'rules', id: 'both', base: rule('both'), local: rule('both', 'Mine'), remote: rule('both', 'Theirs') }])
  })

  it('takes a decision', () => {
    const { policy, conflicts } = mergePolicies(base, local, remote, [{ list: 'rules', id: 'both', keep: 'remote' }])
    expect([policy.rules[4], conflicts]).toEqual([rule('both', 'Theirs'), []])
    expect(mergePolicies(base, local, remote, [{ keep: 'local' }]).conflicts).toEqual([])
  })

  it('changes the file where it must, and nowhere else', () => {
    const text = '# Ours.\nversion: 1\nrules:\n  # Why we have it.\n  - { id: kept, when: [plan.*], effect: warn, message: kept }\n  - { id: theirs, when: [plan.*], effect: warn, message: theirs } # as agreed\n  - { id: gone, when: [plan.*], effect: warn, message: gone }\n'
    const merge = { changes: [{ list: 'rules' as const, id: 'theirs', entry: rule('theirs', 'Theirs') }, { list: 'rules' as const, id: 'gone', entry: null }, { list: 'phases' as const, id: 'QA', entry: { phase: 'QA' } }] }
    const after = applyToPolicyText(text, merge)
    expect(after).toContain('# Ours.\nversion: 1\nrules:\n  # Why we have it.\n  - { id: kept, when: [ plan.* ], effect: warn, message: kept }')
    expect(policyEntries(after)).toEqual({ rules: [rule('kept'), rule('theirs', 'Theirs')], phases: [{ phase: 'QA' }] })
  })

  it('begins a file where there is none', () => {
    expect(applyToPolicyText('', { changes: [{ list: 'rules', id: 'new', entry: rule('new') }] })).toBe(policyText({ rules: [rule('new')] }))
  })
})
