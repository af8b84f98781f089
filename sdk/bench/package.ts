/** The package as people install it, for measurements: built aside, so that nothing else that reads sdk/dist is disturbed. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..')
const modules = join(root, '../node_modules')

export interface InstalledPackage {
  /** A project that has @buildrunner/sdk, its dependencies and the types of Node in `node_modules`. */
  readonly folder: string
  remove(): void
}

export function installPackage(): InstalledPackage {
  const folder = mkdtempSync(join(tmpdir(), 'sdk-bench-'))
  const installed = join(folder, 'node_modules/@buildrunner/sdk')
  mkdirSync(installed, { recursive: true })
  cpSync(join(root, 'package.json'), join(installed, 'package.json'))
  execFileSync(process.execPath, [join(modules, 'tsdown/dist/run.mjs'), '--logLevel', 'error', '--out-dir', join(installed, 'dist')], { cwd: root, stdio: 'inherit' })
  for (const name of ['zod', 'yaml', 'jsonc-parser', '@types', 'undici-types']) symlinkSync(join(modules, name), join(folder, 'node_modules', name))
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}')
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
