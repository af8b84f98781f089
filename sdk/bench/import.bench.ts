/** What the SDK costs before it does anything: importing it, and type-checking a program that uses it. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { compare } from './measure.ts'
import { installPackage } from './package.ts'
import type { BenchResult } from './result.ts'

const IMPORT_MS = 25
const TYPES_MS = 1_000
const tsc = join(import.meta.dirname, '../../node_modules/typescript/bin/tsc')

const CALLS = `
const projects = await client.projects.list({ search: 'web' }).toArray({ limit: 5 })
const project = await client.projects.get().orThrow()
const created = await client.projects.create({ name: 'Website' })
const archived = await client.projects.archive({ projectId: project.id })
const plan = await client.planning.getPlan().orThrow()
const analysis = await client.planning.getAnalysis()
const set = await client.planning.setStatus({ id: 'M1', status: 'done' })
const health = await client.health.check()
const events = await client.events.list({ since: 0 }).toArray({ limit: 10 })
const synced = await client.execution.sync({ dry_run: true })
console.log(projects, created.error, archived.data, plan, analysis.data, set.error, health, events, synced)
`
const WITH = `import { BuildRunnerSDK } from '@buildrunner/sdk'\nconst client = new BuildRunnerSDK({ apiKey: 'br_1' })\n${CALLS}`
const WITHOUT = `declare const client: any\n${CALLS}export {}\n`
const OPTIONS = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'nodenext', '--moduleResolution', 'nodenext', '--types', 'node']

export default async function importBench(): Promise<BenchResult[]> {
  const { folder, remove } = installPackage()
  try {
    const file = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text)
      return join(folder, name)
    }
    const imports = compare([process.execPath, file('import.mjs', `import '@buildrunner/sdk'\n`)], [process.execPath, '-e', '0'], 21)
    const check = (program: string): string[] => ['bash', '-c', 'cd "$0" && exec "$@"', folder, process.execPath, tsc, ...OPTIONS, program]
    execFileSync('bash', check(file('with.ts', WITH)).slice(1), { stdio: 'inherit' }) // it compiles
    const types = compare(check('with.ts'), check(file('without.ts', WITHOUT)), 5)
    return [
      {
        what: 'import of @buildrunner/sdk', baseline: `node -e 0 + ${IMPORT_MS} ms of CPU`, bar: 1,
        ratio: imports.a / (imports.b + IMPORT_MS), detail: `${imports.a.toFixed(0)} ms, empty program ${imports.b.toFixed(0)} ms`,
      },
      {
        what: 'tsc --noEmit of a program that uses ten methods', baseline: `the same program without the SDK + ${TYPES_MS} ms of CPU`, bar: 1,
        ratio: types.a / (types.b + TYPES_MS), detail: `${types.a.toFixed(0)} ms, without the SDK ${types.b.toFixed(0)} ms`,
      },
    ]
  } finally {
    remove()
  }
}
