import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { startServer } from '../../sdk/test/server.ts'

const { apiUrl, apiKey, projectId } = await startServer()
const run = promisify(execFile)
const main = fileURLToPath(new URL('main.ts', import.meta.url))

const quickstart = (folder: string) =>
  run(process.execPath, ['--conditions=@buildrunner/source', main], { env: { ...process.env, BUILDRUNNER_DATA_DIR: folder } })

test('the quickstart runs against the server that local.json names', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'quickstart-'))
  try {
    await writeFile(join(folder, 'local.json'), JSON.stringify({ apiUrl, apiKey, projectId }), { mode: 0o600 })
    const { stdout } = await quickstart(folder)
    expect(stdout).toContain("Projects: [ 'Website (50%)' ]")
    expect(stdout).toContain('Plan phases: 2')
    expect(stdout).toMatch(/Sync result: \{ pulled: \d+, pushed: 0, conflicts: 0/)
  } finally {
    await rm(folder, { recursive: true })
  }
})

test('the quickstart says what to do where no server was started', async () => {
  await expect(quickstart(join(tmpdir(), 'there-is-no-such-folder'))).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('npm start') as string })
})
