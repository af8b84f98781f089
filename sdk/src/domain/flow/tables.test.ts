import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvOf, forecastTable, microstepTable, recordsOf, throughputTable, timelineTable, type Cell } from './tables.ts'
import { dayOf } from './calendar.ts'
import { forecastOf } from './forecast.ts'
import { flowOf } from './metrics.ts'
import { timelineOf } from './timeline.ts'
import { flattenPlan } from '../plans/flat.ts'
import { at, microstep } from './testing/microsteps.ts'

/** Reads RFC 4180. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
    row.push(quoted === undefined ? bare! : quoted.replaceAll('""', '"'))
    if (end === ',') continue
    rows.push(row)
    row = []
  }
  return rows
}

describe('CSV', () => {
  test('quotes what needs it, and defuses formulas in text', () => {
    const rows: Cell[][] = [['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '＝1'], ['a,b', 'say "hi"', 'two\nlines', -1, true, null]]
    expect(csvOf({ columns: ['a', 'b', 'c', 'd', 'e', 'f'], rows })).toBe(`a,b,c,d,e,f\r\n'=1+1,'+1,'-1,'@SUM(A1),'\tx,'＝1\r\n"a,b","say ""hi""","two\nlines",-1,true,\r\n`)
  })

  test('whatever the text: a reader finds the same, but for the apostrophe before a formula', () => {
    fc.assert(fc.property(fc.array(fc.array(fc.string({ unit: fc.constantFrom('=', '-', '@', '"', ',', '\r', '\n', ' ', 'a', 'é') }), { minLength: 2, maxLength: 2 })), (rows) => {
      const read = parseCsv(csvOf({ columns: ['a', 'b'], rows })).slice(1)
      expect(read.map((row) => row.map((cell) => cell.replace(/^'/, '')))).toEqual(rows)
      for (const cell of read.flat()) expect(cell).not.toMatch(/^[=+\-@\t\r\n]/)
    }))
  })
})

describe('tables', () => {
  const items = [microstep('a', '2026-03-01', [['2026-03-02', 'in_progress'], ['2026-03-04', 'done']], { phase: 'Build' }), microstep('b', '2026-03-01', [])]

  test('have as many values in each row as columns', () => {
    const plan = flattenPlan({ version: 1, project: { name: 'x' }, milestones: [{ id: 'M', title: 'M', steps: [] }] })
    const flow = flowOf(items, { from: dayOf(at('2026-03-02')), asOf: at('2026-03-18') })
    const forecast = forecastOf(items, [{ key: 'M', title: 'M', dueDate: null }], at('2026-03-18'))
    for (const { columns, rows } of [microstepTable(items), throughputTable(flow), forecastTable(forecast), timelineTable(timelineOf(plan, 0))]) {
      expect(rows.length).toBeGreaterThan(0)
      for (const row of rows) expect(row).toHaveLength(columns.length)
    }
  })

  test('of microsteps name their times in days', () => {
    expect(recordsOf(microstepTable(items))[0]).toMatchObject({ key: 'a', phase: 'Build', status: 'done', started_at: '2026-03-02T00:00:00.000Z', lead_days: 3, cycle_days: 2, removed_at: null })
    expect(recordsOf(microstepTable(items))[1]).toMatchObject({ key: 'b', started_at: null, lead_days: null })
  })

  test('of throughput have a row for a week in which nothing finished', () => {
    expect(throughputTable(flowOf(items, { from: dayOf(at('2026-03-02')), asOf: at('2026-03-10') })).rows).toEqual([['2026-03-02', true, 'Build', 1], ['2026-03-09', false, null, 0]])
  })
})
