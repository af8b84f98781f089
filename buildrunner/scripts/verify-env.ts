/**
 * `npm run verify:env`: every variable, what it is for, whether it is set and where, with secrets masked. Exits 10 when one is
 * unknown or malformed. `--write` brings `.env.example` and the table in the README up to date.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkEnvironment, mask, readEnvFile } from '../../api/src/config.ts'
import { envExample, environmentTable } from '../../api/src/environment-docs.ts'
import { VARIABLE_LIST } from '../../api/src/environment.ts'
import { EXIT_CODES, StartupError } from '../../api/src/exit-codes.ts'

const root = join(import.meta.dirname, '..', '..')
const TABLE = /(<!-- environment: npm run verify:env -- --write -->\n)[^]*?(<!-- \/environment -->)/

function show(): void {
  const file = readEnvFile(root)
  const { values, problems } = checkEnvironment(process.env, root)
  for (const [name, { purpose, unset, default: initial }] of VARIABLE_LIST) {
    const value = values[name]?.trim()
    const origin = process.env[name] === undefined && name in file ? '.env' : 'environment'
    console.log(`${value ? '●' : '○'} ${name.padEnd(24)} ${value ? `${mask(name, value)} (${origin})` : `not set: ${initial ?? unset}`}\n  ${purpose}`)
  }
  for (const { name, message } of problems) console.error(`\n✗ ${name} ${message}`)
  if (problems.length > 0) process.exitCode = EXIT_CODES.configuration
}

function write(): void {
  writeFileSync(join(root, '.env.example'), envExample())
  const readme = join(root, 'README.md')
  if (existsSync(readme)) writeFileSync(readme, readFileSync(readme, 'utf8').replace(TABLE, `$1${environmentTable()}\n$2`))
}

try {
  if (process.argv.includes('--write')) write()
  else show()
} catch (error) {
  if (!(error instanceof StartupError)) throw error
  console.error(`${error.message}\n${error.remedy}`)
  process.exitCode = error.exitCode
}
