/** The server that pages are run against, and a place on it for each: an organisation of its own with the projects `shop` and `demo`. */
import { once } from 'node:events'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { createSigner, newSigningKey, readSigningKey } from '@buildrunner/schema/audit/signing'
import { mutate } from '@buildrunner/schema/authentication/testing/people'
import { createTestWorkspace } from '@buildrunner/schema/testing/workspace'
import { parseAllowedTargets } from '@buildrunner/schema/webhooks/addresses'
import { createOrganisation } from '@buildrunner/schema/workspace/service'
import pino from 'pino'
import { expect, vi } from 'vitest'
import { UNLIMITED } from '../../../api/bench/unlimited.ts'
import { createHttpServer } from '../../../api/src/server.ts'
import { createTestCli } from '../../../cli/src/testing/br.ts'
import { ROOT, blocksOf } from './pages.ts'
import type { Page } from './pages.ts'
import type { Place } from './run.ts'
import { SHOP } from './shop.ts'

export interface Places {
  of(page: Page): Promise<Place>
  close(): Promise<void>
}

/** `demo` is the one that the first start of a server makes. */
const PROJECTS = ['shop', 'demo']

/** A log gets its first checkpoint within a second: the reader's has had one for long. */
const sealed = (client: BuildRunnerSDK): Promise<void> => vi.waitFor(async () => expect(await client.audit.checkpoint().orThrow()).not.toBeNull(), { timeout: 30_000, interval: 100 })

/** Starts the server. Call it in a test file: its database is one of the run's. */
export async function createPlaces(): Promise<Places> {
  const workspace = await createTestWorkspace()
  const http = await createHttpServer({
    pool: workspace.pool, vault: workspace.services.vault, operator: UNLIMITED, logger: pino({ level: 'silent' }), version: '0.1.0', notifies: true,
    auditSigner: createSigner(readSigningKey(newSigningKey())), webhookTargets: parseAllowedTargets('127.0.0.1'), releases: join(ROOT, 'schema', 'releases'),
    migrations: () => Promise.resolve({ state: 'current', applied: [], pending: [], offending: [] }),
  })
  http.server.listen(0, '127.0.0.1')
  const [cli] = await Promise.all([createTestCli(), once(http.server, 'listening')])
  const baseUrl = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`
  const root = mkdtempSync(join(tmpdir(), 'docs-'))
  writeFileSync(join(root, 'package.json'), '{"type":"module"}\n')
  symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'))
  const bin = join(root, 'bin')
  mkdirSync(bin)
  writeFileSync(join(bin, 'br'), `#!/bin/sh\nexec ${JSON.stringify(process.execPath)} ${JSON.stringify(cli.entry)} "$@"\n`)
  chmodSync(join(bin, 'br'), 0o755)
  return {
    async of(page) {
      const name = page.url.replaceAll('/', '-').replace(/^-|-$/g, '') || 'home'
      const email = `ada@${name}.example.com`
      const founding = { organisation: { slug: name, name: 'Acme' }, administrator: { email, name: 'Ada' } }
      const { ctx, apiKey } = await createOrganisation(workspace.services, founding)
      for (const slug of PROJECTS) {
        for (const [mutation, input] of [['createProject', { name: SHOP.project.name, slug }], ['importPlan', { projectId: slug, document: SHOP }]] as const) {
          const { code } = await mutate(workspace, mutation, { input, select: '__typename', ctx: workspace.context(ctx.actor ?? null) })
          if (code !== undefined) throw new Error(`${mutation} was refused: ${code}`)
        }
      }
      if (blocksOf(page).some(({ text }) => text.includes('audit'))) await sealed(new BuildRunnerSDK({ baseUrl, apiKey }))
      const home = join(root, name)
      const folder = join(home, 'work')
      mkdirSync(join(folder, '.buildrunner'), { recursive: true })
      // What a server writes into the checkout that it is started in.
      const local = { apiUrl: baseUrl, graphqlUrl: `${baseUrl}/graphql`, apiKey, projectId: 'shop' }
      writeFileSync(join(folder, '.buildrunner', 'local.json'), JSON.stringify(local), { mode: 0o600 })
      return {
        folder, baseUrl, apiKey,
        environment: {
          PATH: [bin, join(ROOT, 'node_modules', '.bin'), process.env.PATH].join(':'), HOME: home, XDG_CONFIG_HOME: join(home, '.config'), LANG: 'C.UTF-8',
          NODE_OPTIONS: '--conditions=@buildrunner/source', BUILDRUNNER_BASE_URL: baseUrl, BUILDRUNNER_API_KEY: apiKey,
          GIT_AUTHOR_NAME: 'Ada', GIT_AUTHOR_EMAIL: email, GIT_COMMITTER_NAME: 'Ada', GIT_COMMITTER_EMAIL: email, GIT_CONFIG_GLOBAL: '/dev/null',
        },
      }
    },
    async close() {
      http.server.closeAllConnections()
      await http.close()
      cli.close()
      rmSync(root, { recursive: true, force: true })
    },
  }
}
