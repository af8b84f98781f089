import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { at, microstep } from './testing/microsteps.ts'
import { timelineOf } from './timeline.ts'
import { WorkCalendar } from './working-time.ts'
import { criticalPath } from '../plans/critical-path.ts'
import { flattenPlan } from '../plans/flat.ts'
import { plans } from '../plans/testing/random-plans.ts'

// 2026-03-06 is a Friday
const FRIDAY_NOON = at('2026-03-06T12:00')
const plan = flattenPlan({
  version: 1, project: { name: 'Shop' },
  milestones: [
    {
      id: 'M1', title: 'Cart', phase: 'Build', dueDate: '2026-03-09', steps: [{
        id: 'S1', title: 'Basket', microsteps: [
          { id: 'a', title: 'Design', status: 'done', estimate: 8 },
          { id: 'b', title: 'Build', status: 'in_progress', estimate: 4, dependsOn: ['a'], assignee: 'ada' },
          { id: 'c', title: 'Style', estimate: 8, dependsOn: ['b'] },
          { id: 'd', title: 'Given up', status: 'cancelled', estimate: 40 },
        ],
      }],
    },
    { id: 'M2', title: 'Pay', dueDate: '2026-03-13', dependsOn: ['M1'], steps: [{ id: 'S2', title: 'Card', microsteps: [{ id: 'e', title: 'Charge' }, { id: 'f', title: 'Refund', estimate: 8 }] }] },
  ],
})
const history = [
  microstep('a', '2026-03-02', [['2026-03-03T09:00', 'in_progress'], ['2026-03-04T15:00', 'done']]),
  microstep('b', '2026-03-02', [['2026-03-05T09:00', 'in_progress']]),
]

