/** The axis of time: where a moment lies, and which lines and words make it readable at a given scale. */
import { DAY_MS, dayOf, mondayOf, weekdayOf } from './calendar.ts'
import { measure, px } from './svg.ts'

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'] as const

/** `6 Mar`. */
export function shortDay(day: number): string {
  const date = new Date(day * DAY_MS)
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`
}

/** `6 Mar 2026`. */
export const longDay = (day: number): string => `${shortDay(day)} ${new Date(day * DAY_MS).getUTCFullYear()}`

/** The last day of what ends at a moment: midnight belongs to the day before. */
export const lastDay = (ms: number): number => dayOf(ms - 1)

interface Tick { day: number; text: string }

/** First days of months, or of every third or twelfth. */
function monthTicks(from: number, to: number, step: 1 | 3 | 12): Tick[] {
  const start = new Date(from * DAY_MS)
  const ticks: Tick[] = []
  for (let month = start.getUTCMonth() - (start.getUTCMonth() % step); ; month += step) {
    const date = new Date(Date.UTC(start.getUTCFullYear(), month, 1))
    const day = dayOf(date.getTime())
    if (day > to) return ticks
    const text = step === 12 ? String(date.getUTCFullYear()) : step === 3 ? `Q${date.getUTCMonth() / 3 + 1} ${date.getUTCFullYear()}` : `${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`
    ticks.push({ day, text })
  }
}

function weekTicks(from: number, to: number, weeks: number): Tick[] {
  const ticks: Tick[] = []
  for (let day = mondayOf(from); day <= to; day += 7 * weeks) ticks.push({ day, text: shortDay(day) })
  return ticks
}

const dayTicks = (from: number, to: number): Tick[] => Array.from({ length: to - from + 1 }, (_, index) => ({ day: from + index, text: String(new Date((from + index) * DAY_MS).getUTCDate()) }))

/** Upper and lower ticks at so many pixels a day. */
function ticksOf(from: number, to: number, perDay: number): [Tick[], Tick[]] {
  if (perDay >= 18) return [monthTicks(from, to, 1), dayTicks(from, to)]
  if (perDay >= 6) return [monthTicks(from, to, 1), weekTicks(from, to, 1)]
  if (perDay >= 3) return [monthTicks(from, to, 1), weekTicks(from, to, 2)]
  if (perDay >= 0.8) return [monthTicks(from, to, 12), monthTicks(from, to, 1).map(({ day, text }) => ({ day, text: text.slice(0, 3) }))]
  return [monthTicks(from, to, 12), monthTicks(from, to, 3).map(({ day, text }) => ({ day, text: text.slice(0, 2) }))]
}

/** Room that the two lines of words take. */
export const AXIS_HEIGHT = 40

export class TimeAxis {
  readonly from: number
  readonly to: number
  readonly #left: number
  readonly #perMs: number

  /** @param from - first moment. @param to - last moment. They are widened to whole days. */
  constructor(from: number, to: number, left: number, width: number) {
    this.from = dayOf(from)
    this.to = Math.max(dayOf(from) + 1, Math.ceil(to / DAY_MS))
    this.#left = left
    this.#perMs = width / ((this.to - this.from) * DAY_MS)
  }

  x(ms: number): number {
    return this.#left + (ms - this.from * DAY_MS) * this.#perMs
  }

  /** Bands of days off, lines, and words above `top`; the lines go down to `bottom`. */
  draw(top: number, bottom: number, workdays: readonly number[]): string {
    const perDay = this.#perMs * DAY_MS
    const [upper, lower] = ticksOf(this.from, this.to - 1, perDay)
    const parts: string[] = []
    if (perDay >= 3) {
      for (let day = this.from; day < this.to; day++) {
        if (!workdays.includes(weekdayOf(day) + 1)) parts.push(`<rect x="${px(this.x(day * DAY_MS))}" y="${top}" width="${px(perDay)}" height="${px(bottom - top)}" class="br-band"/>`)
      }
    }
    const end = this.x(this.to * DAY_MS)
    for (const [list, y, style] of [[upper, top - 24, 'br-strong br-small'], [lower, top - 8, 'br-muted br-small br-number']] as const) {
      let free = -Infinity
      for (const { day, text } of list) {
        const x = Math.max(this.#left, this.x(day * DAY_MS))
        if (day >= this.from) parts.push(`<path d="M${px(x)} ${list === upper ? top - 36 : top - 4}V${px(bottom)}" class="br-grid"/>`)
        if (x < free || x + 4 + measure(text, 11) > end) continue
        parts.push(`<text x="${px(x + 4)}" y="${y}" class="${style}">${text}</text>`)
        free = x + 4 + measure(text, 11) + 6
      }
    }
    return parts.join('')
  }
}
