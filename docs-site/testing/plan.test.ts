/** The plan in the console: by keyboard, with others, and without network. */
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { flattenPlan } from '@buildrunner/sdk/plans'
import type { Plan } from '@buildrunner/sdk/plans'
import type { Page } from 'playwright-core'
import { afterEach, expect, test } from 'vitest'
import { axeViolations, describeInBrowser, openStage } from './stage.ts'
import { drained, rowOf } from './steps.ts'

const stage = await openStage()
const client = new BuildRunnerSDK({ baseUrl: stage.apiUrl, apiKey: stage.apiKey, projectId: stage.projectId })
const PLAN = `/console/#/p/${stage.projectId}/plan`

const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute('data-id') ?? null)
const itemOnServer = async (id: string) => {
  const { document } = await client.planning.getDocument().orThrow()
  return flattenPlan(document as Plan).items.get(id)?.fields
}

async function openPlan(): Promise<Page> {
  const page = await stage.open(PLAN)
  await rowOf(page, 'M-1').waitFor()
  await drained(page)
  return page
}

describeInBrowser('the plan in the console', () => {
  afterEach(() => stage.check())

  test('is walked, filtered and edited by keyboard alone', async () => {
    const page = await openPlan()
    const { keyboard } = page
    await rowOf(page, 'M-1').focus()
    await keyboard.press('ArrowDown')
    await keyboard.press('ArrowDown')
    expect(await focused(page)).toBe('T-1')
    await keyboard.press('End')
    expect(await focused(page)).toBe('M-2')
    await keyboard.press('Home')
    await keyboard.press('ArrowLeft')
    expect(await rowOf(page, 'M-1').getAttribute('aria-expanded')).toBe('false')
    await keyboard.press('ArrowDown')
    expect(await focused(page)).toBe('M-2')
    await keyboard.press('ArrowUp')
    await keyboard.press('ArrowRight')
    await keyboard.press('W') // type-ahead: "Write the guide"
    expect(await focused(page)).toBe('T-12')
    expect(await rowOf(page, 'T-12').evaluate((row) => ['aria-level', 'aria-posinset', 'aria-setsize'].map((name) => row.getAttribute(name)))).toEqual(['3', '2', '2'])

    await keyboard.press('F2')
    await keyboard.type('Write the handbook')
    await keyboard.press('Enter')
    await rowOf(page, 'T-12').getByText('Write the handbook').waitFor()
    expect(await focused(page)).toBe('T-12')
    await keyboard.press('s')
    await page.getByRole('menu').waitFor()
    await keyboard.press('ArrowDown')
    await keyboard.press('Enter')
    await rowOf(page, 'T-12').getByText('In progress').waitFor()
    await keyboard.press('t')
    await keyboard.type('2/4/8')
    await keyboard.press('Enter')
    await rowOf(page, 'T-12').getByText('2/4/8 h').waitFor()
    await keyboard.press('a')
    await keyboard.type('Proof-read')
    await keyboard.press('Enter')
    await page.getByRole('row').filter({ hasText: 'Proof-read' }).waitFor()
    await expect.poll(() => page.evaluate(() => (document.activeElement as HTMLInputElement | null)?.value)).toBe('')
    await keyboard.press('Escape')
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain('Proof-read')
    await keyboard.press('Alt+ArrowUp')
    await drained(page)
    expect(JSON.stringify(await client.planning.getDocument().orThrow())).toContain('Proof-read')
    expect(await itemOnServer('T-12')).toMatchObject({ title: 'Write the handbook', status: 'in_progress', estimate: { optimistic: 2, likely: 4, pessimistic: 8 } })

    await keyboard.press('Delete')
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).press('Enter')
    await page.getByRole('row').filter({ hasText: 'Proof-read' }).waitFor({ state: 'detached' })
    await expect.poll(() => focused(page)).not.toBeNull()
    await keyboard.press('Control+z')
    await page.getByRole('row').filter({ hasText: 'Proof-read' }).waitFor()

    await keyboard.press('/')
    await keyboard.type('handbook')
    await rowOf(page, 'M-2').waitFor({ state: 'detached' })
    await expect.poll(() => page.url()).toContain('q=handbook')
    await keyboard.press('Escape')
    await expect.poll(() => focused(page)).not.toBeNull()
    await keyboard.press('?')
    await page.getByRole('dialog', { name: 'Keyboard' }).waitFor()
    expect(await axeViolations(page)).toEqual([])
    await keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
  })

  test('shows at once what somebody else changes, marks it, and says so', async () => {
    const page = await openPlan()
    await client.planning.applyChanges({ changes: [{ op: 'update', id: 'M-2', set: { title: 'Gamma' } }] }).orThrow()
    await rowOf(page, 'M-2').getByText('Gamma').waitFor()
    await rowOf(page, 'M-2').getByText('changed').waitFor()
    await page.locator('[data-announcer]').getByText('Changed by somebody else: Gamma').waitFor()
    expect(await axeViolations(page)).toEqual([])
  })

  test('is loaded again, edited and loaded again without network, and sends what waited when it is back', async () => {
    const page = await openPlan()
    await page.evaluate(() => navigator.serviceWorker.ready)
    await page.reload()
    await rowOf(page, 'M-1').waitFor()
    const context = page.context()
    await context.setOffline(true)
    await page.reload()
    await page.locator('.connection[data-connection="offline"]').waitFor()
    await rowOf(page, 'T-1').focus()
    await page.keyboard.press('e')
    await page.keyboard.type('Home, made offline')
    await page.keyboard.press('Enter')
    await page.locator('.connection-count').getByText('1').waitFor()
    await page.reload()
    await rowOf(page, 'T-1').getByText('Home, made offline').waitFor()
    await page.locator('.connection-count').getByText('1').waitFor()
    expect((await itemOnServer('T-1'))?.title).toBe('Home')
    await context.setOffline(false)
    await drained(page)
    expect((await itemOnServer('T-1'))?.title).toBe('Home, made offline')
    expect(await page.evaluate(async () => (await Promise.all((await caches.keys()).map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))).flat().filter((path) => path.startsWith('/graphql') || path.startsWith('/v1')))).toEqual([])
  })

  test('leaves nothing on the device when one signs out, and asks first when something waits', async () => {
    const page = await openPlan()
    await page.evaluate(() => navigator.serviceWorker.ready)
    await page.context().setOffline(true)
    await rowOf(page, 'M-2').focus()
    await page.keyboard.press('F2')
    await page.keyboard.type('Never sent')
    await page.keyboard.press('Enter')
    await page.locator('.connection-count').getByText('1').waitFor()
    await page.locator('.person').click()
    await page.getByRole('menuitem', { name: 'Sign out' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Sign out and delete' }).click()
    await expect.poll(() => page.evaluate(async () => ({ databases: (await indexedDB.databases()).length, projects: Object.keys(localStorage).filter((key) => key.startsWith('buildrunner.project') || key === 'buildrunner.session').length }))).toEqual({ databases: 0, projects: 0 })
  })
})
