/** Try-It and live samples, in a real browser against a real server. */
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { afterEach, expect, test } from 'vitest'
import type { Locator, Page } from 'playwright-core'
import { PHONE, axeViolations, describeInBrowser, openStage } from './stage.ts'

const stage = await openStage()
const client = new BuildRunnerSDK({ apiKey: stage.apiKey, baseUrl: stage.apiUrl, projectId: stage.projectId })
afterEach(() => stage.check())

async function connect(form: Locator, key = stage.apiKey): Promise<void> {
  await form.getByLabel('API key').fill(key)
  await form.getByLabel('Project', { exact: true }).fill(stage.projectId)
}

async function openTryIt(page: Page, operation: string): Promise<Locator> {
  const island = page.locator('br-try-it', { has: page.getByRole('button', { name: `Try it: ${operation}`, exact: true }) })
  await island.getByRole('button', { name: /^Try it/ }).press('Enter')
  const form = island.locator('form')
  await form.waitFor()
  return form
}

const settled = (form: Locator): Promise<void> => form.locator('.status.good, .status.bad').waitFor()

describeInBrowser('Try-It', () => {
  test('sends the request that it shows, and shows what the server answers', async () => {
    const page = await stage.open('/reference/rest/projects/', { apiKey: null })
    const form = await openTryIt(page, 'projects.list')
    await connect(form)
    await form.getByRole('button', { name: 'Send' }).click()
    await settled(form)
    expect(await form.getByRole('status').textContent()).toMatch(/^200 OK in \d+ ms$/)
    expect(JSON.parse((await form.getByLabel('Answer', { exact: true }).textContent()) ?? '')).toMatchObject({ projects: [{ slug: 'website' }] })
    expect(await form.locator('details').textContent()).toContain('x-request-id')
  })

  test('explains a problem, and says what must be filled in', async () => {
    const page = await stage.open('/reference/rest/comments/', { apiKey: null })
    const form = await openTryIt(page, 'comments.get')
    await connect(form)
    await form.getByLabel('comment_id').fill('')
    await form.getByRole('button', { name: 'Send' }).click()
    expect(await form.getByRole('status').textContent()).toBe('Fill in comment_id.')
    expect(await form.getByLabel('comment_id').evaluate((input) => input === document.activeElement)).toBe(true)
    await form.getByLabel('comment_id').fill('cmt_01a2008b71a07f2ebe4265f046903171')
    await form.getByRole('button', { name: 'Send' }).click()
    await settled(form)
    expect(await form.getByRole('link', { name: /NOT_FOUND/ }).getAttribute('href')).toBe('/troubleshooting/not-found/')
  })

  test('writes with the body that was edited, and refuses one that is no JSON', async () => {
    const page = await stage.open('/reference/rest/comments/', { apiKey: null })
    const form = await openTryIt(page, 'comments.add')
    await connect(form)
    const body = form.getByLabel('Body (JSON)')
    expect(JSON.parse(await body.inputValue())).toMatchObject({ project_id: stage.projectId })
    await body.fill('{ "project_id": ')
    await form.getByRole('button', { name: 'Send' }).click()
    expect(await form.getByRole('status').textContent()).toMatch(/^The body is not JSON/)
    await body.fill(JSON.stringify({ project_id: stage.projectId, item_id: 'T-12', body: 'From the reference.' }))
    await form.getByRole('button', { name: 'Send' }).click()
    await settled(form)
    expect(await form.getByRole('status').textContent()).toMatch(/^201 /)
    const { data } = await client.comments.list({ projectId: stage.projectId, itemId: 'T-12' })
    expect(data?.comments.map((comment) => comment.body)).toContain('From the reference.')
  })

  test('keeps server and key in the tab alone', async () => {
    const page = await stage.open('/reference/rest/projects/', { apiKey: null })
    await connect(await openTryIt(page, 'projects.list'), 'br_secret')
    await page.reload()
    expect(await (await openTryIt(page, 'projects.list')).getByLabel('API key').inputValue()).toBe('br_secret')
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage }) + document.cookie)).not.toContain('br_secret')
  })

  test('has no fault for assistive technology, wide and on a phone', async () => {
    const page = await stage.open('/reference/rest/projects/', { apiKey: null, theme: 'dark', viewport: PHONE })
    await openTryIt(page, 'projects.create')
    expect(await axeViolations(page)).toEqual([])
  })
})

