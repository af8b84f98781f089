import { readFileSync } from 'node:fs'
import { Ajv2020 } from 'ajv/dist/2020.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { policyJsonSchema, policyJsonSchemaText } from './json-schema.ts'
import { parsePolicy } from './parse.ts'
import { policyOf, ruleText } from './testing/sample.ts'

const GOOD = `# yaml-language-server: $schema=https://buildrunner.cloud/schemas/policy.v1.json
version: 1
rules:
  - id: done-needs-evidence
    when: [plan.status.set, comment.added]
    condition: item.status == 'done' && !item.evidence.passed
    effect: block
    message: A microstep is done when its evidence says so.
    remedy: Run "br qa run {{item.id}}".
  - id: big-changes
    when: ['plan.*']
    condition: |
      cost.addedHours > 40
        && actor.roles.exists(role, role == 'Contributor')
    effect: require_approval
    approvals: { roles: [TechLead, PM], count: 2 }
    message: This adds {{cost.addedHours}} hours.
  - id: tell
    when: [project.archive]
    effect: notify
    notify: { people: [ben@example.com] }
    message: Archived.
phases:
  - phase: Build
  - phase: QA
    require: { criteria: met, approvals: { roles: [TechLead] }, previews: 1 }
`

/** `line:column-end code message | remedy` of each problem. */
const problemsOf = (text: string): string[] => parsePolicy(text).problems.map(({ line, column, endColumn, code, message, remedy }) => `${line}:${column}-${endColumn} ${code} ${message} | ${remedy}`)

