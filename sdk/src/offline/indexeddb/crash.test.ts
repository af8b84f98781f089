import { spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { json } from 'node:stream/consumers'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CHROMIUM_PATH, FLAGS, hasChromium } from '../../../test/chromium.ts'

interface Run { content?: { revision: number; values: number[] }; acknowledged?: number; hasEnded: boolean }

describe.skipIf(!hasChromium)('IndexedDB in a Chromium that is killed', () => {
  let profile: string
  let server: Server
  const told = new EventEmitter()
  beforeAll(async () => {
    profile = mkdtempSync(path.join(tmpdir(), 'br-chromium-'))
    const entry = path.join(import.meta.dirname, 'testing', 'crash-page.ts')
    const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, format: 'iife', platform: 'browser', target: 'es2022' })
    server = createServer((request, response) => {
      if (request.method === 'POST') void json(request).then((body) => told.emit('message', request.url!.slice(1), body, response))
      else response.writeHead(200, { 'content-type': 'text/html' }).end(`<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script>${outputFiles[0]!.text}</script>`)
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
    rmSync(profile, { recursive: true, force: true, maxRetries: 10 })
  })

  /** Starts Chromium on the profile, and kills it with its processes when the page asks for it, or at its end. */
  async function run(killAt: number): Promise<Run> {
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/?kill=${killAt}`
    const browser = spawn(CHROMIUM_PATH, [...FLAGS, '--headless', `--user-data-dir=${profile}`, url], { detached: true, stdio: 'ignore' })
    const result: Run = { hasEnded: false }
    let fault: unknown
    const listen = (what: string, body: any, response: { end(): void }): void => {
      if (what === 'content') result.content = body
      if (what === 'acknowledged') result.acknowledged = body
      if (what === 'fault') fault = body
      if (what === 'content' || what === 'acknowledged') return response.end()
      result.hasEnded = what === 'end'
      process.kill(-browser.pid!, 'SIGKILL')
    }
    told.on('message', listen)
    await once(browser, 'exit')
    told.off('message', listen)
    expect(fault).toBeUndefined()
    return result
  }

  test('at any request of a commit and of the rewriting of the journal, what was acknowledged is there, and nothing in part', async () => {
    let possible = [0]
    let killAt = 0
    for (let hasEnded = false; !hasEnded; killAt++) {
      const { content, acknowledged, hasEnded: ended } = await run(killAt)
      expect(possible, `killed at request ${killAt - 1}`).toContain(content?.revision)
      expect(new Set(content!.values)).toEqual(new Set(content!.revision === 0 ? [] : [content!.revision]))
      expect(content!.values).toHaveLength(content!.revision === 0 ? 0 : 3)
      possible = acknowledged === undefined ? [content!.revision, content!.revision + 1] : [acknowledged]
      hasEnded = ended
    }
    expect(killAt).toBeGreaterThan(5)
  })
})
