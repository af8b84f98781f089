/**
 * `npm run check:breaking`: does the schema, or the REST facade, break an operation of a release? Every operation that a
 * release's SDK can send must still be valid, take what it took and answer what it answered. Exits 1 with the names of
 * the operations that break, and of what breaks them. What is only added passes.
 */
import { join } from 'node:path'
import { buildSchema } from 'graphql'
import { readCurrent } from './breaking/current.ts'
import { openApiBreaks } from './breaking/openapi-changes.ts'
import { readReleases } from './breaking/releases.ts'
import type { Release, Surface } from './breaking/releases.ts'
import { schemaBreaks } from './breaking/schema-changes.ts'
import type { Break } from './breaking/schema-changes.ts'

export interface ReleaseBreak extends Break {
  readonly release: string
}

/** Everything in `current` that breaks an operation of one of the releases. */
export function findBreaks(releases: readonly Release[], current: Pick<Surface, 'schema' | 'openApi'>): ReleaseBreak[] {
  const schema = buildSchema(current.schema)
  return releases.flatMap(({ version, ...released }) => {
    const breaks = [...schemaBreaks(released.schema, released.documents.documents, schema), ...openApiBreaks(released.openApi, current.openApi)]
    return breaks.map((item) => ({ release: version, ...item }))
  })
}

if (import.meta.main) {
  const root = join(import.meta.dirname, '..', '..')
  const releases = readReleases(root)
  const breaks = findBreaks(releases, readCurrent(root, ''))
  for (const { release, operation, what } of breaks) console.error(`✗ ${operation} of release ${release}: ${what}`)
  if (breaks.length === 0) console.log(`Nothing breaks an operation of ${releases.map(({ version }) => version).join(', ') || 'any release: there is none'}.`)
  process.exitCode = breaks.length === 0 ? 0 : 1
}
