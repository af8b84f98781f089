import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BuildRunnerOptions } from '@buildrunner/sdk'

/**
 * How the examples reach a server: by `BUILDRUNNER_*` variables, which the SDK reads itself, else by what `npm start` leaves in
 * `.buildrunner/local.json`. Undefined where there is neither.
 */
export async function connection(): Promise<BuildRunnerOptions | undefined> {
  if (process.env['BUILDRUNNER_API_KEY']) return {}
  const folder = process.env['BUILDRUNNER_DATA_DIR'] ?? fileURLToPath(new URL('../.buildrunner', import.meta.url))
  const text = await readFile(join(folder, 'local.json'), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const { apiKey, projectId, apiUrl } = JSON.parse(text) as { apiKey: string; projectId: string; apiUrl: string }
  return { apiKey, projectId, baseUrl: apiUrl }
}

/** Ends the program, where an example cannot do without a server. */
export async function requireConnection(): Promise<BuildRunnerOptions> {
  const options = await connection()
  if (options) return options
  console.error('There is no server to talk to: run `npm start` first, or set BUILDRUNNER_API_KEY, BUILDRUNNER_BASE_URL and BUILDRUNNER_PROJECT_ID.')
  process.exit(1)
}
