/**
 * `npm run soak [-- --minutes 5]`: the scenarios that take long, one after the other, for at most so many minutes each. Each prints
 * what it did; exits 1 when one failed.
 */
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')
let failed = 0
for (const file of globSync('{api,sdk,cli}/soak/*.soak.ts', { cwd: root }).sort()) {
  console.log(`\n${file}`)
  const { status } = spawnSync(process.execPath, ['--conditions=@buildrunner/source', join(root, file), ...process.argv.slice(2)], { stdio: 'inherit' })
  if (status !== 0) failed++
}
console.log(failed === 0 ? '\nEverything held.' : `\n${failed} failed.`)
process.exitCode = failed === 0 ? 0 : 1
