import { execFile } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import { compile } from '../test/compile.ts'
import { moduleOf } from '../test/markdown.ts'
import { startServer } from '../test/server.ts'

const root = fileURLToPath(new URL('../', import.meta.url))
const code = moduleOf(readFileSync(`${root}README.md`, 'utf8'))

test('every example of the README compiles', () => {
  expect(code).toContain('client.execution.sync({ dry_run: true })')
  expect(compile(code)).toEqual([])
})

test('an example that uses what does not exist would fail', () => {
  expect(compile(`${code}\nawait client.projects.frobnicate()`)).toEqual([expect.stringContaining('frobnicate')])
})

const { apiUrl, apiKey, projectId } = await startServer()

test('every example of the README runs against the server', async () => {
  const values: Record<string, string> = { 'your-api-key': apiKey, 'your-project-id': projectId, 'https://api.buildrunner.com': apiUrl }
  const program = code.replace(/your-api-key|your-project-id|https:\/\/api\.buildrunner\.com/g, (placeholder) => values[placeholder]!)
  // Inside the package, so that its own name resolves.
  const file = `${root}test/readme-${process.pid}.ts`
  writeFileSync(file, program, { mode: 0o600 })
  try {
    const { stdout } = await promisify(execFile)(process.execPath, ['--conditions=@buildrunner/source', file])
    expect(stdout).toContain('Plan phases: 2')
    expect(stdout).toContain('Sync result: { pulled:')
    expect(stdout).toMatch(/^DONE$/m)
    expect(stdout).toMatch(/^Beta$/m)
  } finally {
    rmSync(file)
  }
})
