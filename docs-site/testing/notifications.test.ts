/** The notification centre: what somebody does in one place arrives in another, and leads to where it happened. */
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { expect, test } from 'vitest'
import { PHONE, axeViolations, describeInBrowser, eventually, openStage } from './stage.ts'

const stage = await openStage({ notifies: true })
const graceKey = await stage.administrator('Grace')
const ada = new BuildRunnerSDK({ baseUrl: stage.apiUrl, apiKey: stage.apiKey, projectId: stage.projectId })
const grace = new BuildRunnerSDK({ baseUrl: stage.apiUrl, apiKey: graceKey, projectId: stage.projectId })

const openCentre = (options: Parameters<typeof stage.open>[1] = {}, tab = '') => stage.open(`/console/#/notifications${tab}`, { apiKey: graceKey, ...options })

describeInBrowser('the notification centre', () => {
  test('shows a mention as it happens, leads to its thread, and knows that it was read', async () => {
    const page = await openCentre()
    await page.getByText('Nothing to tell you yet').waitFor()
    await ada.comments.add({ itemId: 'T-12', body: '@Grace please **look**' }).orThrow()
    const link = page.getByRole('link', { name: 'Ada mentioned you on T-12' })
    await link.waitFor()
    await page.locator('[data-announcer]', { hasText: 'Ada mentioned you on T-12' }).waitFor({ state: 'attached' })
    await page.getByRole('navigation').getByText('1 unread notification').waitFor({ state: 'attached' })
    await link.click()
    const comment = page.getByRole('article', { name: 'Comment by Ada' })
    await comment.waitFor()
    await eventually(() => comment.evaluate((element) => element === document.activeElement)).toBe(true)
    await page.getByText('1 unread notification').waitFor({ state: 'detached' })
    expect((await grace.notifications.list({ unread: true })).data?.totalCount).toBe(0)
    stage.check()
    await page.context().close()
  })

  test('filters, and marks one or all as read', async () => {
    await grace.notifications.watch({ itemId: 'T-1' }).orThrow()
    await ada.comments.add({ itemId: 'T-1', body: '@Grace again' }).orThrow()
    await ada.planning.applyChanges({ changes: [{ op: 'update', id: 'T-1', set: { status: 'in_review' } }] }).orThrow()
    const page = await openCentre()
    const row = page.getByRole('listitem').filter({ hasText: 'changed the status of T-1' })
    await row.waitFor()
    await page.getByLabel('Priority').selectOption('HIGH')
    await row.waitFor({ state: 'detached' })
    await page.getByLabel('Priority').selectOption('')
    await row.getByRole('button', { name: /^Mark as read/ }).click()
    await row.getByRole('button', { name: /^Mark as unread/ }).waitFor()
    await page.getByRole('checkbox', { name: 'Unread only' }).check()
    await row.waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Mark all as read' }).click()
    await page.getByText('Nothing matches the filter').waitFor()
    expect((await grace.notifications.list()).data?.unreadCount).toBe(0)
    stage.check()
    await page.context().close()
  })

  test('keeps what is mailed, and ends what is watched', async () => {
    await grace.notifications.watch({ itemId: 'T-1' }).orThrow()
    const page = await openCentre({}, '/mail')
    await page.getByLabel('Normal').selectOption('OFF')
    await eventually(async () => (await grace.notifications.settings()).data?.normal).toBe('OFF')
    await page.getByRole('tab', { name: 'Watching and muted' }).click()
    const row = page.getByRole('row', { name: 'T-1 Website' })
    await row.getByRole('button', { name: 'Stop watching' }).click()
    await row.waitFor({ state: 'detached' })
    expect((await grace.notifications.interests()).data?.map(({ itemKey }) => itemKey)).not.toContain('T-1')
    stage.check()
    await page.context().close()
  })

  test('axe finds nothing, on a phone too', async () => {
    for (const look of [{ theme: 'dark' }, { theme: 'light', viewport: PHONE }] as const) {
      const page = await openCentre(look)
      await page.getByRole('listitem').filter({ hasText: 'mentioned you' }).first().waitFor()
      expect(await axeViolations(page)).toEqual([])
      stage.check()
      await page.context().close()
    }
  })
})
