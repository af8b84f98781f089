/**
 * The first calls of the SDK, against the server that `npm start` runs:
 *
 *   node --conditions=@buildrunner/source examples/quickstart/main.ts
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { BuildRunnerSDK } from '@buildrunner/sdk'

/** `npm start` leaves its address and a key here. */
const folder = process.env['BUILDRUNNER_DATA_DIR'] ?? fileURLToPath(new URL('../../.buildrunner', import.meta.url))
const file = join(folder, 'local.json')
const text = await readFile(file, 'utf8').catch(() => undefined)
if (text === undefined) {
  console.error(`${file} is not there: run \`npm start\` first.`)
  process.exit(1)
}
const { apiKey, projectId, apiUrl } = JSON.parse(text) as { apiKey: string; projectId: string; apiUrl: string }

const client = new BuildRunnerSDK({ apiKey, projectId, baseUrl: apiUrl })

// List projects
const projects = await client.projects.list()
if (projects.error) throw projects.error
console.log('Projects:', projects.data.projects.map(({ name, progress }) => `${name} (${progress.percent}%)`))

// Get project plan
const plan = await client.planning.getPlan()
console.log('Plan phases:', plan.data?.phases.length)

// Sync project
const syncResult = await client.execution.sync({ dry_run: true })
console.log('Sync result:', syncResult.data?.summary)
