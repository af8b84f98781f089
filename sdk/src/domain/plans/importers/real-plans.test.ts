/** Plans that real teams wrote, where they lie beside the checkout. They are no part of the project. */
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { planFromMarkdown, planToMarkdown } from '../markdown.ts'
import { importPlan } from './import-plan.ts'
import { errorsOf, expectBooksToBalance, notesOf } from './testing/books.ts'

const FOLDER = fileURLToPath(new URL('../../../../../../shared/real-plans/', import.meta.url))
const present = existsSync(FOLDER)
if (!present) console.warn(`\n*** SKIPPED: the real plans are not at ${FOLDER}; the importers were tried on the project's own fixtures only. ***\n`)

const list = (folder: string) => (present ? readdirSync(FOLDER + folder).map((name) => `${folder}/${name}`) : [])
const read = (name: string) => ({ name, text: readFileSync(FOLDER + name, 'utf8') })

interface RawTask {
  subtasks?: RawTask[]
}
const countTasks = (tasks: RawTask[]): number => tasks.reduce((sum, { subtasks = [] }) => sum + 1 + countTasks(subtasks), 0)
const countIn = (value: unknown): number =>
  Array.isArray(value)
    ? countTasks(value as RawTask[])
    : Object.values(value as object).reduce((sum: number, each) => sum + (typeof each === 'object' && each !== null ? countIn(each) : 0), 0)

/** Each source with its items, counted without any importer. */
const SOURCES = [
  ...list('task-master').map((name) => ({ name, sources: [read(name)], items: countIn(JSON.parse(read(name).text)) })),
  ...list('markdown').map((name) => ({ name, sources: [read(name)], items: read(name).text.match(/^\s*[-*+] /gm)?.length ?? 0 })),
  ...list('backlog-md').map((name) => {
    const sources = list(name).map(read)
    return { name, sources, items: sources.filter(({ text }) => /^---\nid: /.test(text)).length }
  }),
]

describe.skipIf(!present)('a real plan', () => {
  it.each(SOURCES)('arrives whole: $name, $items items', ({ sources, items }) => {
    const result = importPlan(sources)
    const { arrived, merged, skipped } = result.report
    expect(items).toBeGreaterThan(20)
    expect(arrived.steps + arrived.microsteps + merged.length + skipped.length).toBe(items)
    expectBooksToBalance(result)
    for (const problem of errorsOf(result)) expect(problem).toMatchObject({ source: expect.any(String) as string, line: expect.any(Number) as number })
  })

  it.each(SOURCES)('can be repaired, and goes through markdown and back: $name', ({ sources }) => {
    const result = importPlan(sources, { fix: true })
    expect(errorsOf(result)).toEqual([])
    expectBooksToBalance(result)
    expect(planFromMarkdown(planToMarkdown(result.plan!)).plan).toStrictEqual(result.plan)
    expect(importPlan([{ name: 'plan.json', text: JSON.stringify(result.plan) }]).plan).toStrictEqual(result.plan)
  })

  it('shows the faults that are known of it', () => {
    const codes = (name: string) => errorsOf(importPlan([read(name)])).map(({ code }) => code)
    expect(codes('task-master/eyaltoledano__claude-task-master__3.json')).toEqual(['self-dependency', ...Array<string>(5).fill('dependency-cycle')])
    expect(notesOf(importPlan([read('task-master/AdrienCornille__NutriSensia.json')]), 'status-disagrees')).toMatchObject([{ id: '5' }])
    const backlog = importPlan(list('backlog-md/MrLesk__Backlog.md__1').map(read))
    expect(new Set(errorsOf(backlog).map(({ code }) => code))).toEqual(new Set(['unknown-dependency']))
  })
})
