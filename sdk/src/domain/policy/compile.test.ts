import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { AUDIT_ACTIONS } from '../../../../schema/src/audit/actions.ts'
import { POLICY_ACTIONS, actionsOf } from './actions.ts'
import { Scope, environment } from './cel.ts'
import { readCondition } from './condition.ts'
import { policyDiff } from './diff.ts'
import { explainPolicy } from './explain.ts'
import { FACTS, FACT_TYPES } from './facts.ts'
import { isLike } from './glob.ts'
import { ACTOR, ITEM, REQUEST, compiled, policyOf, ruleText } from './testing/sample.ts'

const holds = (condition: string, facts = { ...REQUEST, item: ITEM }): boolean => compiled(ruleText(condition)).decide('plan.apply', facts).length > 0

describe('a condition', () => {
  test.each([
    ["item.kind == 'microstep' && item.status == 'done' && before.status != 'done' && !item.evidence.passed", true],
    ['item.estimateHours > 7 && item.estimateHours <= 8 && item.estimateHours == 8 && item.estimateHours != 8.5', true],
    ['item.estimateHours + 1 > 8.5 && 2 * item.estimateHours == 16 && item.estimateHours / 3 < 2.7', true],
    ['item.estimateHours in [1, 8]', true],
    ["'risky' in item.labels && size(item.labels) == 2 && item.labels.exists(label, label.startsWith('ri'))", true],
    ["item.title.like('Release *') && !item.title.like('release *') && item.title.lowerAscii().contains('api')", true],
    ['item.dueDate != \'\' && item.dueDate < date(time)', true],
    ["time.getDayOfWeek() == 5 && time.getHours('Europe/Berlin') >= 23", true],
    ["time > timestamp('2026-11-20T00:00:00Z') && time - timestamp('2026-11-20T00:00:00Z') < duration('24h')", true],
    ["before.present || before.title != '' || before.estimateHours != 0 || size(before.labels) > 0 || before.criteria.total > 0", false],
    ["change.op == ''", true],
    ['item.criteria.met < item.criteria.total && item.comments.open > 1 && item.openDependencies == 1', true],
  ])('%s is %s', (condition, expected) => {
    expect(holds(condition)).toBe(expected)
  })

  test.each([
    ["item.title.matches('(a+)+$')", 'condition-limit', /no function matches.*like/],
    ["cel.bind(x, 'a', x + x) == ''", 'condition-limit', /no function bind/],
    ['[1].exists(a, [1].exists(b, [1].exists(c, a == c)))', 'condition-limit', /lies in more than 1 other/],
    [`item.title == '${'x'.repeat(2_000)}'`, 'condition-limit', /2016 characters/],
    [`item.estimateHours in [${'1,'.repeat(150)}1]`, 'condition-limit', /maxListElements/],
    ['itm.status == \'done\'', 'unknown-fact', /no fact itm\. Did you mean item\?/],
    ['item.evidence.pased', 'unknown-fact', /item\.evidence has no pased\. Did you mean passed\?/],
    ['item.title', 'condition-type', /is a string, not true or false/],
    ['item.title == 8', 'condition-type', /There is no string == number\. Put a text in quotes/],
    ['item.assignee == null', 'condition-type', /Nothing is null/],
    ['item.title == \'a\' and true', 'condition-syntax', /Write && for and/],
    ['item.title = \'a\'', 'condition-syntax', /Compare with ==/],
    ['item.title ==', 'condition-syntax', /EOF/],
  ])('%s is refused: %s', (condition, code, message) => {
    const fault = readCondition(condition)
    expect(fault).toMatchObject({ code })
    expect('code' in fault && `${fault.message} ${fault.remedy}`).toMatch(message)
  })

  test('says which facts it speaks of; variables of macros are none', () => {
    const read = readCondition("item.labels.all(plan, plan != item.id) && (before.evidence_ ? true : false)".replace('before.evidence_', 'before.present'))
    expect('facts' in read && [...read.facts]).toEqual(['item.labels', 'item.id', 'before.present'])
  })

  test('that a pattern of stars could make slow is not: like is linear, and equals the regular expression', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom('a', 'b', '.'), maxLength: 12 }), fc.string({ unit: fc.constantFrom('a', 'b', '*', '.'), maxLength: 8 }), (text, pattern) => {
      expect(isLike(text, pattern)).toBe(new RegExp(`^${pattern.replaceAll('.', '\\.').replace(/\*+/g, '.*')}$`, 's').test(text))
    }))
    expect(isLike('a'.repeat(10_000), `${'*a'.repeat(50)}b`)).toBe(false)
  })
})

