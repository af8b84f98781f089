/** Our server without the audit log: the write path is loaded without the record, its digests and its salt. */
import { registerHooks } from 'node:module'

/** What is left out of a module's text. */
const CUTS: readonly { readonly file: string; readonly from: RegExp; readonly to: string }[] = [
  // the values keep their types, and nothing reads them
  { file: '/shared/write.ts', from: /audit AS \(INSERT INTO audit_records[^]*?FROM head\)/, to: 'audit AS (SELECT $11::uuid, $12::text, $13::text, $14::uuid, $15::text, $16::text, $17::text, $18::text, $19::text, $20::text, $21::uuid, $22::int)' },
  { file: '/audit/entry.ts', from: /(digestOf = \([^)]*\): string \| null =>)[^\n]*/, to: '$1 null' },
  { file: '/audit/entry.ts', from: /if \(personal === null\) return/, to: 'return' },
]

registerHooks({
  load(url, context, next) {
    const loaded = next(url, context)
    const cuts = CUTS.filter(({ file }) => url.endsWith(`/schema/src${file}`))
    if (cuts.length === 0) return loaded
    const source = cuts.reduce((text, { file, from, to }) => {
      const cut = text.replace(from, to)
      if (cut === text) throw new Error(`${file} has nothing to cut like ${from}`)
      return cut
    }, String(loaded.source))
    return { ...loaded, source }
  },
})
await import('./serve-audited.ts')