describeInBrowser('a live sample', () => {
  async function openSample(theme: 'light' | 'dark' = 'light'): Promise<{ page: Page; form: Locator; run(code: string): Promise<string> }> {
    const page = await stage.open('/reference/sdk/projects/', { apiKey: null, theme })
    await page.getByRole('button', { name: 'Edit and run' }).first().click()
    const form = page.locator('br-live form').first()
    await connect(form)
    return {
      page, form,
      async run(code) {
        await form.getByLabel('Code').fill(code)
        await form.getByRole('button', { name: 'Run', exact: true }).click()
        await settled(form)
        return (await form.getByLabel('Output').textContent()) ?? ''
      },
    }
  }

  test('runs the real SDK against the server of the reader', async () => {
    const { form, run } = await openSample()
    expect(await form.getByLabel('Code').inputValue()).toContain("import { BuildRunnerSDK } from '@buildrunner/sdk'")
    expect(await run("import { flattenPlan } from '@buildrunner/sdk/plans'\nfor await (const project of client.projects.list()) console.log(project.slug, typeof flattenPlan)")).toBe('website function\n')
    expect(await form.getByRole('status').textContent()).toMatch(/^Done in \d+ ms\.$/)
  })

  test('changes nothing unless it may', async () => {
    const { form, run } = await openSample()
    const code = "const { project } = await client.projects.create({ name: 'From a sample' }).orThrow()\nconsole.log(project.slug)"
    await run(code)
    expect(await form.getByRole('status').textContent()).toMatch(/^The sample wants to change something/)
    expect((await client.projects.list()).data?.projects.map(({ slug }) => slug)).not.toContain('from-a-sample')
    await form.getByLabel(/Let it change/).check()
    expect(await run(code)).toBe('from-a-sample\n')
  })

  test('shows an error with the way to its explanation, and a slip of the code', async () => {
    const { form, run } = await openSample()
    expect(await run("await client.projects.get({ projectId: 'nowhere' }).orThrow()")).toMatch(/^NotFoundError NOT_FOUND: /)
    expect(await form.getByRole('link', { name: /NOT_FOUND/ }).getAttribute('href')).toBe('/troubleshooting/not-found/')
    expect(await run('const = 1')).toMatch(/SyntaxError/)
    expect(await run("import fs from 'node:fs'")).toMatch(/node:fs is not here/)
  })

  test('ends when it is stopped', async () => {
    const { form } = await openSample()
    await form.getByLabel('Code').fill('for (;;) await new Promise((resolve) => setTimeout(resolve, 10))')
    await form.getByRole('button', { name: 'Run', exact: true }).click()
    await form.getByRole('button', { name: 'Stop' }).click()
    expect(await form.getByRole('status').textContent()).toBe('Stopped.')
    expect(await form.getByRole('button', { name: 'Run', exact: true }).isEnabled()).toBe(true)
  })

  test('has no fault for assistive technology', async () => {
    const { page } = await openSample('dark')
    expect(await axeViolations(page)).toEqual([])
  })
})

describeInBrowser('tabs of code', () => {
  test('remember the language over pages, and show the first without script', async () => {
    const page = await stage.open('/reference/rest/projects/', { apiKey: null })
    await page.getByRole('tab', { name: 'curl' }).first().click()
    await page.goto(`${stage.apiUrl}/reference/sdk/projects/`)
    expect(await page.getByRole('tab', { name: 'curl', selected: true }).count()).toBeGreaterThan(3)
    const context = await stage.browser.newContext({ javaScriptEnabled: false })
    const plain = await context.newPage()
    await plain.goto(`${stage.apiUrl}/reference/rest/projects/`)
    expect(await plain.locator('[role=tabpanel]').first().isVisible()).toBe(true)
    expect(await plain.getByText('Try it').first().isVisible()).toBe(false)
    await context.close()
  })
})
