import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hasErrors } from './problems.ts'
import { planFromMarkdown, planToMarkdown } from './markdown.ts'
import type { Plan } from './types.ts'
import { validatePlan } from './validate.ts'

/** Pieces that markdown, HTML or our own dialect give a meaning to. */
const PIECES = [
  '#',
  '# ',
  '## x',
  '- ',
  '- [ ] ',
  '* ',
  '[x] ',
  '1. ',
  '> ',
  '`',
  '``',
  '```',
  '~~~',
  '|',
  '\n',
  '\n\n',
  ' ',
  '  ',
  '\t',
  '\r\n',
  '\r',
  '<b>',
  '</b>',
  '<!-- ',
  ' -->',
  '-->',
  '&amp;',
  '&#10;',
  '&#13;',
  '&lt;',
  '&',
  '\\',
  '\\n',
  '---',
  '===',
  '***',
  '_',
  ' · `a`',
  ' _(blocked)_',
  ' (check: manual)',
  ' (check: run `',
  'Status: done',
  '* Labels: none',
  'Depends on: `a`',
  '{#id}',
  '<!-- {"id":"x"} -->',
  '<!-- buildrunner plan v1 -->',
  '"',
  '}',
  'a',
  'b c',
  'é',
  '计划',
  '한국',
  'İı',
  'Привет',
  '🎉',
  '\u00a0',
  '\u2028',
  '\ufeff',
  '\u0000',
  '\ud800',
  '<<<<<<< ',
  'none',
  ':',
  ',',
  '[t](u)',
]
const text = fc
  .array(fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...PIECES) }, { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 4 }) }), {
    maxLength: 10,
  })
  .map((pieces) => pieces.join(''))
const filled = (maxLength: number) => text.filter((value) => value.length >= 1 && value.length <= maxLength)
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 })
const id = filled(100).map((value) => value.replace(/\s+/g, '') || 'x')
const json = fc.jsonValue({ maxDepth: 2 }).map((value) => JSON.parse(JSON.stringify(value)) as unknown)
const extra = fc.dictionary(fc.constantFrom('x-a', 'x-b', 'custom', 'phase2'), json, { maxKeys: 2 })
const hours = fc.oneof(fc.nat(99), fc.double({ min: 0, max: 100_000, noNaN: true })).map((value) => value + 0 || 0)