describe('a timeline', () => {
  const timeline = timelineOf(plan, FRIDAY_NOON, { history })
  const row = (key: string) => timeline.rows.find((candidate) => candidate.key === key)!

  test('knows the past from history, and the future from dependencies, estimates and working days', () => {
    expect(timeline.rows.map(({ key, start, finish }) => [key, start, finish])).toEqual([
      ['M1', '2026-03-03T09:00:00.000Z', '2026-03-10T00:00:00.000Z'],
      ['S1', '2026-03-03T09:00:00.000Z', '2026-03-10T00:00:00.000Z'],
      ['a', '2026-03-03T09:00:00.000Z', '2026-03-04T15:00:00.000Z'],
      // four hours of eight: the rest of Friday, which ends before the weekend
      ['b', '2026-03-05T09:00:00.000Z', '2026-03-07T00:00:00.000Z'],
      ['c', '2026-03-09T00:00:00.000Z', '2026-03-10T00:00:00.000Z'],
      ['d', null, null],
      ['M2', '2026-03-10T00:00:00.000Z', '2026-03-11T00:00:00.000Z'],
      ['S2', '2026-03-10T00:00:00.000Z', '2026-03-11T00:00:00.000Z'],
      ['e', '2026-03-10T00:00:00.000Z', '2026-03-10T03:00:00.000Z'],
      ['f', '2026-03-10T00:00:00.000Z', '2026-03-11T00:00:00.000Z'],
    ])
    expect(timeline).toMatchObject({ title: 'Shop', asOf: '2026-03-06T12:00:00.000Z', start: '2026-03-03T09:00:00.000Z', finish: '2026-03-11T00:00:00.000Z', assumed: 1, unscheduled: [], hoursPerDay: 8, workdays: [1, 2, 3, 4, 5] })
  })

  test('says what is critical, what has slack, and what ends after it is due', () => {
    expect(timeline.rows.filter(({ isCritical }) => isCritical).map(({ key }) => key)).toEqual(['M1', 'S1', 'b', 'c', 'M2', 'S2', 'f'])
    expect([row('e').slackHours, row('a').slackHours]).toEqual([7, null])
    // the end of Monday is in time
    expect([row('M1').isLate, row('M2').isLate]).toEqual([false, false])
    expect(timelineOf(plan, FRIDAY_NOON + 1, { history }).rows[0]!.isLate).toBe(true)
  })

  test('counts hours and progress without what was cancelled', () => {
    expect(row('M1')).toMatchObject({ hours: 20, percent: 100 / 3, phase: 'Build', hasStarted: true, hasFinished: false })
    expect(row('a')).toMatchObject({ hasStarted: true, hasFinished: true, status: 'done', percent: 100 })
    expect(row('b')).toMatchObject({ hasStarted: true, hasFinished: false, assignee: 'ada', dependsOn: ['a'] })
    expect(row('c')).toMatchObject({ hasStarted: false, parent: 'S1' })
  })

  test('without a history begins now', () => {
    const rows = new Map(timelineOf(plan, FRIDAY_NOON).rows.map((each) => [each.key, each]))
    expect(rows.get('a')).toMatchObject({ start: null, finish: null, hasFinished: true })
    expect(rows.get('b')).toMatchObject({ start: '2026-03-06T12:00:00.000Z', hasStarted: false })
  })

  test('shows a level, or one item', () => {
    expect(timelineOf(plan, FRIDAY_NOON, { level: 'milestone' }).rows.map(({ key }) => key)).toEqual(['M1', 'M2'])
    expect(timelineOf(plan, FRIDAY_NOON, { within: 'M2', level: 'step' }).rows.map(({ key }) => key)).toEqual(['M2', 'S2'])
    expect(() => timelineOf(plan, FRIDAY_NOON, { within: 'nope' })).toThrow('no item nope')
  })

  test('does not schedule what is on a cycle', () => {
    const cyclic = flattenPlan({ version: 1, project: { name: 'x' }, milestones: [{ id: 'M', title: 'M', steps: [{ id: 'S', title: 'S', microsteps: [{ id: 'x', title: 'x', dependsOn: ['y'] }, { id: 'y', title: 'y', dependsOn: ['x'] }] }] }] })
    const { rows, unscheduled } = timelineOf(cyclic, FRIDAY_NOON)
    expect(unscheduled).toEqual(['x', 'y'])
    expect(rows.every(({ start, finish }) => start === null && finish === null)).toBe(true)
  })

  test('whatever the plan: nothing begins before what it waits for ends, parents cover children, and the end is that of the critical path', () => {
    fc.assert(fc.property(plans(), (any) => {
      const { rows, finish, unscheduled } = timelineOf(any, FRIDAY_NOON)
      const byKey = new Map(rows.map((each) => [each.key, each]))
      for (const { start, finish: end, dependsOn, parent, hasFinished } of rows) {
        if (start !== null && end !== null) expect(start <= end).toBe(true)
        const above = parent === null ? undefined : byKey.get(parent)
        if (above !== undefined && start !== null) expect(above.start! <= start && above.finish! >= end!).toBe(true)
        for (const key of hasFinished ? [] : dependsOn) {
          const other = byKey.get(key)
          if (start !== null && other?.finish != null && other.hasFinished === false) expect(other.finish <= start).toBe(true)
        }
      }
      const hours = criticalPath(any).expectedHours
      if (unscheduled.length === 0 && hours > 0) expect(finish).toBe(new Date(new WorkCalendar({}).after(FRIDAY_NOON, hours, 'end')).toISOString())
    }), { numRuns: 100 })
  })
})

describe('working days', () => {
  const days = fc.uniqueArray(fc.integer({ min: 1, max: 7 }), { minLength: 1 })

  test('hours move on by working days alone', () => {
    const calendar = new WorkCalendar({ hoursPerDay: 6, workdays: [1, 3] })
    expect([1, 6, 9, 12].map((hours) => new Date(calendar.after(at('2026-03-02'), hours, 'end')).toISOString())).toEqual([
      '2026-03-02T04:00:00.000Z', '2026-03-03T00:00:00.000Z', '2026-03-04T12:00:00.000Z', '2026-03-05T00:00:00.000Z',
    ])
    expect(new Date(calendar.after(at('2026-03-02'), 6, 'start')).toISOString()).toBe('2026-03-04T00:00:00.000Z')
  })

  test('counting and its inverse agree within a working day, before 1970 as well', () => {
    fc.assert(fc.property(days, fc.double({ min: -5000, max: 5000, noNaN: true }), (workdays, count) => {
      const calendar = new WorkCalendar({ workdays })
      for (const edge of ['start', 'end'] as const) expect(calendar.countAt(calendar.momentAt(count, edge))).toBeCloseTo(count, 5)
    }))
  })

  test('are some days of the week, with some hours', () => {
    for (const bad of [{ hoursPerDay: 0 }, { hoursPerDay: 25 }, { workdays: [] }, { workdays: [0] }, { workdays: [8] }]) expect(() => new WorkCalendar(bad)).toThrow(RangeError)
  })
})
