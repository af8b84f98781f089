import { describe, expect, it } from 'vitest'
import { errorsOf, importText, notesOf } from './testing/books.ts'

const task = (id: unknown, more: object = {}) => ({ id, title: `Task ${String(id)}`, status: 'pending', dependencies: [], ...more })
const read = (value: unknown, options = {}) => importText('tasks.json', typeof value === 'string' ? value : JSON.stringify(value, null, 2), options)

describe('Task Master', () => {
  it.each([
    ['a list under tasks', { tasks: [task(1)] }, 'tasks'],
    ['a tag with tasks', { master: { tasks: [task(1)], metadata: {} } }, 'master'],
    ['a tag that is a list', { master: [task(1)] }, 'master'],
    ['a bare list', [task(1)], 'tasks'],
  ])('is read as %s', (_, value, milestone) => {
    const { report, plan } = read(value)
    expect(report.format).toBe('task-master')
    expect(plan?.milestones.map(({ id }) => id)).toEqual([milestone])
    expect(plan?.milestones[0]?.steps).toEqual([{ id: '1', title: 'Task 1', microsteps: [{ id: '1.task', title: 'Task 1' }] }])
  })

  it('keeps the ids of master bare and puts the name of any other tag before its ids', () => {
    const { items } = read({
      'feature X': { tasks: [task(1), task(2, { dependencies: [1, 9] })] },
      master: { tasks: [task(1, { subtasks: [task(1)] })], metadata: { description: 'Main line', created: '2026-01-01' } },
    })
    expect([...items.keys()]).toEqual(['feature-x', 'feature-x:1', 'feature-x:1.task', 'feature-x:2', 'feature-x:2.task', 'master', '1', '1.1'])
    expect(items.get('feature-x:2')?.fields.dependsOn).toEqual(['feature-x:1', 'feature-x:9'])
    expect(items.get('master')?.fields).toMatchObject({ description: 'Main line', 'x-taskmaster': { created: '2026-01-01' } })
  })

  it('reads sub-task ids as integers, floats as they are written, and strings', () => {
    const text =
      '{"tasks":[{"id":3,"title":"A","subtasks":[{"id":1,"title":"a"},{"id":3.2,"title":"b"},{"id":3.10,"title":"c","dependencies":[3.2,"3.1"]},{"id":"4","title":"d","dependencies":[2,"10"]}]}]}'
    const { items } = read(text)
    expect([...items.keys()].slice(2)).toEqual(['3.1', '3.2', '3.10', '3.4'])
    expect(items.get('3.10')?.fields.dependsOn).toEqual(['3.2', '3.1'])
    expect(items.get('3.4')?.fields.dependsOn).toEqual(['3.2', '3.10'])
  })

  it('resolves a number to a sibling first, then to a top-level task', () => {
    const { items } = read({ tasks: [task(1), task(2), task(5, { subtasks: [task(1), task(3, { dependencies: [1, 2, '5.1', '1'] })] })] })
    expect(items.get('5.3')?.fields.dependsOn).toEqual(['5.1', '2'])
  })

  it('flattens a third level: the parent waits for it, and it for what the parent waits for', () => {
    const result = read({
      tasks: [
        task(1, {
          subtasks: [
            task(1),
            task(2, { status: 'done', dependencies: [1], subtasks: [task(1, { title: 'Deep' }), task('1.2.2', { dependencies: [1] })] }),
            task(3, { dependencies: [2] }),
          ],
        }),
      ],
    })
    const { items } = result
    expect(items.get('1.2.1')?.fields).toMatchObject({ title: 'Deep', dependsOn: ['1.1'], 'x-taskmaster': { parent: '1.2' } })
    expect(items.get('1.2.2')?.fields.dependsOn).toEqual(['1.2.1', '1.1'])
    expect(items.get('1.2')?.fields.dependsOn).toEqual(['1.1', '1.2.1', '1.2.2'])
    expect(items.get('1.3')?.fields.dependsOn).toEqual(['1.2'])
    expect(notesOf(result, 'flattened')).toHaveLength(1)
    expect(notesOf(result, 'status-disagrees')).toMatchObject([{ id: '1.2' }, { id: '1', message: '1 says "pending", its 5 sub-tasks say in_progress.' }])
    expect(errorsOf(result)).toEqual([])
  })

  it.each([
    ['pending', undefined, true],
    ['todo', undefined, true],
    ['in-progress', 'in_progress', true],
    ['done', 'done', true],
    ['completed', 'done', true],
    ['review', 'in_review', true],
    ['blocked', 'blocked', true],
    ['cancelled', 'cancelled', true],
    ['deferred', 'blocked', false],
    ['deprecated', 'cancelled', false],
    ['просто так', undefined, false],
  ])('maps the status %s to %s', (status, expected, exact) => {
    const result = read([task(1, { status })])
    const { fields } = result.items.get('1.task')!
    expect(fields.status).toBe(expected)
    expect(fields['x-taskmaster']).toEqual(exact ? undefined : { status })
    expect(notesOf(result, 'status-mapped')).toHaveLength(exact ? 0 : 1)
  })

  it('reports a task whose own status its sub-tasks contradict, and keeps its word', () => {
    const result = read([
      task(1, { status: 'in-progress', subtasks: [task(1, { status: 'done' }), task(2, { status: 'cancelled' })] }),
      task(2, { status: 'done', subtasks: [task(1, { status: 'done' })] }),
    ])
    expect(notesOf(result, 'status-disagrees')).toMatchObject([{ id: '1', line: 2, message: '1 says "in-progress", its 2 sub-tasks say done.' }])
    expect(result.items.get('1')?.fields['x-taskmaster']).toEqual({ status: 'in-progress' })
    expect(result.items.get('2')?.fields['x-taskmaster']).toBeUndefined()
  })

  it('reads sub-tasks without a status as todo and counts them in one note', () => {
    const result = read([
      {
        id: 1,
        title: 'A',
        subtasks: [
          { id: 1, title: 'a' },
          { id: 2, title: 'b' },
        ],
      },
    ])
    expect(result.items.get('1.1')?.fields.status).toBeUndefined()
    expect(notesOf(result, 'status-missing')).toMatchObject([{ count: 2 }])
  })

  it('finds a place for every field', () => {
    const fields = {
      description: 'What',
      details: 'How',
      testStrategy: 'Prove',
      priority: 'high',
      acceptanceCriteria: '- first\n  goes on\n- [x] second',
      tags: ['api', 'db'],
      assignee: 'ann',
      complexityScore: 7,
      relevantFiles: [{ path: 'a.ts' }],
      expansionPrompt: '',
      parentTaskId: 1,
    }
    const result = read({ meta: { projectName: 'Shop', description: 'A shop', version: '1' }, tasks: [task(1, { subtasks: [task(1, fields)] })] })
    expect(result.items.get('1.1')?.fields).toEqual({
      title: 'Task 1',
      description: 'What',
      notes: '## Details\n\nHow\n\n## Test strategy\n\nProve',
      priority: 'high',
      assignee: 'ann',
      labels: ['api', 'db'],
      acceptanceCriteria: [{ text: 'first goes on' }, { text: 'second' }],
      'x-taskmaster': { complexityScore: 7, relevantFiles: [{ path: 'a.ts' }] },
    })
    expect(result.plan?.project).toEqual({ name: 'Shop', description: 'A shop' })
    expect(result.plan?.['x-taskmaster']).toEqual({ meta: { version: '1' } })
    expect(notesOf(result, 'field-redundant')).toHaveLength(1)
  })

  it('reports faults between tasks where they stand, and keeps them in the plan', () => {
    const text =
      '[\n {"id": 1, "title": "A", "status": "pending", "dependencies": [2]},\n {"id": 2, "title": "B", "dependencies": [1, 2, 77]},\n {"id": 2, "title": "C"}\n]'
    const result = read(text)
    expect(errorsOf(result).map(({ code, line, column, source }) => [code, line, column, source])).toEqual([
      ['duplicate-id', 4, 2, 'tasks.json'],
      ['self-dependency', 3, 46, 'tasks.json'],
      ['unknown-dependency', 3, 49, 'tasks.json'],
      ['dependency-cycle', 2, 64, 'tasks.json'],
    ])
    expect(result.plan?.milestones[0]?.steps?.[1]?.dependsOn).toEqual(['1', '2', '77'])
  })

  it('repairs them on request and says how', () => {
    const result = read([task(1, { dependencies: [2] }), task(2, { dependencies: [1, 2, 77] }), task(2)], { fix: true })
    expect(result.problems).toEqual([])
    expect(result.report.repairs.map(({ code, message }) => [code, message])).toEqual([
      ['duplicate-id', 'Renamed the second 2 to 2-2; dependencies on 2 mean the first.'],
      ['self-dependency', 'Removed the dependency of 2 on 2: an item cannot wait for itself.'],
      ['unknown-dependency', 'Removed the dependency of 2 on 77: no item has that id.'],
      ['dependency-cycle', 'Removed the dependency of 1 on 2: it closed a circle.'],
    ])
    expect(result.items.get('2')?.fields.dependsOn).toEqual(['1'])
    expect(result.report.ids.map(({ to }) => to)).toEqual(['1', '2', '2-2'])
  })

  it('skips what is no task and says so', () => {
    const result = read({ tasks: [task(1), null, 'buy milk', 7] })
    expect(result.report.skipped.map(({ item }) => item)).toEqual(['null', '"buy milk"', '7'])
    expect(result.report.found).toBe(4)
  })

  it('names tasks without a title, and shortens endless ones without losing a word', () => {
    const endless = 'word '.repeat(200).trim()
    const result = read({ tasks: [task(1, { title: '' }), task(2, { title: endless, description: 'more' }), task(3, { title: 'two\nlines' })] })
    expect(result.items.get('1')?.fields.title).toBe('Task 1')
    expect(result.items.get('2')?.fields.title.length).toBeLessThanOrEqual(500)
    expect(result.items.get('2')?.fields.description).toBe(`${endless}\n\nmore`)
    expect(result.items.get('3')?.fields.title).toBe('two lines')
    expect(notesOf(result, 'title-changed')).toHaveLength(3)
    expect(errorsOf(result)).toEqual([])
  })

  it('reports conflict markers once, with their place', () => {
    const text = '{"tasks": [\n<<<<<<< HEAD\n  {"id": 1}\n=======\n  {"id": 2}\n>>>>>>> other\n]}'
    const { problems, plan } = read(text)
    expect(plan).toBeUndefined()
    expect(problems).toMatchObject([{ code: 'merge-markers', source: 'tasks.json', line: 2, column: 1 }])
  })

  it('reports broken JSON and doubled keys with their place', () => {
    expect(read('{"tasks": [\n  {"id": 1,, "title": "A"}\n]}').problems).toMatchObject([{ code: 'syntax', line: 2, column: 12 }])
    expect(read('{"tasks": [{"id": 1, "title": "A",\n "title": "B"}]}').problems).toMatchObject([{ code: 'duplicate-key', line: 2, column: 2 }])
  })
})
