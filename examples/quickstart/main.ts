/**
 * The first calls of the SDK, against the server that `npm start` runs:
 *
 *   node --conditions=@buildrunner/source examples/quickstart/main.ts
 */
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { requireConnection } from '../local.ts'

const client = new BuildRunnerSDK(await requireConnection())

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
