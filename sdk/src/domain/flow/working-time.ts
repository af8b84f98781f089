/** Between hours of work and moments of the calendar: which days are worked on, and how many hours a day has. */
import { DAY_MS, dayOf, mondayOf, weekdayOf } from './calendar.ts'

/** When people work. */
export interface WorkingTime {
  /**
   * Hours of work on a working day, more than 0 and at most 24. They are spread over the whole day: of eight hours, four are over at noon.
   * @defaultValue 8
   */
  hoursPerDay?: number
  /**
   * Days of the week that are worked on: 1 for Monday to 7 for Sunday (ISO 8601).
   * @defaultValue [1, 2, 3, 4, 5]
   */
  workdays?: readonly number[]
}

export const DEFAULT_HOURS_PER_DAY = 8
export const DEFAULT_WORKDAYS: readonly number[] = [1, 2, 3, 4, 5]

/** 1970-01-05. */
const FIRST_MONDAY = 4

/** A calendar of working days, counted with fractions from that Monday. */
export class WorkCalendar {
  readonly hoursPerDay: number
  /** 0 for Monday. */
  readonly #days: readonly number[]

  /** @throws {RangeError} for hours and days that there are not. */
  constructor({ hoursPerDay = DEFAULT_HOURS_PER_DAY, workdays = DEFAULT_WORKDAYS }: WorkingTime) {
    if (!(hoursPerDay > 0 && hoursPerDay <= 24)) throw new RangeError(`A working day has more than 0 and at most 24 hours, not ${hoursPerDay}.`)
    this.#days = [...new Set(workdays)].map((day) => day - 1).sort((a, b) => a - b)
    if (this.#days.length === 0 || this.#days.some((day) => !Number.isInteger(day) || day < 0 || day > 6)) throw new RangeError('Working days are 1 (Monday) to 7 (Sunday), at least one of them.')
    this.hoursPerDay = hoursPerDay
  }

  /** 1 for Monday, ascending. */
  get workdays(): number[] {
    return this.#days.map((day) => day + 1)
  }

  /** Working days up to a moment; a moment in a day off counts as the end of the working day before. */
  countAt(ms: number): number {
    const day = dayOf(ms)
    const weekday = weekdayOf(day)
    const before = this.#days.filter((candidate) => candidate < weekday).length
    const today = this.#days.includes(weekday) ? (ms - day * DAY_MS) / DAY_MS : 0
    return ((mondayOf(day) - FIRST_MONDAY) / 7) * this.#days.length + before + today
  }

  /** The moment at which so many working days are over: a start is in the next working day, an end in the last. */
  momentAt(count: number, edge: 'start' | 'end'): number {
    const whole = edge === 'start' ? Math.floor(count) : Math.ceil(count) - 1
    const perWeek = this.#days.length
    const week = Math.floor(whole / perWeek)
    const day = FIRST_MONDAY + week * 7 + this.#days[whole - week * perWeek]!
    return Math.round((day + (count - whole)) * DAY_MS)
  }

  /** The moment at which so many hours of work are over, from another one on. */
  after(ms: number, hours: number, edge: 'start' | 'end'): number {
    return this.momentAt(this.countAt(ms) + hours / this.hoursPerDay, edge)
  }
}
