import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import type { Locator, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { startServer } from '../../sdk/test/server.ts'
import { servePage } from './serve.ts'

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']

const { apiUrl, apiKey, projectId } = await startServer()
const { url, server } = await servePage({ apiUrl, apiKey, projectId }, 0)
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
const sdk = new BuildRunnerSDK({ apiKey, projectId, baseUrl: apiUrl })

describe('the local server', () => {
  const settings = (headers: Record<string, string>) => fetch(`${url}settings.json`, { headers })

  test('gives the key to its own page', async () => {
    expect(await (await settings({ 'sec-fetch-site': 'same-origin' })).json()).toEqual({ apiUrl, apiKey, projectId })
  })

  test('gives nothing to another site, and says how to open the page', async () => {
    const refused = await settings({ 'sec-fetch-site': 'cross-site' })
    expect([refused.status, await refused.text()]).toEqual([403, expect.stringContaining('http://127.0.0.1')])
    expect(await (await settings({ 'sec-fetch-site': 'cross-site' })).text()).not.toContain(apiKey)
  })

  test('serves nothing but the page, which nobody may frame', async () => {
    const response = await fetch(url)
    expect(response.headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
    expect((await fetch(`${url}../serve.ts`)).status).toBe(404)
  })
})

describe('serve.ts', () => {
  const serve = fileURLToPath(new URL('serve.ts', import.meta.url))
  const start = (folder: string) => spawn(process.execPath, [serve], { env: { ...process.env, BUILDRUNNER_DATA_DIR: folder, PORT: '0' }, stdio: ['ignore', 'pipe', 'pipe'] })

  test('serves the page of the server that local.json names', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'react-page-'))
    writeFileSync(join(folder, 'local.json'), JSON.stringify({ apiUrl, apiKey, projectId }), { mode: 0o600 })
    const child = start(folder)
    try {
      const [line] = (await once(child.stdout, 'data')) as [Buffer]
      const address = /http:\/\/127\.0\.0\.1:\d+\//.exec(String(line))?.[0]
      expect(await (await fetch(`${address}main.js`)).text()).toContain('projectEvents')
    } finally {
      child.kill()
      rmSync(folder, { recursive: true })
    }
  })

  test('says what to do where no server was started', async () => {
    const child = start(join(tmpdir(), 'there-is-no-such-folder'))
    const [[text], [code]] = (await Promise.all([once(child.stderr, 'data'), once(child, 'exit')])) as [[Buffer], [number]]
    expect([String(text), code]).toEqual([expect.stringContaining('npm start'), 1])
  })
})

if (!existsSync(CHROMIUM)) console.warn(`NOT TESTED: there is no Chromium at ${CHROMIUM}, so the page was not opened. Set CHROMIUM_PATH to one.`)

