/** Scalars of the API. */
import { builder } from '../builder.ts'

const DATE = /^\d{4}-\d{2}-\d{2}$/

builder.scalarType('DateTime', {
  description: 'A moment as RFC 3339 in UTC, e.g. `2026-11-21T20:00:00.000Z`.',
  serialize: (value) => (value instanceof Date ? value : new Date(value)).toISOString(),
  parseValue: (value) => {
    const date = new Date(String(value))
    if (Number.isNaN(date.getTime())) throw new TypeError(`${JSON.stringify(value)} is no moment in RFC 3339 form.`)
    return date
  },
})

builder.scalarType('Date', {
  description: 'A day of the calendar: `YYYY-MM-DD`.',
  serialize: (value) => value,
  parseValue: (value) => {
    if (typeof value !== 'string' || !DATE.test(value) || Number.isNaN(Date.parse(value))) throw new TypeError(`${JSON.stringify(value)} is no day in the form YYYY-MM-DD.`)
    return value
  },
})

for (const [name, description] of [
  ['JSON', 'Any JSON value.'],
  ['PlanDocument', 'A plan document in format v1, as it stands in `plan.json`, without `x-sync`.'],
  ['PlanChanges', 'A list of plan changes: `add`, `update`, `move`, `remove`, `rename`, `head`.'],
] as const) {
  builder.scalarType(name, { description, serialize: (value) => value, parseValue: (value) => value })
}
