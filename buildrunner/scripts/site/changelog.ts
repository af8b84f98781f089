/** Prints `/changelog/` from the changelogs of the packages and the changesets that wait for the next release. Run before a build; not committed. */
import { existsSync, globSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parse } from 'yaml'

const ROOT = fileURLToPath(new URL('../../../', import.meta.url))
const PACKAGES = [['@buildrunner/sdk', 'sdk'], ['@buildrunner/cli', 'cli']] as const
const SIZES = ['major', 'minor', 'patch'] as const

interface Changeset { readonly packages: Readonly<Record<string, string>>; readonly text: string }

function changesets(): Changeset[] {
  return globSync('.changeset/*.md', { cwd: ROOT }).sort().flatMap((file) => {
    const [, matter = '', text = ''] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(readFileSync(join(ROOT, file), 'utf8')) ?? []
    return matter === '' ? [] : [{ packages: parse(matter) as Record<string, string>, text: text.trim() }]
  })
}

function unreleased(name: string, waiting: readonly Changeset[]): string[] {
  const entries = SIZES.flatMap((size) => waiting.filter(({ packages }) => packages[name] === size).map(({ text }) => `- ${text.replaceAll('\n', '\n  ')}`))
  return entries.length === 0 ? [] : ['### Next release', entries.join('\n')]
}

/** What is released, as the package says it, one heading lower. */
function released(folder: string): string[] {
  const file = join(ROOT, folder, 'CHANGELOG.md')
  return existsSync(file) ? [readFileSync(file, 'utf8').replace(/^# .*\n+/, '').replaceAll(/^#/gm, '##').trim()] : []
}

/** The page, by its path below the content folder. */
export function changelogPage(): Map<string, string> {
  const waiting = changesets()
  const parts = PACKAGES.flatMap(([name, folder]) => [`## \`${name}\``, ...unreleased(name, waiting), ...released(folder)])
  const head = '---\ntitle: Changelog\ndescription: What changed in the SDK and in br, release by release.\n---'
  return new Map([['changelog.md', `${[head, ...parts].join('\n\n')}\n`]])
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const [path, text] of changelogPage()) writeFileSync(join(ROOT, 'docs-site/src/content/docs', path), text)
}
