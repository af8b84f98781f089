/** The frozen surface of each release: `schema/releases/<version>/{schema.graphql,openapi.json,documents.json}`. */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Surface {
  /** In SDL. */
  readonly schema: string
  readonly openApi: object
  readonly documents: { readonly id: string; readonly documents: Readonly<Record<string, string>> }
}

export interface Release extends Surface {
  readonly version: string
}

const folderOf = (root: string): string => join(root, 'schema', 'releases')

export function readReleases(root: string): Release[] {
  const folder = folderOf(root)
  if (!existsSync(folder)) return []
  const json = (version: string, file: string): unknown => JSON.parse(readFileSync(join(folder, version, file), 'utf8'))
  return readdirSync(folder).sort().map((version) => ({
    version,
    schema: readFileSync(join(folder, version, 'schema.graphql'), 'utf8'),
    openApi: json(version, 'openapi.json') as object,
    documents: json(version, 'documents.json') as Surface['documents'],
  }))
}

/** @throws Error when the version is frozen already: a release that somebody uses does not change. `again` is for one that was never published. */
export function writeRelease(root: string, { version, schema, openApi, documents }: Release, { again = false } = {}): string {
  const folder = join(folderOf(root), version)
  if (existsSync(folder) && !again) throw new Error(`${version} is frozen. A published release never changes; for one that was never published, give --again.`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'schema.graphql'), schema)
  writeFileSync(join(folder, 'openapi.json'), `${JSON.stringify(openApi, null, 1)}\n`)
  writeFileSync(join(folder, 'documents.json'), `${JSON.stringify(documents, null, 1)}\n`)
  return folder
}