test('a condition that is compiled says what the interpreter says, also where facts are missing', () => {
  const word = fc.constantFrom("item.title", "item.status", "before.title", "actor.name", "project.tier", "'done'", "'web'", "'a*'")
  const number = fc.constantFrom('item.estimateHours', 'plan.done', 'item.criteria.met', 'before.criteria.total', '0', '2', '2.5')
  const truth = fc.constantFrom('item.present', 'before.present', 'item.evidence.passed', 'true', 'false')
  const order = fc.constantFrom('==', '!=', '<', '<=', '>', '>=')
  const simple = fc.oneof(
    fc.tuple(word, order, word).map((parts) => parts.join(' ')), fc.tuple(number, order, number).map((parts) => parts.join(' ')), truth,
    fc.tuple(truth, fc.constantFrom('==', '!='), truth).map((parts) => `(${parts.join(' ')})`), fc.tuple(word, fc.constantFrom('item.labels', 'actor.teams', "['done', 'x']")).map((parts) => parts.join(' in ')),
    fc.tuple(fc.constantFrom('item.title', 'project.name'), fc.constantFrom('startsWith', 'endsWith', 'contains', 'like'), word).map(([text, test, other]) => `${text}.${test}(${other})`),
    fc.constantFrom('item.estimateHours in [2, 8]', 'size(item.labels) > 1', "item.labels.exists(l, l == 'done')", 'item.estimateHours + 1 > plan.done'),
  )
  const { expression } = fc.letrec<{ expression: string }>((tie) => ({ expression: fc.oneof({ maxDepth: 3 }, simple, fc.tuple(tie('expression'), fc.constantFrom('&&', '||'), tie('expression')).map((parts) => `(${parts.join(' ')})`), tie('expression').map((inner) => `!(${inner})`)) }))
  const text = fc.constantFrom('', 'done', 'web', 'ab')
  const item = fc.record({ title: text, status: text, estimateHours: fc.constantFrom(0, 2, 2.5), labels: fc.array(text, { maxLength: 2 }), evidence: fc.option(fc.record({ passed: fc.boolean(), count: fc.constant(1) }), { nil: undefined }) })
  const facts = fc.record({ item: fc.option(item, { nil: undefined }), plan: fc.option(fc.record({ done: fc.constantFrom(0, 2) }), { nil: undefined }), teams: fc.option(fc.array(text, { maxLength: 2 }), { nil: undefined }) })
  const outcome = (run: () => unknown): unknown => {
    try {
      return run()
    } catch (error) {
      return (error as { summary?: string }).summary
    }
  }
  fc.assert(fc.property(expression, facts, (condition, { item: known, plan, teams }) => {
    const read = readCondition(condition)
    if ('code' in read) throw new Error(`${condition}: ${read.message}`)
    const scope = () => new Scope({ ...REQUEST, actor: { ...ACTOR, ...(teams && { teams }) }, ...(known && { item: { ...ITEM, ...known, evidence: known.evidence } }), ...(plan && { plan: { items: 1, microsteps: 1, progress: 0, remainingHours: 0, ...plan } }) })
    expect(outcome(() => read.evaluate(scope()))).toEqual(outcome(() => environment.parse(condition)(scope())))
  }), { numRuns: 1_000 })
})

