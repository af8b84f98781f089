/** A real server of this repository, as a child process with a data folder and a port of its own. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import * as fs from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../../api/src/main.ts', import.meta.url))

export interface TestServer {
  readonly baseUrl: string
  /** The folder that holds `local.json`. */
  readonly dataDir: string
  readonly apiKey: string
  stop(): Promise<void>
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1')
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}

/** @throws Error with the server's output when it does not come up. */
export async function startTestServer(): Promise<TestServer> {
  const dataDir = fs.mkdtempSync(path.join(tmpdir(), 'br-server-'))
  const port = await freePort()
  const env = { PATH: process.env.PATH ?? '', HOME: dataDir, PORT: String(port), BUILDRUNNER_DATA_DIR: dataDir }
  const child = spawn(process.execPath, ['--conditions=@buildrunner/source', MAIN], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const ended = once(child, 'close')
  let output = ''
  const ready = new Promise<void>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk: Buffer) => {
        output += chunk.toString()
        if (output.includes('is ready')) resolve()
      })
    }
  })
  const failed = ended.then(() => {
    throw new Error(`the server did not start:\n${output}`)
  })
  await Promise.race([ready, failed])
  // From here on its end is what `stop` waits for, not a failure.
  failed.catch(() => undefined)
  const local = JSON.parse(fs.readFileSync(path.join(dataDir, 'local.json'), 'utf8')) as { apiUrl: string; apiKey: string }
  return {
    baseUrl: local.apiUrl,
    dataDir,
    apiKey: local.apiKey,
    async stop() {
      child.kill('SIGTERM')
      await ended
      fs.rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
