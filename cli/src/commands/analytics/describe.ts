/** How figures of flow and time read for people. */
import { number, statusSymbol, STATUS_WORDS } from '../../plan/describe.ts'
import { bar, table, truncate, type Style } from '../../core/style.ts'
import { t } from '../../text/text.ts'
import type { AnalyticsGetFlowData, AnalyticsGetForecastData, AnalyticsListStatusHistoryData } from '@buildrunner/sdk'
import type { Status } from '@buildrunner/sdk/plans'

type Flow = AnalyticsGetFlowData
const BAR = 24
/** Rows of days that fit a screen. */
const MAX_DAYS = 40

const days = (value: number | null): string => (value === null ? '–' : `${number(value)} d`)
const statusOf = (status: string): Status => status.toLowerCase() as Status

export function flowLines(flow: Flow, style: Style): string[] {
  const { leadTime, cycleTime, throughput, perWeek, ageing, neverStarted } = flow
  if (leadTime.count === 0 && ageing.length === 0) return [style.dim(t('Nothing was finished since {from}, and nothing is in progress.', { from: flow.from }))]
  const times = [
    ['', 'half', '70 %', '85 %', '95 %', 'mean', ''].map((text) => style.dim(text)),
    ...([[t('cycle time'), cycleTime], [t('lead time'), leadTime]] as const).map(([name, time]) => [name, days(time.p50), style.bold(days(time.p70)), style.bold(days(time.p85)), days(time.p95), days(time.mean), style.dim(t('of {count}', { count: time.count }))]),
  ]
  const most = Math.max(1, ...throughput.map(({ finished }) => finished))
  const weeks = throughput.map(({ week, finished, isWhole, byPhase }) => [
    style.dim(week), String(finished), bar(finished / most, BAR, style),
    style.dim([...byPhase.map((part) => `${part.phase ?? t('no phase')} ${part.finished}`), ...(isWhole ? [] : [t('not a whole week')])].join(', ')),
  ])
  return [
    style.bold(t('{from} to {to}', { from: flow.from, to: flow.to })), '', ...table(times, { right: [1, 2, 3, 4, 5] }),
    ...(neverStarted.length === 0 ? [] : [style.dim(t('{neverStarted, plural, one {# microstep} other {# microsteps}} finished without having been started: no cycle time.', { neverStarted: neverStarted.length }))]),
    '', `${style.bold(t('finished'))}  ${perWeek === null ? '' : style.dim(t('{perWeek} in a whole week', { perWeek: number(perWeek) }))}`, ...table(weeks, { right: [1] }),
    ...(ageing.length === 0 ? [] : ['', `${t('{ageing, plural, one {# microstep} other {# microsteps}} in progress, the oldest for {age}.', { ageing: ageing.length, age: days(ageing[0]!.age) })} ${style.dim('br analytics ageing')}`]),
  ]
}

export function ageingLines({ ageing, cycleTime }: Flow, style: Style, width: number): string[] {
  if (ageing.length === 0) return [style.dim(t('Nothing is in progress.'))]
  const room = Number.isFinite(width) ? Math.max(16, width - 50) : 80
  const rows = ageing.map(({ key, title, status, age, percentile }) => {
    const text = percentile === null ? style.dim(t('nothing to compare with')) : t('older than {percentile} %', { percentile: Math.round(percentile) })
    return [`${statusSymbol(statusOf(status), style)} ${style.bold(key)}`, truncate(title, room), days(age), percentile !== null && percentile >= 85 ? style.red(text) : percentile !== null && percentile >= 50 ? style.yellow(text) : text]
  })
  return [...table(rows, { right: [2] }), '', style.dim(t('Compared with {count, plural, one {# finished microstep} other {# finished microsteps}}: 85 % of them took at most {p85}.', { count: cycleTime.count, p85: days(cycleTime.p85) }))]
}

export function burnUpLines({ burnUp }: Flow, style: Style): string[] {
  const shown = burnUp.filter((day, at) => at === burnUp.length - 1 || day.added.length + day.dropped.length + day.finished.length > 0).slice(-MAX_DAYS)
  return table([
    ['day', 'done', 'scope', '', ''].map((text) => style.dim(text)),
    ...shown.map(({ day, scope, done, added, dropped }) => [
      style.dim(day), String(done), String(scope), bar(scope === 0 ? 0 : done / scope, BAR, style), style.dim([added.length > 0 ? `+${added.length}` : '', dropped.length > 0 ? `-${dropped.length}` : ''].filter((part) => part !== '').join(' ')),
    ]),
  ], { right: [1, 2] })
}

export function forecastLines(forecast: AnalyticsGetForecastData, style: Style): string[] {
  if (forecast.message !== null) return [forecast.reason === 'NOTHING_LEFT' ? style.green(forecast.message) : style.yellow(forecast.message)]
  const { remaining, history, percentiles, milestones, simulations } = forecast
  const beyond = t('more than ten years ahead')
  const rows = percentiles.map(({ percent, date, days: left }) => [`${percent} %`, date === null ? style.red(beyond) : t('by {date}', { date: style.bold(date) }), style.dim(left === null ? '' : t('in {left, plural, one {# day} other {# days}}', { left }))])
  const at = (list: typeof percentiles, wanted: number): string => list.find(({ percent }) => percent === wanted)?.date ?? beyond
  const due = (milestone: (typeof milestones)[number]): string => {
    if (milestone.onTime === null) return ''
    const text = t('{onTime} % by {dueDate}', { onTime: Math.round(milestone.onTime), dueDate: milestone.dueDate })
    return milestone.onTime >= 85 ? style.green(text) : milestone.onTime >= 50 ? style.yellow(text) : style.red(text)
  }
  return [
    t('{remaining} left', { remaining: style.bold(t('{count, plural, one {# microstep} other {# microsteps}}', { count: remaining })) }), '', ...table(rows), '',
    ...(milestones.length < 2 && milestones.every(({ dueDate }) => dueDate === null) ? [] : [...table([
      ['milestone', 'left', 'half', '85 %', 'due'].map((text) => style.dim(text)),
      ...milestones.map((milestone) => [`${style.bold(milestone.key)} ${truncate(milestone.title, 40)}`, String(milestone.remaining), at(milestone.percentiles, 50), at(milestone.percentiles, 85), due(milestone)]),
    ], { right: [1] }), '']),
    style.dim(t('{simulations} simulations over {finished, plural, one {# microstep} other {# microsteps}} finished from {from} to {to}.', { simulations, finished: history.finished, from: history.from, to: history.to })),
  ]
}

export function historyLines(changes: AnalyticsListStatusHistoryData['changes'], style: Style): string[] {
  if (changes.length === 0) return [style.dim(t('No status was changed yet.'))]
  const word = (status: string | null): string => (status === null ? t('taken out') : t(STATUS_WORDS[statusOf(status)]))
  return table(changes.map(({ at, itemKey, title, from, to, by }) => [style.dim(at.slice(0, 16).replace('T', ' ')), style.bold(itemKey), truncate(title, 40), `${style.dim(`${word(from)} →`)} ${word(to)}`, style.dim(by.name)]))
}