describe('a compiled policy', () => {
  const text = `version: 1
rules:
  - { id: evidence, when: [plan.status.set], condition: "item.status == 'done' && !item.evidence.passed", effect: block, message: "{{item.id}} lacks evidence.", remedy: "See {{actor.email}}." }
  - { id: talk, when: ['comment.*'], effect: warn, message: Mind your words. }
  - { id: all, when: ['*'], condition: plan.progress > 0.5, effect: notify, notify: { roles: [PM] }, message: "Half way, by {{actor.roles}}." }
phases:
  - phase: Build
  - { phase: QA, require: { criteria: met, previews: 2, approvals: { roles: [TechLead] } } }
`
  const policy = compiled(text)
  const plan = { items: 3, microsteps: 2, done: 2, progress: 1, remainingHours: 0 }

  test('names what must be known, by action', () => {
    expect(policy.needs('comment.add')).toMatchObject({ any: true, sources: new Set(['plan']), phases: false })
    const needs = policy.needs(['sync.push', 'plan.status.set'])
    expect(needs).toMatchObject({ sources: new Set(['evidence', 'actor', 'plan']), phases: true })
    expect([...needs.facts].toSorted()).toEqual(['actor.email', 'actor.roles', 'item.evidence.passed', 'item.id', 'item.status', 'plan.progress'])
    expect(compiled('version: 1').needs('comment.add')).toMatchObject({ any: false })
  })

  test('says what each rule that applies says, in the order of the file', () => {
    const facts = { ...REQUEST, actor: { ...ACTOR, email: 'ada@example.com' }, item: ITEM, plan }
    expect(policy.decide(['sync.push', 'plan.status.set'], facts)).toMatchObject([
      { ruleId: 'evidence', line: 3, effect: 'block', message: 'T1 lacks evidence.', remedy: 'See ada@example.com.', digest: expect.stringMatching(/^[0-9a-f]{64}$/) as string },
      { ruleId: 'all', line: 5, effect: 'notify', message: 'Half way, by Contributor, Member.', notify: { roles: ['PM'], priority: 'normal' } },
    ])
    expect(policy.decide('comment.add', { ...REQUEST, plan: { ...plan, progress: 0.5 } })).toMatchObject([{ ruleId: 'talk', effect: 'warn' }])
    expect(policy.decide('project.update', { ...REQUEST, plan: { ...plan, progress: 0 } })).toEqual([])
  })

  test('applies a rule whose condition cannot be judged, and says why', () => {
    const { evidence: _, ...unsupplied } = ITEM
    const facts = { ...REQUEST, item: unsupplied, plan: { ...plan, progress: 0 } }
    expect(policy.decide('plan.status.set', facts)).toMatchObject([{ ruleId: 'evidence', failure: 'No such key: passed', remedy: 'See -.' }])
    expect(compiled(ruleText('int(item.title) > 0')).decide('plan.apply', { ...REQUEST, item: ITEM })).toMatchObject([{ failure: expect.stringContaining('int') as string }])
    // what is there and empty is no fact that was not supplied
    expect(holds("item.phase == '' && item.dueDate == ''", { ...REQUEST, item: { ...ITEM, phase: undefined, dueDate: undefined } })).toBe(true)
  })

  test('lets a gate say what is missing, and who approves', () => {
    const entry = { phase: 'QA', milestoneId: 'M2', criteria: { total: 3, met: 1 }, previews: 1 }
    expect(policy.decideGates([entry, { phase: 'Build', milestoneId: 'M1' }])).toMatchObject([
      { ruleId: 'phase:QA', line: 8, effect: 'block', message: 'M2 would enter the phase QA: 2 of 3 criteria of the phases before are not met; M2 has 1 of 2 live previews.', remedy: 'Run "br qa run" and meet the criteria of the phases before. Add a preview: br qa preview add M2.' },
      { ruleId: 'phase:QA', effect: 'require_approval', approvals: { roles: ['TechLead'], count: 1 } },
    ])
    expect(policy.decideGates([{ ...entry, criteria: { total: 3, met: 3 }, previews: 2 }])).toMatchObject([{ effect: 'require_approval' }])
    expect(policy.decideGates([{ phase: 'QA', milestoneId: 'M2', previews: 2 }])[0]?.message).toContain('could not be counted')
  })

  test('explains every rule with the value of each part', () => {
    const [evidence, all] = explainPolicy(policy, 'plan.status.set', { ...REQUEST, item: ITEM, plan: { ...plan, progress: 0.5 } })
    expect(evidence).toMatchObject({ ruleId: 'evidence', applies: true })
    expect(evidence?.parts.map((part) => [part.text, part.value])).toEqual([
      ["item.status == 'done' && !item.evidence.passed", true], ["item.status == 'done'", true], ['item.status', 'done'], ['!item.evidence.passed', true], ['item.evidence.passed', false],
    ])
    expect(all).toMatchObject({ applies: false, parts: [{ value: false }, { text: 'plan.progress', value: 0.5 }] })
    const [labels] = explainPolicy(compiled(ruleText("item.labels.exists(l, l == 'api') && plan.done > 0")), 'x', { ...REQUEST, item: ITEM })
    expect(labels).toMatchObject({ applies: true, failure: 'No such key: done' })
    expect(labels?.parts.map(({ text }) => text)).toEqual(["item.labels.exists(l, l == 'api') && plan.done > 0", "item.labels.exists(l, l == 'api')", 'item.labels', 'plan.done > 0', 'plan.done'])
  })

  test('differs from another by rules and gates', () => {
    const now = policyOf(text.replace('effect: warn', 'effect: block').replace('previews: 2', 'previews: 3').replace('id: all', 'id: half'))
    expect(policyDiff(policyOf(text), now).map(({ kind, ruleId, fields }) => [kind, ruleId, fields])).toEqual([
      ['changed', 'talk', ['effect']], ['added', 'half', []], ['removed', 'all', []], ['changed', 'phase:QA', ['require']],
    ])
    expect(policyDiff(now, now)).toEqual([])
    expect(policyDiff(null, now)).toHaveLength(5)
    const rows = text.split('\n')
    expect(policyDiff(policyOf(text), policyOf(rows.with(2, rows[3] as string).with(3, rows[2] as string).join('\n')))).toMatchObject([{ fields: ['order'] }, { fields: ['order'] }])
  })
})

