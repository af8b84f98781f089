/**
 * Imports a plan from files or stdin into a project of the server that `npm start` runs:
 *
 *   node --conditions=@buildrunner/source examples/importer/main.ts tasks.json --project from-tasks
 */
import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { parseArgs } from 'node:util'
import { BuildRunnerSDK, NotFoundError } from '@buildrunner/sdk'
import { hasErrors, importPlan } from '@buildrunner/sdk/plans'
import type { ImportResult, ImportSource, Plan } from '@buildrunner/sdk/plans'
import { requireConnection } from '../local.ts'

const USAGE = 'Usage: main.ts <file...|-> [--project <slug>] [--name <name>] [--fix] [--replace] [--dry-run]'

function fail(message: string): never {
  console.error(message)
  process.exit(1)
}

function readArguments() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: { project: { type: 'string' }, name: { type: 'string' }, fix: { type: 'boolean' }, replace: { type: 'boolean' }, 'dry-run': { type: 'boolean' } },
    })
  } catch (error) {
    return fail(`${(error as Error).message}\n${USAGE}`)
  }
}

async function readSource(name: string): Promise<ImportSource> {
  if (name === '-') return { name: 'stdin', text: await text(process.stdin) }
  return { name, text: await readFile(name, 'utf8').catch((error: NodeJS.ErrnoException) => fail(`${name} cannot be read (${error.code}).`)) }
}

function report({ report, problems }: ImportResult): void {
  const { format, found, arrived, merged, skipped, repairs } = report
  const items = (counts: typeof arrived): string => Object.entries(counts).map(([kind, count]) => `${count} ${kind}`).join(', ')
  console.log(`Read as ${format ?? 'nothing known'}: ${found} items found; ${items(arrived)} arrive, ${merged.length} merged, ${skipped.length} skipped.`)
  for (const { item, reason } of skipped) console.log(`  skipped ${item}: ${reason}`)
  for (const { message } of repairs) console.log(`  repaired: ${message}`)
  for (const { severity, message, source, line } of problems) console.error(`  ${severity}: ${source ?? ''}${line === undefined ? '' : `:${line}`} ${message}`)
}

/** Makes the project where there is none. */
async function requireProject(client: BuildRunnerSDK, slug: string | undefined, plan: Plan): Promise<string> {
  const { data, error } = await client.projects.get(slug === undefined ? {} : { projectId: slug })
  if (data) return data.id
  if (slug === undefined || !(error instanceof NotFoundError)) throw error
  const { project } = await client.projects.create({ name: plan.project.name, slug }).orThrow()
  console.log(`Made the project ${project.slug}.`)
  return project.id
}

const { values, positionals } = readArguments()
if (positionals.length === 0) fail(USAGE)
const result = importPlan(await Promise.all(positionals.map(readSource)), { fix: values.fix === true, ...(values.name === undefined ? {} : { projectName: values.name }) })
report(result)
const { plan, problems } = result
if (plan === undefined || hasErrors(problems)) fail(`Nothing was imported.${values.fix ? '' : ' Correct the source, or try --fix.'}`)
if (values['dry-run']) {
  console.log('A dry run: nothing was sent.')
  process.exit(0)
}

const client = new BuildRunnerSDK({ ...(await requireConnection()), clientName: 'importer/1' })
try {
  const projectId = await requireProject(client, values.project, plan)
  // Made of what is imported, so that a run that is repeated after a crash imports nothing twice.
  const idempotencyKey = `import-${createHash('sha256').update(JSON.stringify([projectId, plan, values.replace])).digest('hex')}`
  const { counts, sequence } = await client.planning.importPlan({ projectId, document: plan, replace: values.replace === true }, { idempotencyKey }).orThrow()
  console.log(`Imported ${counts.milestones} milestones, ${counts.steps} steps and ${counts.microsteps} microsteps; the project is at sequence ${sequence}.`)
} catch (error) {
  fail(error instanceof Error ? error.message : String(error))
}