describe.skipIf(!existsSync(CHROMIUM))('the page in Chromium', () => {
  let page: Page
  const profile = mkdtempSync(join(tmpdir(), 'react-page-'))
  let close: () => Promise<void>
  const faults: string[] = []
  beforeAll(async () => {
    const context = await chromium.launchPersistentContext(profile, { executablePath: CHROMIUM, args: ARGS })
    close = () => context.close()
    page = await context.newPage()
    page.setDefaultTimeout(60_000)
    page.on('pageerror', (error) => faults.push(String(error)))
    await page.goto(url)
  })
  afterAll(async () => {
    await close?.()
    rmSync(profile, { recursive: true, force: true })
  })

  const card = (name: string): Locator => page.getByRole('region', { name })
  const percent = (name: string, value: number): Promise<void> => card(name).getByText(`${value}%`, { exact: true }).waitFor()
  const statusOf = (key: string): Locator => page.getByRole('combobox', { name: `Status of ${key}`, exact: true })
  const becomes = (status: Locator, value: string): Promise<void> => status.and(page.locator(`[data-status=${value}]`)).waitFor()

  test('shows the progress of the plan, what is ready, and that it is live', async () => {
    await page.getByRole('heading', { level: 1, name: 'Website' }).waitFor()
    expect(await page.getByRole('progressbar', { name: 'Progress of Alpha' }).getAttribute('value')).toBe('50')
    await percent('Alpha', 50)
    await page.getByRole('button', { name: 'Start T-12' }).waitFor()
    await page.getByRole('status', { name: 'Connection' }).getByText('Live', { exact: true }).waitFor()
  })

  test('shows without a reload what another client changes', async () => {
    await sdk.planning.setStatus({ id: 'T-12', status: 'DONE' }).orThrow()
    await percent('Alpha', 100)
    await page.getByText('Everything is done.').waitFor()
    await sdk.planning.setStatus({ id: 'T-12', status: 'TODO' }).orThrow()
    await percent('Alpha', 50)
  })

  test('starts an item with the keyboard, on the server too, and keeps the focus in the list', async () => {
    await page.getByRole('button', { name: 'Start T-12' }).press('Enter')
    await page.getByText('T-12 is in progress.').waitFor({ state: 'attached' })
    const { data } = await sdk.planning.getItem({ id: 'T-12' })
    expect(data?.__typename === 'Microstep' && data.status).toBe('IN_PROGRESS')
    await page.getByRole('button', { name: 'Start T-12' }).waitFor({ state: 'detached' })
    expect(await page.locator(':focus').innerText()).toMatch(/^Ready/)
    await becomes(statusOf('T-12'), 'IN_PROGRESS')
  })

  test('shows a status before the server has answered', async () => {
    let answer = (): void => {}
    const held = new Promise<void>((resolve) => (answer = resolve))
    await page.route(`${apiUrl}/graphql`, async (route) => {
      if (route.request().postData()?.includes('SetStatus')) await held
      await route.continue()
    })
    await statusOf('T-12').selectOption('IN_REVIEW')
    await becomes(statusOf('T-12'), 'IN_REVIEW')
    const { data } = await sdk.planning.getItem({ id: 'T-12' })
    expect(data?.__typename === 'Microstep' && data.status).toBe('IN_PROGRESS')
    answer()
    await page.getByText('T-12 is in review.').waitFor({ state: 'attached' })
    await page.unroute(`${apiUrl}/graphql`)
  })

  test('takes a status back that the server refuses, and says why and what to do', async () => {
    await sdk.projects.archive({ archived: true }).orThrow()
    await statusOf('T-12').selectOption('DONE')
    await page.getByRole('alert').getByText(/archived/i).first().waitFor()
    await becomes(statusOf('T-12'), 'IN_REVIEW')
    await page.getByRole('button', { name: 'Dismiss' }).click()
    expect(await page.getByRole('alert').count()).toBe(0)
    await sdk.projects.archive({ archived: false }).orThrow()
  })

  describe('a comment', () => {
    const comments = (): Locator => page.getByRole('list', { name: 'Comments' }).getByRole('listitem')
    const field = (): Locator => page.getByRole('textbox', { name: 'Comment on T-1', exact: true })
    const say = async (text: string): Promise<void> => {
      await field().fill(text)
      await page.getByRole('button', { name: 'Send' }).click()
    }
    const onServer = async (): Promise<(string | null)[]> => (await sdk.comments.list({ itemId: 'T-1' }).toArray()).map(({ body }) => body)

    test('is shown before the server has answered, and becomes what the server says, once', async () => {
      let answer = (): void => {}
      const held = new Promise<void>((resolve) => (answer = resolve))
      await page.route(`${apiUrl}/graphql`, async (route) => {
        if (route.request().postData()?.includes('AddComment')) await held
        await route.continue()
      })
      await say('Looks **good**')
      await comments().getByText('sending …').waitFor()
      expect([await comments().getByText('Looks **good**').count(), await field().inputValue(), await onServer()]).toEqual([1, '', []])
      answer()
      await comments().locator('strong', { hasText: 'good' }).waitFor()
      await comments().getByText('sending …').waitFor({ state: 'detached' })
      await page.unroute(`${apiUrl}/graphql`)
      expect([await comments().count(), await onServer()]).toEqual([1, ['Looks **good**']])
    })

    test('of another client comes without a reload', async () => {
      await sdk.comments.add({ itemId: 'T-1', body: 'From elsewhere <img src=x onerror=fail()>' }).orThrow()
      await comments().getByText('From elsewhere').waitFor()
      expect(await comments().count()).toBe(2)
    })

    test('that the server refuses is taken back, says why, and leaves its text to be sent again', async () => {
      await sdk.projects.archive({ archived: true }).orThrow()
      await say('Too late')
      await page.getByRole('alert').getByText(/archived/i).first().waitFor()
      expect([await comments().count(), await field().inputValue()]).toEqual([2, 'Too late'])
      await sdk.projects.archive({ archived: false }).orThrow()
      await page.getByRole('button', { name: 'Dismiss' }).click()
      await page.getByRole('button', { name: 'Send' }).click()
      await comments().getByText('Too late').waitFor()
      expect(await field().inputValue()).toBe('')
    })
  })

  test('has raised no error of its own', () => {
    expect(faults).toEqual([])
  })
})