const count = optional(fc.nat(1_000_000))
const matches = optional(fc.oneof(fc.constantFrom('^# ', '`a`', '\\d+ %$', 'a, b'), filled(20).map((value) => value.replace(/[^\p{L}\p{N}` ]/gu, '.'))))
const check = fc.oneof(
  fc.record({
    kind: fc.constant('command'),
    run: filled(80),
    cwd: optional(filled(30)),
    timeoutSeconds: optional(fc.integer({ min: 1, max: 86_400 })),
    env: optional(fc.array(fc.constantFrom('CI', 'NPM_TOKEN', '_a1'), { maxLength: 3 })),
  }),
  fc.record({
    kind: fc.constant('http'),
    url: fc.constantFrom('https://a.example/x?y=1', 'http://localhost:3000'),
    status: optional(fc.integer({ min: 100, max: 599 })),
    matches,
  }),
  fc.record({ kind: fc.constant('file'), path: filled(80), matches }),
  fc.record({ kind: fc.constant('junit'), path: filled(80), maxFailures: count, minTests: count }),
  fc.record({
    kind: fc.constant('coverage'),
    path: filled(80),
    min: fc.oneof(fc.nat(100), fc.double({ min: 0, max: 100, noNaN: true }).map((value) => value + 0 || 0)),
    metric: optional(fc.constantFrom('lines', 'branches', 'functions')),
  }),
  fc.record({ kind: fc.constant('manual'), by: optional(text) }),
)
const common = {
  title: filled(500),
  description: optional(text),
  assignee: optional(filled(80)),
  labels: optional(fc.array(filled(30), { maxLength: 3 })),
  priority: optional(fc.constantFrom('low', 'medium', 'high', 'critical')),
  links: optional(fc.array(fc.record({ url: filled(60), title: optional(text) }), { maxLength: 2 })),
  notes: optional(text),
  acceptanceCriteria: optional(
    fc.array(
      fc
        .tuple(
          fc.record({ text: filled(99), id: optional(id), check: optional(fc.tuple(check, extra).map(([known, more]) => ({ ...more, ...known }))) }),
          extra,
        )
        .map(([known, more]) => ({ ...more, ...known })),
      { maxLength: 3 },
    ),
  ),
  renamedFrom: optional(id),
}
const estimate = fc.oneof(hours, fc.record({ optimistic: hours, likely: hours, pessimistic: hours, 'x-by': optional(text) }))
const item = (shape: Record<string, fc.Arbitrary<unknown>>) =>
  fc.tuple(fc.record({ ...common, ...shape }), extra).map(([known, more]) => ({ ...more, ...known }))
const microstep = item({
  status: optional(fc.constantFrom('todo', 'todo', 'in_progress', 'blocked', 'in_review', 'done', 'cancelled')),
  estimate: optional(estimate),
})
const step = item({ microsteps: optional(fc.array(microstep, { maxLength: 3 })) })
const milestone = item({ phase: optional(filled(30)), dueDate: optional(fc.constant('2026-02-28')), steps: optional(fc.array(step, { maxLength: 2 })) })

interface Loose {
  id?: string
  dependsOn?: string[]
  [key: string]: unknown
}

/** Gives every item an id of its own, and dependencies on items that come later and lie elsewhere, so that no circle is possible. */
function connect(milestones: Loose[], ids: string[], wishes: number[]): void {
  const used = new Set<string>()
  const named: Loose[] = []
  const visit = (node: Loose, ancestors: Loose[]): void => {
    const wanted = ids[used.size % ids.length]!
    node.id = used.has(wanted) ? `${wanted}${used.size}` : wanted
    while (used.has(node.id)) node.id += '+'
    used.add(node.id)
    const wish = wishes[used.size % wishes.length]!
    const allowed = named.filter((other) => !ancestors.includes(other) && other.children === undefined)
    if (wish % 3 === 0) node.dependsOn = allowed.slice(wish % 5, (wish % 5) + 2).map((other) => other.id!)
    for (const key of ['steps', 'microsteps']) for (const child of (node[key] as Loose[] | undefined) ?? []) visit(child, [...ancestors, node])
    named.push(node)
  }
  for (const each of milestones) visit(each, [])
}

const plans = fc
  .record({
    head: extra,
    name: filled(200),
    description: optional(text),
    project: extra,
    schema: optional(fc.constant('./plan.schema.json')),
    milestones: fc.array(milestone, { maxLength: 3 }),
    ids: fc.uniqueArray(id, { minLength: 1, maxLength: 12 }),
    wishes: fc.array(fc.nat(99), { minLength: 1, maxLength: 12 }),
  })
  .map(({ head, name, description, project, schema, milestones, ids, wishes }) => {
    connect(milestones as Loose[], ids, wishes)
    const plan = { ...head, ...(schema && { $schema: schema }), version: 1, project: { ...project, name, description }, milestones }
    return JSON.parse(JSON.stringify(plan)) as Plan
  })

const small = (
  microsteps: Plan['milestones'][number]['steps'] extends (infer S)[] | undefined ? (S extends { microsteps?: infer M } ? M : never) : never,
): Plan => ({
  version: 1,
  project: { name: 'Shop' },
  milestones: [{ id: 'api', title: 'API', steps: [{ id: 'api.schema', title: 'Schema', microsteps }] }],
})

const RUNS = 300

describe('our markdown', () => {
  it('comes back as the same plan, whatever texts, ids and unknown keys hold', () => {
    let valid = 0
    fc.assert(
      fc.property(plans, (plan) => {
        if (hasErrors(validatePlan(plan))) return
        valid++
        const markdown = planToMarkdown(plan)
        const back = planFromMarkdown(markdown)
        expect(back.problems.filter(({ severity }) => severity === 'error')).toEqual([])
        expect(back.plan).toStrictEqual(plan)
        expect(planToMarkdown(back.plan!)).toBe(markdown)
      }),
      { numRuns: RUNS },
    )
    expect(valid).toBeGreaterThan(RUNS / 2)
  }, 60_000)

  it('comes back from a file with Windows line ends as well', () => {
    fc.assert(
      fc.property(plans, (plan) => {
        if (hasErrors(validatePlan(plan))) return
        expect(planFromMarkdown(planToMarkdown(plan).replaceAll('\n', '\r\n')).plan).toStrictEqual(plan)
      }),
      { numRuns: RUNS / 4 },
    )
  }, 60_000)

  it('leaves x-sync to the file it stands in', () => {
    const plan: Plan = { ...small([]), 'x-sync': { projectId: 'prj_1', sequence: 3 } }
    expect(planFromMarkdown(planToMarkdown(plan)).plan).toStrictEqual(small([]))
  })
})

describe('our markdown, written', () => {
  it('reads well', () => {
    const plan: Plan = {
      version: 1,
      project: { name: 'Shop', description: 'Sells things.' },
      milestones: [
        {
          id: 'api',
          title: 'API',
          phase: 'Alpha',
          dueDate: '2026-03-01',
          dependsOn: ['base'],
          links: [{ url: 'https://a.example/spec', title: 'Spec' }, { url: 'docs/api.md' }],
          steps: [
            {
              id: 'api.schema',
              title: 'Schema',
              description: 'Lists:\n- one',
              labels: ['db', 'core api'],
              microsteps: [
                { id: 'api.schema.write', title: 'Write `schema.graphql`', status: 'done', estimate: 3 },
                {
                  id: 'api.schema.check',
                  title: 'Check it <soon>',
                  status: 'in_review',
                  description: 'Twice.',
                  estimate: { optimistic: 1, likely: 2, pessimistic: 4.5 },
                  acceptanceCriteria: [
                    { text: 'It prints.', check: { kind: 'command', run: 'npm test' } },
                    { id: 'c2', text: 'It is read.' },
                    { text: 'All pass.', check: { kind: 'command', run: 'npm test', cwd: 'web', timeoutSeconds: 300, env: ['CI', 'NPM_TOKEN'] } },
                    { text: 'It says so.', check: { kind: 'junit', path: 'reports/*.xml', maxFailures: 0, minTests: 10 } },
                    { text: 'It is covered.', check: { kind: 'coverage', path: 'coverage/lcov.info', min: 82.5, metric: 'branches' } },
                    { text: 'It answers.', check: { kind: 'http', url: 'https://a.example/health', status: 204, matches: '"ok"' } },
                    { text: 'It is told.', check: { kind: 'file', path: 'CHANGELOG.md', matches: '^## 2' } },
                  ],
                  'x-mine': { a: 1 },
                },
              ],
            },
          ],
        },
        { id: 'base', title: 'Base' },
      ],
    }
    expect(planToMarkdown(plan)).toBe(`<!-- buildrunner plan v1 -->
# Shop

Sells things.

## API · \`api\`

* Phase: Alpha
* Due: 2026-03-01
* Depends on: \`base\`
* Link: [Spec](https://a.example/spec)
* Link: \`docs/api.md\`

### Schema · \`api.schema\`

> Lists:
> - one

* Labels: \`db\`, \`core api\`

- [x] Write \`schema.graphql\` · \`api.schema.write\`
  * Estimate: 3 h
- [ ] Check it &lt;soon> · \`api.schema.check\` _(in review)_
  <!-- {"x-mine":{"a":1}} -->

  Twice.

  * Estimate: 1 / 2 / 4.5 h
  * Acceptance criteria:
    * It prints. (check: run \`npm test\`)
    * It is read. · \`c2\`
    * All pass. (check: run \`npm test\` in \`web\` within 300 s with \`CI\`, \`NPM_TOKEN\`)
    * It says so. (check: junit \`reports/*.xml\` at most 0 failed at least 10 run)
    * It is covered. (check: coverage \`coverage/lcov.info\` at least 82.5 % of branches)
    * It answers. (check: http \`https://a.example/health\` 204 matches \`"ok"\`)
    * It is told. (check: file \`CHANGELOG.md\` matches \`^## 2\`)

## Base · \`base\`
`)
    expect(planFromMarkdown(planToMarkdown(plan)).plan).toStrictEqual(plan)
  })
})

