import { describe, expect, it } from 'vitest'
import { flattenPlan } from '../flat.ts'
import { importPlan } from './import-plan.ts'
import { errorsOf, expectBooksToBalance, notesOf } from './testing/books.ts'

const BODY = `
## Description

<!-- SECTION:DESCRIPTION:BEGIN -->
Why it matters.

## A heading of its own
<!-- SECTION:DESCRIPTION:END -->

## Acceptance Criteria
<!-- AC:BEGIN -->
- [x] #1 It works
- [ ] #2 It is fast,
  always
<!-- AC:END -->

## Definition of Done
- [x] #1 Tests pass
See the wiki.

## Implementation Plan

\`\`\`md
## no section
\`\`\`

## Final Summary
Done.
`
const file = (name: string, front: string, body = '') => ({ name: `backlog/tasks/${name}.md`, text: `---\n${front}\n---\n${body}` })
const read = (sources: { name: string; text: string }[], options = {}) => {
  const result = importPlan(sources, options)
  expectBooksToBalance(result)
  return { ...result, items: flattenPlan(result.plan!).items }
}

describe('a Backlog.md folder', () => {
  it('gives every field and section a place', () => {
    const front =
      "id: TASK-7\ntitle: 'Web: it''s new'\nstatus: In Progress\nassignee:\n  - '@ann'\n  - '@bob'\nlabels: [api, \"db x\"]\npriority: High\nreferences:\n  - https://a.example/1\nordinal: 7000\nupdated_date: 2026-01-02"
    const result = read([file('a', front, BODY)])
    expect(result.report.format).toBe('backlog-md')
    expect(result.items.get('TASK-7')?.fields).toEqual({
      title: "Web: it's new",
      description: 'Why it matters.\n\n## A heading of its own',
      assignee: '@ann',
      labels: ['api', 'db x'],
      priority: 'high',
      links: [{ url: 'https://a.example/1' }],
      acceptanceCriteria: [
        { id: '1', text: 'It works' },
        { id: '2', text: 'It is fast, always' },
        { id: 'dod-1', text: 'Tests pass' },
      ],
      notes: '## Definition of Done\n\nSee the wiki.\n\n## Implementation Plan\n\n```md\n## no section\n```\n\n## Final Summary\n\nDone.',
      'x-backlog': { assignees: ['@ann', '@bob'], ordinal: '7000', updated_date: '2026-01-02', ticked: ['1', 'dod-1'] },
    })
    expect(result.items.get('TASK-7.task')?.fields).toEqual({ title: "Web: it's new", status: 'in_progress' })
    expect(result.problems).toEqual([])
  })

  it('puts sub-tasks below their parents, by dotted id or by parent, and sorts by number', () => {
    const result = read([
      file('d', 'id: task-10\ntitle: D'),
      file('c', 'id: task-2.10\ntitle: C'),
      file('b', 'id: task-2.9\ntitle: B'),
      file('a', 'id: task-2\ntitle: A'),
      file('e', 'id: task-11\ntitle: E\nparent_task_id: TASK-002'),
    ])
    expect([...result.items.keys()]).toEqual(['backlog', 'task-2', 'task-2.9', 'task-2.10', 'task-11', 'task-10', 'task-10.task'])
  })

  it('keeps a task whose parent is not there, with a warning at the place', () => {
    const result = read([
      file('a', 'id: T-1.1\ntitle: A\nparent_task_id: T-1'),
      file('b', 'id: X-8\ntitle: B\nparent_task_id: X-9'),
      file('c', 'id: X-9\ntitle: C\nparent_task_id: X-8'),
    ])
    expect(result.problems).toMatchObject([
      { code: 'unknown-parent', severity: 'warning', source: 'backlog/tasks/a.md', line: 4, column: 1 },
      { code: 'unknown-parent', source: 'backlog/tasks/c.md', message: 'X-9 names X-8 as its parent, but that would close a circle; it is a step of its own.' },
    ])
    expect(result.items.get('T-1.1')?.fields['x-backlog']).toEqual({ parent_task_id: 'T-1' })
  })

  it('matches dependencies without prefix and leading zeros, and reports those that dangle', () => {
    const sources = [file('a', 'id: BACK-3.01\ntitle: A'), file('b', 'id: BACK-4\ntitle: B\ndependencies:\n  - task-3.1\n  - back-3.01\n  - "5"\n  - BACK-99')]
    const result = read(sources)
    expect(result.items.get('BACK-4')?.fields.dependsOn).toEqual(['BACK-3.01', '5', 'BACK-99'])
    expect(notesOf(result, 'reference-matched')).toMatchObject([{ message: 'task-3.1 is read as BACK-3.01.', line: 5 }])
    expect(errorsOf(result).map(({ code, line, column }) => [code, line, column])).toEqual([
      ['unknown-dependency', 7, 5],
      ['unknown-dependency', 8, 5],
    ])
    const fixed = read(sources, { fix: true })
    expect(fixed.problems).toEqual([])
    expect(fixed.report.repairs).toMatchObject([
      { message: 'Removed the dependency of BACK-4 on 5: no item has that id.', source: 'backlog/tasks/b.md', line: 7 },
      { line: 8 },
    ])
  })

  it('does not guess a number that two prefixes share', () => {
    const result = read([file('a', 'id: TASK-3\ntitle: A'), file('b', 'id: BUG-3\ntitle: B'), file('c', 'id: TASK-4\ntitle: C\ndependencies: [3, bug-3]')])
    expect(result.items.get('TASK-4')?.fields.dependsOn).toEqual(['3', 'BUG-3'])
  })

  it.each([
    ['an unquoted @name', 'assignee: @ann', { assignee: '@ann' }],
    ['an unquoted @name in a list', 'assignee:\n  - @ann', { assignee: '@ann' }],
    ['an unquoted @name in brackets', 'assignee: [@ann]', { assignee: '@ann' }],
  ])('reads %s', (_, front, fields) => {
    const result = read([file('a', `id: T-1\ntitle: A\n${front}\nstatus: Done`)])
    expect(result.items.get('T-1')?.fields).toMatchObject(fields)
    expect(result.items.get('T-1.task')?.fields.status).toBe('done')
    expect(notesOf(result, 'yaml-repaired')).toHaveLength(1)
  })

  it('reads an unquoted title with a colon', () => {
    const result = read([file('a', 'id: T-1\ntitle: CLI: add a thing')])
    expect(result.items.get('T-1')?.fields.title).toBe('CLI: add a thing')
  })

  it('reports front matter that is no YAML, and counts the file as skipped', () => {
    const result = read([file('a', 'id: T-1\ntitle: A'), file('b', 'id: T-2\nlabels: [a, b')])
    expect(result.problems).toMatchObject([{ code: 'front-matter', severity: 'error', source: 'backlog/tasks/b.md' }])
    expect(result.report.skipped).toMatchObject([{ item: 'backlog/tasks/b.md' }])
  })

  it('groups by milestone, with the titles of the milestone files', () => {
    const milestone = { name: 'backlog/milestones/m-8 - beta.md', text: '---\nid: m-8\ntitle: Beta\n---\n\n## Description\n\nFor friends.\n' }
    const result = read([
      { name: 'backlog/config.yml', text: 'project_name: "Shop"\n' },
      milestone,
      file('a', 'id: T-1\ntitle: A\nmilestone: m-8'),
      file('b', 'id: T-2\ntitle: B\nmilestone: Later'),
      file('c', 'id: T-3\ntitle: C'),
    ])
    expect(result.plan?.project.name).toBe('Shop')
    expect(result.plan?.milestones.map(({ id, title, description }) => [id, title, description])).toEqual([
      ['m-8', 'Beta', 'For friends.'],
      ['later', 'Later', undefined],
      ['backlog', 'Backlog', undefined],
    ])
    expect(result.report.ignored.map(({ source }) => source)).toEqual(['backlog/config.yml', 'backlog/milestones/m-8 - beta.md'])
  })

  it('names archived tasks as skipped and ignores what is no task', () => {
    const result = read([
      file('a', 'id: T-1\ntitle: A'),
      { name: 'backlog/archive/tasks/b.md', text: '---\nid: T-2\ntitle: B\n---\n' },
      { name: 'backlog/docs/d.md', text: '---\nid: doc-1\ntitle: D\n---\n' },
      { name: 'backlog/tasks/readme.md', text: '- [ ] no task' },
    ])
    expect(result.report).toMatchObject({
      found: 2,
      skipped: [{ item: 'T-2', reason: 'It is archived.' }],
      ignored: [{ source: 'backlog/docs/d.md' }, { source: 'backlog/tasks/readme.md' }],
    })
  })

  it('reports two files with one id', () => {
    const result = read([file('a', 'id: T-1\ntitle: A'), file('b', 'id: T-1\ntitle: B')])
    expect(errorsOf(result)).toMatchObject([{ code: 'duplicate-id', source: 'backlog/tasks/b.md', line: 2 }])
  })
})
