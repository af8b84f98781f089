/** Days of the calendar, in UTC, as whole numbers since 1970-01-01. */

/** Milliseconds of a day. */
export const DAY_MS = 86_400_000

/** The day that a moment lies in. */
export const dayOf = (ms: number): number => Math.floor(ms / DAY_MS)

/** `YYYY-MM-DD`. */
export const dayText = (day: number): string => new Date(day * DAY_MS).toISOString().slice(0, 10)

/** The day of `YYYY-MM-DD`. */
export const parseDay = (text: string): number => dayOf(Date.parse(`${text}T00:00:00Z`))

/** 1970-01-01 was a Thursday. */
const THURSDAY = 3

/** 0 for Monday to 6 for Sunday. */
export const weekdayOf = (day: number): number => (((day + THURSDAY) % 7) + 7) % 7

/** The Monday of a day's week (ISO 8601). */
export const mondayOf = (day: number): number => day - weekdayOf(day)
