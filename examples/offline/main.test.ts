import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { startServer } from '../../sdk/test/server.ts'

const { apiUrl, apiKey, projectId } = await startServer()
const folder = await mkdtemp(join(tmpdir(), 'offline-'))
afterAll(() => rm(folder, { recursive: true }))

const main = fileURLToPath(new URL('main.ts', import.meta.url))
const run = (baseUrl: string, ...ids: string[]) =>
  promisify(execFile)(process.execPath, ['--conditions=@buildrunner/source', main, ...ids], {
    env: { ...process.env, BUILDRUNNER_API_KEY: apiKey, BUILDRUNNER_BASE_URL: baseUrl, BUILDRUNNER_PROJECT_ID: projectId, OFFLINE_FOLDER: folder },
  })

test('what is done while the server is away is kept, counted, and sent by the next run', async () => {
  expect((await run(apiUrl)).stdout).toMatch(/^Sent: 0 applied/)
  const away = await run('http://127.0.0.1:1', 'T-12')
  expect(away.stdout).toMatch(/Not sent \(NETWORK\): it is kept[^\n]*\n100% done, 1 waiting/)
  expect((await run(apiUrl)).stdout).toMatch(/^Sent: 1 applied, 0 in conflict, 0 refused\.\n100% done, 0 waiting/)
  const client = new BuildRunnerSDK({ apiKey, baseUrl: apiUrl, projectId })
  expect((await client.planning.getItem({ id: 'T-12' })).data).toMatchObject({ status: 'DONE' })
})
