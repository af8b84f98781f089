/** Keeps the package's entries in step with the catalogue: each group of operations is one. */
import type { Catalogue } from './catalogue.ts'
import { groupNames } from './print.ts'

type Conditions = Record<string, unknown> & { '@buildrunner/source'?: string }

const GENERATED = './src/_generated/functions/'

/** Entries that are written by hand and export a group's functions beside their own: the other side of what the group does. */
const JOINED: ReadonlySet<string> = new Set(['./webhooks'])

/** What `package.json` says of an entry: the source for the workspace, the built forms for everyone else. */
export const entryConditions = (name: string, source: string): Conditions => ({
  '@buildrunner/source': source,
  import: { types: `./dist/${name}.d.ts`, default: `./dist/${name}.js` },
  require: { types: `./dist/${name}.d.cts`, default: `./dist/${name}.cjs` },
})

/**
 * `package.json` with an entry for each group, and without those of groups that are gone.
 *
 * @throws Error when a group has the name of an entry that is not generated
 */
export function withEntries(packageJson: string, catalogue: Catalogue): string {
  const manifest = JSON.parse(packageJson) as { exports: Record<string, Conditions | string> }
  const isGenerated = (entry: Conditions | string): boolean => typeof entry !== 'string' && entry['@buildrunner/source']?.startsWith(GENERATED) === true
  const kept = Object.entries(manifest.exports).filter(([, entry]) => !isGenerated(entry))
  const files = kept.filter(([, entry]) => typeof entry === 'string')
  const modules = kept.filter(([, entry]) => typeof entry !== 'string')
  const groups = catalogue.domains.flatMap(groupNames).sort().map((group) => [`./${group}`, entryConditions(group, `${GENERATED}${group}.ts`)] as const).filter(([name]) => !JOINED.has(name))
  const taken = groups.find(([name]) => kept.some(([other]) => other === name))
  if (taken) throw new Error(`The group ${taken[0].slice(2)} has the name of an entry that @buildrunner/sdk has already: name the group otherwise.`)
  return `${JSON.stringify({ ...manifest, exports: Object.fromEntries([...modules, ...groups, ...files]) }, null, 2)}\n`
}