test('a status meets the same rules whatever way it comes', () => {
  expect(actionsOf('plan.status.set', { op: 'update', kind: 'microstep', fields: ['status'] })).toEqual(['plan.status.set'])
  expect(actionsOf('sync.push', { op: 'update', kind: 'microstep', fields: ['status', 'notes'] })).toEqual(['sync.push', 'plan.status.set', 'plan.microstep.update'])
  expect(actionsOf('plan.import', { op: 'add', kind: 'microstep', fields: ['title', 'status'] })).toEqual(['plan.import', 'plan.status.set', 'plan.microstep.add'])
  expect(actionsOf('plan.apply', { op: 'remove', kind: 'step', fields: [] })).toEqual(['plan.apply', 'plan.step.delete'])
  expect(actionsOf('plan.apply', { op: 'head', kind: null, fields: ['project'] })).toEqual(['plan.apply', 'project.update'])
})

test('actions of a project are those that the server records', () => {
  expect(POLICY_ACTIONS.filter((action) => !Object.hasOwn(AUDIT_ACTIONS, action))).toEqual([])
})

test('every type of the facts is described, and every object is one of a fact', () => {
  const used = new Set([...Object.values(FACTS), ...Object.values(FACT_TYPES).flatMap((fields) => Object.values(fields))].map(({ type }) => type))
  expect(Object.keys(FACT_TYPES).filter((type) => !used.has(type as keyof typeof FACT_TYPES))).toEqual([])
  for (const { description } of Object.values(FACTS)) expect(description).toMatch(/\.$/)
})