describe('a policy', () => {
  test('is read with its defaults, its lines, and digests that only what is decided moves', () => {
    const { rules, phases } = policyOf(GOOD)
    expect(rules.map(({ id, line, approvals, notify }) => ({ id, line, approvals, notify }))).toEqual([
      { id: 'done-needs-evidence', line: 4, approvals: null, notify: null },
      { id: 'big-changes', line: 10, approvals: { roles: ['TechLead', 'PM'], count: 2, expiresHours: 72 }, notify: null },
      { id: 'tell', line: 18, approvals: null, notify: { roles: [], people: ['ben@example.com'], priority: 'normal' } },
    ])
    expect(phases).toMatchObject([{ phase: 'Build', line: 24, require: { criteria: null, approvals: null, previews: 0 } }, { phase: 'QA', line: 25, require: { criteria: 'met', previews: 1 } }])
    const digest = (text: string): string | undefined => policyOf(text).rules[0]?.digest
    expect(digest(GOOD.replace('A microstep is done', 'Work is finished').replace('[plan.status.set, comment.added]', '[comment.added, plan.status.set]'))).toBe(digest(GOOD))
    expect(digest(GOOD.replace("== 'done'", "== 'in_review'"))).not.toBe(digest(GOOD))
  })

  test('may say little, and nothing is no policy', () => {
    expect(parsePolicy('version: 1\n')).toMatchObject({ policy: { rules: [], phases: [] }, problems: [] })
    expect(problemsOf('# nothing\n')).toEqual(['1:1-2 empty-file The policy is empty. | Begin it with "version: 1".'])
  })

  test('is refused with everything that is wrong at once: place, what is meant, and what to do', () => {
    const text = `version: 1
rule: []
rules:
  - id: Done
    when: [plan.status.sett, deploy.*]
    condition: item.statu == 'done'
    effect: blok
    mesage: x
  - id: two
    when: []
    condition: "item.title == 'a' &&\\n  item.estimateHours = 8"
    effect: require_approval
    approvals: { roles: [Techlead], count: 0 }
    message: See {{item.idd}}.
`
    expect(problemsOf(text)).toEqual([
      '2:1-5 unknown-key rule is not a key of the policy. | Did you mean rules?',
      '4:5-7 missing-field rules[0] has no message. | Add message:.',
      '4:9-13 invalid-value rules[0].id is "Done". | Write an id such as done-needs-evidence: letters a to z, digits and hyphens.',
      '5:12-28 unknown-action Nothing is called plan.status.sett. | Did you mean plan.status.set?',
      '5:30-38 unknown-action Nothing is called deploy.*. | See the list of actions in the documentation of policies.',
      '6:21-26 unknown-fact item has no statu. | Did you mean status?',
      '7:13-17 invalid-value rules[0].effect is "blok". | Did you mean block?',
      '8:5-11 unknown-key rules[0].mesage is not a key of the policy. | Did you mean message?',
      '10:11-13 invalid-value rules[1].when is a list. | Write a list such as [plan.status.set].',
      '11:60-61 condition-syntax Unexpected character: =. | Compare with ==.',
      '13:26-34 invalid-value rules[1].approvals.roles[0] is "Techlead". | Did you mean TechLead?',
      '13:44-45 invalid-value rules[1].approvals.count is 0. | Write a whole number from 1 to 20.',
      '14:18-30 unknown-fact There is no fact item.idd. | Name one value, such as {{item.id}}.',
    ])
  })

  test('has frames: the line, and carets under the place, also in a text of several lines', () => {
    const [problem] = parsePolicy(GOOD.replace("role == 'Contributor'", 'role == 7')).problems
    expect(problem?.frame).toBe('        && actor.roles.exists(role, role == 7)\n                                    ^^^^^^^^^')
    expect(parsePolicy(`version: 1\nrules:\n  - {id: a, when: [plan.*], effect: \tblokk, message: m}\n`).problems[0]?.frame).toMatch(/\n +\t\^{5}$/)
  })

  test.each([
    ['two rules of one name', ruleText('true', '  - { id: rule, when: [plan.*], effect: warn, message: m }'), /duplicate-id Two rules are called rule; the first is on line 3\./],
    ['approval by nobody', ruleText('true').replace('block', 'require_approval'), /missing-field Nobody is named who may approve/],
    ['notice to nobody', ruleText('true').replace('block', 'notify'), /missing-field Nobody is named who is told/],
    ['approvals that nothing asks for', ruleText('true', '    approvals: { roles: [PM] }'), /unused-field approvals says nothing to the effect block/],
    ['an item where none changes', ruleText('item.status == \'done\'').replace("'*'", 'comment.add'), /absent-fact item\.status is empty here: comment\.add changes no item/],
    ['a phase twice', 'version: 1\nphases: [{ phase: A }, { phase: A }]', /duplicate-id The phase A stands here twice/],
    ['a gate with nothing before it', 'version: 1\nphases: [{ phase: A, require: { criteria: met } }]', /empty-gate No phase stands above A/],
    ['a section of the operator', 'version: 1\naudit: { retention_days: 365 }', /ignored-section audit counts in the file of the server's operator only/],
    ['a file of the operator', 'audit: { retention_days: 365 }', /missing-field .*br governance validate --operator/],
    ['a newer format', 'version: 2', /newer-version The version is 2\. \| Read it with a newer release\./],
    ['no version', 'rules: []', /missing-field The file has no version\. \| Add version:/],
    ['a key twice', 'version: 1\nversion: 1', /duplicate-key .*\| Keep one of the two/],
    ['what is no YAML', 'version: [', /syntax /],
    ['what is no policy', 'just text', /invalid-value The file is "just text"/],
    ['too much', `version: 1\n#${'x'.repeat(256 * 1024)}`, /too-long/],
  ])('tells of %s', (_, text, problem) => {
    expect(problemsOf(text).join('\n')).toMatch(problem)
  })

  test('of the same structure is accepted and refused by the JSON Schema, which is committed', () => {
    const validate = new Ajv2020({ strict: false }).compile(policyJsonSchema())
    expect(validate(parse(GOOD)), JSON.stringify(validate.errors)).toBe(true)
    for (const wrong of ['version: 2', 'version: 1\nrule: []', 'version: 1\nrules: [{ id: a }]', GOOD.replace('block', 'blok'), GOOD.replace('TechLead, PM', 'Boss'), GOOD.replace('comment.added', 'comment.ad')]) {
      expect(validate(parse(wrong)), wrong).toBe(false)
      expect(parsePolicy(wrong).policy, wrong).toBeNull()
    }
    expect(readFileSync(new URL('../../../policy.schema.json', import.meta.url), 'utf8')).toBe(policyJsonSchemaText())
  })

  test('of any text gives problems within the text, and never throws', () => {
    const lines = GOOD.split('\n')
    const mangled = fc.tuple(fc.array(fc.tuple(fc.nat(lines.length - 1), fc.nat(80), fc.constantFrom('', '"', "'", '[', '{', ': ', '- ', '&a ', '*a', '!t ', '\t', '&&', '{{', '#', 'é', '|\n')), { maxLength: 4 }))
    fc.assert(fc.property(mangled, ([edits]) => {
      const text = edits.reduce((rows, [row, at, insert]) => rows.with(row, `${rows[row]?.slice(0, at)}${insert}${rows[row]?.slice(at + 1)}`), lines).join('\n')
      const { policy, problems } = parsePolicy(text)
      expect(policy === null).toBe(problems.some(({ severity }) => severity === 'error'))
      const rows = text.split('\n')
      for (const { line, column, endColumn, frame, message, remedy } of problems) {
        expect(rows[line - 1]?.replace(/\r$/, '')).toBe(frame.split('\n')[0])
        expect(column >= 1 && endColumn > column && column <= (rows[line - 1]?.length ?? 0) + 1).toBe(true)
        expect([message, remedy].every((words) => /[.?)}]$/.test(words)), `${message} ${remedy}`).toBe(true)
      }
    }), { numRuns: 80 })
    expect(parsePolicy('['.repeat(100_000)).policy).toBeNull()
    expect(parsePolicy(`a: &a [x]\n${Array.from({ length: 30 }, (_, i) => `b${i}: &b${i} [*${i === 0 ? 'a' : `b${i - 1}`}, *${i === 0 ? 'a' : `b${i - 1}`}]`).join('\n')}`).policy).toBeNull()
  })
})
