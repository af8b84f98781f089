/** `br analytics`, `br plan timeline` and `br plan graph` against the server as `npm start` runs it. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { useJourney } from './testing/journey.ts'

const journey = useJourney({ project: 'Shop' })
const { br, data } = journey

test('flow, ageing and history tell of a status that was set; a forecast says that it cannot yet', async () => {
  // T2 came into the plan in progress
  expect((await br('analytics')).stdout).toContain('1 microstep in progress')
  await data('plan', 'edit', 'T3', '--status', 'in_progress')
  await data('sync')
  expect((await data('analytics', 'ageing')).ageing).toMatchObject([{ key: 'T2' }, { key: 'T3', status: 'IN_PROGRESS', percentile: null }])
  expect((await br('analytics', 'ageing')).stdout).toContain('nothing to compare with')
  await data('plan', 'edit', 'T3', '--status', 'done')
  await data('sync')
  const flow = await data('analytics', 'flow')
  expect(flow).toMatchObject({ leadTime: { count: 1 }, cycleTime: { count: 1, items: [{ key: 'T3' }] } })
  expect((await br('analytics')).stdout).toMatch(/cycle time .* of 1\n/)
  expect((await data('analytics', 'history', 'T3')).changes.map(({ from, to }: { from: string; to: string }) => [from, to])).toEqual([['IN_PROGRESS', 'DONE'], ['TODO', 'IN_PROGRESS']])
  expect((await br('analytics', 'history')).stdout).toContain('in progress → done')
  expect((await br('analytics', 'forecast')).stdout).toContain('Cannot say: a forecast needs 11 microsteps')
})

test('the burn-up is drawn, and every report is a table for a spreadsheet', async () => {
  const svg = await br('analytics', 'burnup', '--format', 'svg')
  expect(svg.stdout).toMatch(/^<svg [^>]*role="img"/)
  expect((await br('analytics', 'burnup', '--format', 'html')).stdout).toContain('<table><caption>Burn-up: Shop</caption>')
  expect((await br('analytics', 'throughput', '--format', 'csv')).stdout).toMatch(/^week,is_whole,phase,finished\r\n/)
  expect((await br('analytics', 'burnup')).stdout).toContain('scope')
})

test('the timeline is that of the file, or with what was that of the server, in every form', async () => {
  const { rows } = await data('plan', 'timeline', '--level', 'milestone')
  expect(rows.map(({ key, start }: { key: string; start: string | null }) => [key, start !== null])).toEqual([['M1', true], ['M2', true]])
  expect((await data('plan', 'timeline', '--server', 'T3')).rows).toMatchObject([{ key: 'T3', hasFinished: true, finish: expect.any(String) as string }])
  expect((await br('plan', 'timeline')).stdout).toMatch(/T4 .*critical/)
  expect(await br('plan', 'timeline', '--format', 'svg', '-o', 'timeline.svg')).toMatchObject({ code: 0, stdout: expect.stringContaining('timeline.svg') as string })
  expect(readFileSync(join(journey.cwd, 'timeline.svg'), 'utf8')).toContain('</svg>')
  expect(await br('plan', 'timeline', '--format', 'mermaid', '-o', 'timeline.svg')).toMatchObject({ code: 2, stderr: expect.stringContaining('is not overwritten') as string })
  expect((await br('plan', 'timeline', '--format', 'mermaid')).stdout).toMatch(/^gantt\n/)
  expect((await br('plan', 'timeline', '--format', 'csv')).stdout).toMatch(/^key,title,kind/)
  expect((await br('plan', 'graph', '--format', 'svg')).stdout).toMatch(/^<svg /)
  expect((await br('plan', 'graph', '--format', 'mermaid')).stdout).toMatch(/^flowchart LR\n/)
})

test.each([
  [['analytics', 'flow', '--format', 'svg'], 'br analytics burnup --format svg'],
  [['analytics', 'flow', 'T3'], 'only history'],
  [['analytics', '--from', 'May'], '--from'],
  [['plan', 'timeline', '--workday', '8'], '--workday'],
  [['plan', 'timeline', '--hours-per-day', '0'], '--hours-per-day'],
])('br %j is refused, and says why', async (args, said) => {
  expect(await br(...args)).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(said) as string })
})