describe('our markdown, edited by hand', () => {
  const base = planToMarkdown(small([{ id: 'api.schema.write', title: 'Write' }]))
  const edit = (from: string, to: string) => {
    const result = planFromMarkdown(base.replace(from, to))
    return { ...result, step: result.plan?.milestones[0]?.steps?.[0] }
  }

  it('takes a new task under a step', () => {
    const { step, problems, report } = edit('`api.schema.write`\n', '`api.schema.write`\n- [ ] New task\n- [x] Use `fetch`\n')
    expect(problems).toEqual([])
    expect(step?.microsteps).toEqual([
      { id: 'api.schema.write', title: 'Write' },
      { id: 'api.schema.new-task', title: 'New task' },
      { id: 'api.schema.use-fetch', title: 'Use `fetch`', status: 'done' },
    ])
    expect(report).toMatchObject({ found: 5, arrived: { milestones: 1, steps: 1, microsteps: 3 } })
  })

  it('takes new milestones, steps and sub-tasks, and tasks directly in a milestone', () => {
    const { plan, problems } = planFromMarkdown(`${base}\n  - [ ] Sub\n\n#### Deeper\n- [ ] x\n\n## New\n- [ ] loose\n\n### Step\n- [-] gone\n`)
    expect(problems).toEqual([])
    expect(plan?.milestones[0]?.steps).toEqual([
      {
        id: 'api.schema',
        title: 'Schema',
        microsteps: [
          { id: 'api.schema.write', title: 'Write', dependsOn: ['api.schema.write.sub'] },
          { id: 'api.schema.write.sub', title: 'Sub', 'x-markdown': { parent: 'api.schema.write' } },
        ],
      },
      { id: 'api.deeper', title: 'Deeper', microsteps: [{ id: 'api.deeper.x', title: 'x' }] },
    ])
    expect(plan?.milestones[1]).toEqual({
      id: 'new',
      title: 'New',
      steps: [
        { id: 'new.tasks', title: 'New', microsteps: [{ id: 'new.loose', title: 'loose' }] },
        { id: 'new.step', title: 'Step', microsteps: [{ id: 'new.step.gone', title: 'gone', status: 'cancelled' }] },
      ],
    })
  })

  it('takes ticks, words and fields as people write them', () => {
    const { step } = edit(
      '- [ ] Write · `api.schema.write`',
      '- [x] Write\n  it well · `api.schema.write` _(blocked)_\n\n  Some prose\n  over lines.\n\n  - just a bullet\n  - estimate: 2/3/4\n  - Labels: a, b c\n  - Depends on: none\n  - Criteria:\n    - [x] It works\n  - Notes: one\n    two',
    )
    expect(step?.microsteps?.[0]).toEqual({
      id: 'api.schema.write',
      title: 'Write it well',
      status: 'done',
      description: 'Some prose\nover lines.\n\n- just a bullet',
      estimate: { optimistic: 2, likely: 3, pessimistic: 4 },
      labels: ['a', 'b c'],
      dependsOn: [],
      acceptanceCriteria: [{ text: 'It works' }],
      notes: 'one\ntwo',
    })
  })

  it.each([
    ['an estimate', '* Estimate: soon', 'invalid-value'],
    ['a priority', '* Priority: urgent', 'invalid-value'],
    ['a date', '* Due: tomorrow', 'unknown-key'],
    ['an unknown dependency', '* Depends on: `nowhere`', 'unknown-dependency'],
  ])('reports %s that cannot be, with its line', (_, bullet, code) => {
    const { problems } = edit('· `api.schema.write`', `· \`api.schema.write\`\n  ${bullet}`)
    expect(problems).toMatchObject([
      { code, source: 'plan.md', line: code === 'invalid-value' && bullet.includes('Priority') ? 8 : code === 'unknown-key' ? 8 : 9 },
    ])
  })
})
