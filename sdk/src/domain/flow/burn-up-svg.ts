/** The burn-up as a chart, with the forecast as a fan of dates. */
import { DAY_MS, parseDay } from './calendar.ts'
import { chart, escapeText, fit, legend, measure, px, type ChartOptions } from './svg.ts'
import { TimeAxis, longDay, shortDay } from './time-axis.ts'
import type { BurnUpDay } from './burn-up.ts'
import type { Forecast } from './forecast.ts'

/** How a burn-up is drawn. */
export interface BurnUpChartOptions extends ChartOptions {
  /** Name of the project. */
  title?: string
  /**
   * Pixels from side to side.
   * @defaultValue 960
   */
  width?: number
  /** Draws when it will be done, if it can be said. */
  forecast?: Pick<Forecast, 'percentiles' | 'message' | 'remaining'>
}

const MARGIN = 24
const LEFT = 64
const TOP = 116
const HEIGHT = 300
const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7] as const

/** Round steps of a scale with at most six of them. */
function stepsOf(most: number): number[] {
  const rough = Math.max(1, most / 5)
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((candidate) => candidate >= rough)!
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step)
}

/**
 * A burn-up as SVG: what there is to do, what is done, and, with a forecast, the days by which 50 to 95 percent of the simulations had
 * everything done.
 *
 * @example
 * const svg = burnUpSvg(burnUpOf(items, range), { forecast: forecastOf(items, milestones, range.asOf) })
 */
export function burnUpSvg(days: readonly BurnUpDay[], options: BurnUpChartOptions = {}): string {
  const { width = 960, title = 'Burn-up', forecast } = options
  const [first, last] = [days[0], days.at(-1)]
  const dates = (forecast?.percentiles ?? []).flatMap(({ percent, date }) => (date === null ? [] : [{ percent, day: parseDay(date) }]))
  const facts = last === undefined ? 'Nothing to show yet' : `${last.done} of ${last.scope} microsteps done on ${longDay(parseDay(last.day))}`
  const said = forecast === undefined ? '' : (forecast.message ?? dates.map(({ percent, day }) => `${percent} %: by ${longDay(day)}`).join(' · '))
  const heading = `<text x="${MARGIN}" y="36" class="br-heading">${escapeText(fit(title, 18, width - 2 * MARGIN))}</text><text x="${MARGIN}" y="57" class="br-muted">${escapeText([facts, said].filter(Boolean).join(' · '))}</text>`
  const frame = { ...options, width, height: TOP + HEIGHT + 60, title: `Burn-up: ${title}`, summary: [facts, said].filter(Boolean).join('. ') }
  if (first === undefined || last === undefined) return chart(heading, frame)

  const end = Math.max(parseDay(last.day) + 1, ...dates.map(({ day }) => day + 1))
  const axis = new TimeAxis(parseDay(first.day) * DAY_MS, (end + Math.max(1, (end - parseDay(first.day)) * 0.02)) * DAY_MS, LEFT, width - MARGIN - LEFT)
  const most = Math.max(5, ...days.map(({ scope }) => scope)) * (dates.length === 0 ? 1.08 : 1.3)
  const x = (day: number): number => axis.x((day + 1) * DAY_MS)
  const y = (count: number): number => TOP + HEIGHT - (count / most) * HEIGHT
  const pathOf = (value: (day: BurnUpDay) => number): string => days.map((day, at) => `${at === 0 ? 'M' : 'L'}${px(x(parseDay(day.day)))} ${px(y(value(day)))}`).join('')
  const [from, to] = [x(parseDay(last.day)), y(last.done)]
  const scale = stepsOf(most).map((count) => `<path d="M${LEFT} ${px(y(count))}H${width - MARGIN}" class="br-grid"/><text x="${LEFT - 8}" y="${px(y(count) + 4)}" text-anchor="end" class="br-muted br-small br-number">${count}</text>`)
  const goal = y(last.scope)
  const fan = dates.length < 2 ? '' : `<path d="M${px(from)} ${px(to)}L${px(x(dates[0]!.day))} ${px(goal)}L${px(x(dates.at(-1)!.day))} ${px(goal)}z" fill="var(--br-active)" fill-opacity="0.12"/>`
  /** Where each line of words above the goal is free from. */
  const free = dates.map(() => -Infinity)
  const marks = dates.map(({ percent, day }) => {
    const at = x(day)
    const text = `${percent} % · ${shortDay(day)}`
    const half = measure(text, 11) / 2
    const middle = Math.min(at, width - MARGIN - half)
    const line = free.findIndex((until) => middle - half > until)
    free[line] = middle + half + 6
    return `<path d="M${px(from)} ${px(to)}L${px(at)} ${px(goal)}" fill="none" stroke="var(--br-active)" stroke-width="1.25" stroke-dasharray="5 4"/><circle cx="${px(at)}" cy="${px(goal)}" r="3.5" class="br-fill-active"><title>${text}</title></circle>${
      `<text x="${px(middle)}" y="${px(goal - 10 - 14 * line)}" text-anchor="middle" class="br-small br-strong">${text}</text>`}`
  })
  const stroke = (colour: string) => (at: number, level: number): string => `<path d="M${px(at - 8)} ${px(level)}h16" stroke="var(--br-${colour})" stroke-width="2.5"/>`
  const body = [
    heading, axis.draw(TOP, TOP + HEIGHT, EVERY_DAY), ...scale,
    `<path d="${pathOf(({ done }) => done)}L${px(from)} ${px(y(0))}L${px(x(parseDay(first.day)))} ${px(y(0))}z" fill="var(--br-done)" fill-opacity="0.16"/>`,
    fan, ...marks,
    dates.length === 0 ? '' : `<path d="M${px(from)} ${px(goal)}H${px(x(dates.at(-1)!.day))}" fill="none" stroke="var(--br-todo-line)" stroke-width="1.5" stroke-dasharray="2 3"/>`,
    `<path d="${pathOf(({ scope }) => scope)}" fill="none" stroke="var(--br-todo-line)" stroke-width="2.5" stroke-linejoin="round"/>`,
    `<path d="${pathOf(({ done }) => done)}" fill="none" stroke="var(--br-done)" stroke-width="2.5" stroke-linejoin="round"/>`,
    legend([{ sign: stroke('todo-line'), text: 'scope' }, { sign: stroke('done'), text: 'done' }, ...(dates.length === 0 ? [] : [{ sign: stroke('active'), text: 'forecast: so many percent of the simulations were done by then' }])], MARGIN, TOP + HEIGHT + 38),
  ].join('\n')
  return chart(body, frame)
}
