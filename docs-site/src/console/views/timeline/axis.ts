/** Time from left to right: where a moment lies, and the words that make it readable. */
const DAY_MS = 86_400_000

export interface Tick {
  readonly x: number
  readonly text: string
  /** First of a month or year: a stronger line. */
  readonly isMajor: boolean
}

export class Axis {
  /** First moment, at midnight UTC. */
  readonly from: number
  readonly to: number
  /** Pixels: where it begins. */
  readonly left: number
  readonly #perDay: number

  /** @param perDay pixels */
  constructor(from: number, to: number, left: number, perDay: number) {
    this.from = Math.floor(from / DAY_MS) * DAY_MS
    this.to = Math.max(this.from + DAY_MS, Math.ceil(to / DAY_MS) * DAY_MS)
    this.left = left
    this.#perDay = perDay
  }

  x(ms: number): number {
    return this.left + ((ms - this.from) / DAY_MS) * this.#perDay
  }

  get right(): number {
    return this.x(this.to)
  }

  /** Days, weeks, months or quarters, as closely as words fit. */
  ticks(language: string): Tick[] {
    const ticks: Tick[] = []
    const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'short', timeZone: 'UTC' })
    const month = new Intl.DateTimeFormat(language, { month: 'short', year: 'numeric', timeZone: 'UTC' })
    const everyDays = this.#perDay >= 48 ? 1 : this.#perDay >= 8 ? 7 : undefined
    const everyMonths = this.#perDay >= 2.2 ? 1 : this.#perDay >= 0.75 ? 3 : 12
    for (let at = this.from; at < this.to; at += DAY_MS) {
      const date = new Date(at)
      const isMonth = date.getUTCDate() === 1
      if (everyDays === undefined ? isMonth && date.getUTCMonth() % everyMonths === 0 : everyDays === 1 || date.getUTCDay() === 1) {
        ticks.push({ x: this.x(at), text: (everyDays === undefined ? month : day).format(date), isMajor: everyDays === undefined || date.getUTCDate() <= 7 })
      }
    }
    return ticks
  }
}

/** Pixels a day from the whole project in sight to single days. */
export const ZOOMS: readonly number[] = [0.5, 1, 2, 4, 8, 16, 32, 64]

/** The closest one at which all days fit. */
export function zoomToFit(from: number, to: number, width: number): number {
  const days = Math.max(1, (to - from) / DAY_MS)
  return ZOOMS.findLastIndex((perDay) => days * perDay <= width) === -1 ? 0 : ZOOMS.findLastIndex((perDay) => days * perDay <= width)
}
