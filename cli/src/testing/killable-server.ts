/** The server in a process that a test kills and starts again. Clients keep one address: that of a proxy in front of it. */
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { runServer, type ServerProcess } from '../../../api/src/testing/server-process.ts'
import { startFaultProxy, type FaultProxy, type FaultProxyOptions } from './fault-proxy.ts'

export interface KillableServer {
  /** In front of it; `proxy.url` stays the same over restarts. */
  readonly proxy: FaultProxy
  /** Of its first person, who may do everything. */
  readonly apiKey: string
  /** kill -9; resolves when the process is gone. */
  kill(): Promise<void>
  /** Starts it again, on the same data. */
  start(): Promise<void>
  /** Ends everything, the proxy too. */
  close(): Promise<void>
}

export async function startKillableServer(variables: Record<string, string>, faults: FaultProxyOptions = {}): Promise<KillableServer> {
  const dataDir = fs.mkdtempSync(path.join(tmpdir(), 'br-killable-'))
  const run = async (): Promise<{ process: ServerProcess; url: string }> => {
    const process = runServer({ HOME: dataDir, BUILDRUNNER_DATA_DIR: dataDir, LOG_LEVEL: 'fatal', ...variables })
    return { process, url: await process.ready() }
  }
  let current = await run()
  const proxy = await startFaultProxy(current.url, faults)
  const { apiKey } = JSON.parse(fs.readFileSync(path.join(dataDir, 'local.json'), 'utf8')) as { apiKey: string }
  const kill = async (): Promise<void> => {
    current.process.process.kill('SIGKILL')
    await current.process.ended
  }
  return {
    proxy,
    apiKey,
    kill,
    async start() {
      current = await run()
      proxy.target = current.url
    },
    async close() {
      await proxy.close()
      await kill()
      fs.rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
