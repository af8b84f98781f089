/** What `serve-unaudited.ts` leaves out of the text of a module: the values keep their types, and nothing reads them. */
export interface Cut {
  /** Below `schema/src`. */
  readonly file: string
  readonly from: RegExp
  readonly to: string
}

export const CUTS: readonly Cut[] = [
  { file: '/shared/write.ts', from: /audit AS \(INSERT INTO audit_records[^]*?FROM head\)/, to: 'audit AS (SELECT $11::uuid, $12::text, $13::text, $14::uuid, $15::text, $16::text, $17::text, $18::text, $19::text, $20::text, $21::uuid, $22::int)' },
  { file: '/audit/entry.ts', from: /(digestOf = \([^)]*\): string \| null =>)[^\n]*/, to: '$1 null' },
  { file: '/audit/entry.ts', from: /if \(personal === null\) return/, to: 'return' },
]

/** @throws when there is nothing of that kind in it: then the benchmark would compare a server with itself. */
export function cut(text: string, { file, from, to }: Cut): string {
  if (!from.test(text)) throw new Error(`${file} has nothing to cut like ${from}`)
  return text.replace(from, to)
}
