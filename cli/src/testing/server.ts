/** A real server of this repository, as a child process with a data folder, a database and a port of its own. */
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createTestDatabase } from '@buildrunner/schema/testing/database'
import { runServer } from '../../../api/src/testing/server-process.ts'

export interface TestServer {
  readonly baseUrl: string
  /** The folder that holds `local.json`. */
  readonly dataDir: string
  readonly apiKey: string
  stop(): Promise<void>
}

/** @param variables of its environment. @throws Error with the server's output when it does not come up. */
export async function startTestServer(variables: Record<string, string> = {}): Promise<TestServer> {
  const dataDir = fs.mkdtempSync(path.join(tmpdir(), 'br-server-'))
  const database = await createTestDatabase()
  const server = runServer({ HOME: dataDir, BUILDRUNNER_DATA_DIR: dataDir, DATABASE_URL: database.url, ...variables })
  await server.printed('is ready')
  const local = JSON.parse(fs.readFileSync(path.join(dataDir, 'local.json'), 'utf8')) as { apiUrl: string; apiKey: string }
  return {
    baseUrl: local.apiUrl,
    dataDir,
    apiKey: local.apiKey,
    async stop() {
      server.process.kill('SIGTERM')
      await server.ended
      await database.drop()
      fs.rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
