import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planToMarkdown } from '../markdown.ts'
import type { Plan } from '../types.ts'
import { importPlan } from './import-plan.ts'
import { errorsOf, expectBooksToBalance, importText } from './testing/books.ts'

const PLAN: Plan = {
  version: 1,
  project: { name: 'Shop' },
  milestones: [
    {
      id: 'm',
      title: 'M',
      steps: [
        {
          id: 's',
          title: 'S',
          microsteps: [
            { id: 'a', title: 'A', status: 'todo' },
            { id: 'b', title: 'B', dependsOn: ['a'] },
          ],
        },
      ],
    },
  ],
}

describe('importPlan', () => {
  it.each([
    ['plan', 'plan.json', JSON.stringify(PLAN)],
    ['markdown', 'README.md', planToMarkdown(PLAN)],
    ['task-master', 'x', '[{"id":1,"title":"A"}]'],
    ['backlog-md', 'a.md', '---\ntitle: A\nid: T-1\n---\n- [ ] T001 criterion\n'],
    ['spec-kit', 'a.md', '- [ ] T001 A\n- [ ] B\n'],
    ['checklist', 'a.md', '1. [ ] A\n'],
  ])('recognises %s by its content', (format, name, text) => {
    expect(importText(name, text).report.format).toBe(format)
  })

  it('reads what is named, whatever it looks like', () => {
    expect(importText('a.md', '- [ ] T001 A\n', { format: 'checklist' }).items.get('a.t001-a')?.fields.title).toBe('T001 A')
    expect(importText('notes.txt', '# X\n## Y\n### Z\n- [x] A\n', { format: 'markdown' }).items.get('y.z.a')?.fields.status).toBe('done')
  })

  it.each([
    ['nothing', [], 'no-source'],
    ['an empty file', [{ name: 'a.md', text: '' }], 'unknown-format'],
    ['prose', [{ name: 'a.md', text: 'Hello.\n' }], 'unknown-format'],
    ['foreign JSON', [{ name: 'package.json', text: '{"name":"x"}' }], 'unknown-format'],
    [
      'two plans',
      [
        { name: 'a.json', text: '[{"id":1,"title":"A"}]' },
        { name: 'b.json', text: '[{"id":1,"title":"A"}]' },
      ],
      'too-many-sources',
    ],
    ['JSON without end', [{ name: 'tasks.json', text: '{"tasks":[' }], 'syntax'],
    ['an endless depth', [{ name: 'tasks.json', text: '{"tasks":' + '['.repeat(200_000) }], 'too-deep'],
    ['a newer format', [{ name: 'a.md', text: '<!-- buildrunner plan v2 -->\n# X\n' }], 'newer-version'],
    ['an unfinished merge in markdown', [{ name: 'a.md', text: '- [ ] a\n<<<<<<< HEAD\n- [ ] b\n=======\n- [ ] c\n>>>>>>> main\n' }], 'merge-markers'],
  ])('refuses %s with one clear error', (_, sources, code) => {
    const { plan, problems } = importPlan(sources)
    expect(plan).toBeUndefined()
    expect(problems.map((problem) => [problem.code, problem.severity])).toEqual([[code, 'error']])
    expect(problems[0]?.remedy).not.toBe('')
  })

  it('calls the project what the caller wants', () => {
    const options = { projectName: 'Mine' }
    expect(importText('plan.json', JSON.stringify(PLAN), options).plan?.project.name).toBe('Mine')
    expect(importText('a.md', planToMarkdown(PLAN), options).plan?.project.name).toBe('Mine')
    expect(importText('tasks.json', '[{"id":1,"title":"A"}]', options).plan?.project.name).toBe('Mine')
    expect(importText('tasks.md', '# Tasks: X\n- [ ] T001 A\n', options).plan?.project.name).toBe('Mine')
  })

  it('gives plan.json back as it is, without its sync mark', () => {
    const { plan, problems, report } = importText('plan.json', JSON.stringify({ ...PLAN, 'x-sync': { projectId: 'p', sequence: 1 }, 'x-mine': 1 }))
    expect(plan).toStrictEqual({ ...PLAN, 'x-mine': 1 })
    expect(problems).toEqual([])
    expect(report).toMatchObject({ found: 4, arrived: { milestones: 1, steps: 1, microsteps: 2 }, added: { milestones: 0, steps: 0, microsteps: 0 } })
  })

  it('reports faults of plan.json in its text, and repairs those between items', () => {
    const broken = {
      ...PLAN,
      milestones: [
        {
          id: 'm',
          title: 'M',
          steps: [
            {
              id: 's',
              title: 'S',
              dependsOn: ['m'],
              microsteps: [
                { id: 'a', title: 'A', dependsOn: ['b'] },
                { id: 'a', title: 'B', dependsOn: ['nowhere'] },
                { id: 'b', title: 'C', dependsOn: ['a'] },
              ],
            },
          ],
        },
      ],
    }
    const text = JSON.stringify(broken, null, 2)
    const read = importText('plan.json', text)
    expect(errorsOf(read).map(({ code, line }) => [code, line])).toEqual([
      ['duplicate-id', 26],
      ['depends-on-parent', 15],
      ['unknown-dependency', 29],
      ['dependency-cycle', 22],
    ])
    const fixed = importText('plan.json', text, { fix: true })
    expect(fixed.problems).toEqual([])
    expect(fixed.report.repairs.map(({ code, line, id }) => [code, line, id])).toEqual([
      ['duplicate-id', 26, 'a-2'],
      ['depends-on-parent', 15, 's'],
      ['unknown-dependency', 29, 'a-2'],
      ['dependency-cycle', 22, 'a'],
    ])
    expect(fixed.plan?.milestones[0]?.steps?.[0]?.microsteps?.map(({ id, dependsOn }) => [id, dependsOn])).toEqual([
      ['a', undefined],
      ['a-2', undefined],
      ['b', ['a']],
    ])
  })

  it('does not repair what the structure leaves unclear', () => {
    const { plan, problems } = importText('plan.json', '{"version":1,"project":{"name":"X"},"milestones":[{"id":"m"}]}', { fix: true })
    expect(plan).toBeUndefined()
    expect(problems).toMatchObject([{ code: 'missing-field', source: 'plan.json', line: 1 }])
  })

  it('breaks a tangle of circles and leaves a valid plan', () => {
    const link = fc.record({ from: fc.nat(11), to: fc.nat(13) })
    fc.assert(
      fc.property(fc.array(link, { maxLength: 60 }), (links) => {
        const dependencies = (id: number) =>
          links.filter(({ from }) => from === id).map(({ to }) => (to < 4 ? to + 1 : `${(to % 4) + 1}.${Math.floor(to / 4)}`))
        const tasks = [0, 1, 2, 3].map((task) => ({
          id: task + 1,
          title: 'T',
          dependencies: dependencies(task),
          subtasks: [1, 2].map((sub) => ({ id: sub, title: 't', status: 'pending', dependencies: dependencies(task + 4 * sub) })),
        }))
        const text = JSON.stringify({ tasks })
        const before = importText('tasks.json', text)
        const after = importText('tasks.json', text, { fix: true })
        expect(errorsOf(after)).toEqual([])
        expect(after.report.repairs.length === 0).toBe(errorsOf(before).length === 0)
        expect(importText('tasks.json', text)).toEqual(before)
      }),
      { numRuns: 200 },
    )
  })

  it('never throws, and its books balance, whatever the text', () => {
    const piece = fc.constantFrom(
      '- ',
      '* ',
      '1. ',
      '[ ] ',
      '[x] ',
      '[-] ',
      '# ',
      '## ',
      '### ',
      '#### ',
      '\n',
      '\n',
      '\n',
      '  ',
      '    ',
      '\t',
      '---\n',
      'id: T-1\n',
      'title: x\n',
      '===\n',
      '```\n',
      '> ',
      '<!--',
      '-->',
      'T001 ',
      '[P] ',
      'a',
      'b ',
      '·',
      '`x`',
      '<!-- buildrunner plan v1 -->\n',
      '* Depends on: `a`\n',
      '* Estimate: soon\n',
      '* Acceptance criteria:\n',
      '<!-- {"x": 1} -->\n',
      '<!-- {"id": 7, "title": 8} -->\n',
      '_(blocked)_',
      '(depends on T001)',
      '{',
      '}',
      '"tasks"',
      ':',
      '[',
      ']',
      ',',
      '"id"',
      '1',
      '\r\n',
    )
    const format = fc.constantFrom('auto', 'checklist', 'markdown', 'spec-kit', 'backlog-md', 'task-master', 'plan')
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), format, fc.boolean(), (pieces, wanted, fix) => {
        const text = pieces.join('')
        const result = importPlan([{ name: 'x', text }], { format: wanted as 'auto', fix })
        expectBooksToBalance(result)
        // Without what makes a bullet something else (a fence, a comment, a rule, indented code), each one is accounted for.
        if (wanted === 'checklist' && !/```|<!--|---| {4}|\t|^ *(?:(?:[-*] *)+|1\. *)$/m.test(text))
          expect(result.report.found).toBe(text.match(/^ *(?:[-*]|1\.) +\S/gm)?.length ?? 0)
      }),
      { numRuns: 2000 },
    )
  })
})
