/** The built site for tests: made of the sources as they are, by whoever comes first; the others wait for it. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
/** What `npm run site` fills. */
export const SITE = join(root, 'docs-site', 'dist')

let building: Promise<void> | undefined

/**
 * Resolves when docs-site/dist is made of these sources. `BUILDRUNNER_TEST_SITE=as-is` takes what is there, while one works on tests.
 *
 * @throws Error with what the build printed
 */
export const builtSite = (): Promise<void> => (building ??= build())

async function build(): Promise<void> {
  if (process.env['BUILDRUNNER_TEST_SITE'] === 'as-is') return
  const child = spawn(process.execPath, ['--conditions=@buildrunner/source', join(root, 'buildrunner', 'scripts', 'site.ts'), '--if-changed'], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`The site does not build:\n${output}`)
}
