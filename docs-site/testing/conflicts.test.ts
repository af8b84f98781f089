/** Conflicts decided by keyboard with a preview of what that does, and the queue of a device. */
import { randomUUID } from 'node:crypto'
import { BuildRunnerSDK } from '@buildrunner/sdk'
import type { PlanChange } from '@buildrunner/sdk/plans'
import type { Page } from 'playwright-core'
import { beforeEach, expect, test } from 'vitest'
import { PHONE, axeViolations, describeInBrowser, eventually, openStage } from './stage.ts'
import { drained, goTo, rowOf } from './steps.ts'

const stage = await openStage()
const organisation = new BuildRunnerSDK({ baseUrl: stage.apiUrl, apiKey: stage.apiKey })
let shops = 0
let slug: string
let client: BuildRunnerSDK

const titled = (id: string, title: string): PlanChange => ({ op: 'update', id, set: { title } })

/** A project of its own, in which two devices have changed the same titles. */
beforeEach(async () => {
  const { project } = await organisation.projects.create({ name: 'Shop', slug: `shop-${++shops}` }).orThrow()
  slug = project.slug
  client = new BuildRunnerSDK({ baseUrl: stage.apiUrl, apiKey: stage.apiKey, projectId: project.id })
  const microsteps = [{ id: 'T-1', title: 'One', acceptanceCriteria: [{ id: 'C-1', text: 'It works.' }] }, { id: 'T-2', title: 'Two', dependsOn: ['T-1'] }]
  await client.planning.importPlan({ document: { version: 1, project: { name: 'Shop' }, milestones: [{ id: 'M-1', title: 'M', steps: [{ id: 'S-1', title: 'S', microsteps }] }] } }).orThrow()
  for (const side of ['theirs', 'mine']) {
    const writes = [['T-1', 'One'], ['T-2', 'Two']].map(([id = '', title = ''], index) => ({ number: index + 1, changes: [titled(id, `${title}, ${side}`)], base: [titled(id, title)] }))
    await client.sync.push({ replicaId: randomUUID(), baseSequence: 2, writes }).orThrow()
  }
})

const titleOf = async (id: string): Promise<string | undefined> => ((await client.planning.getItem({ id })).data as { title?: string } | undefined)?.title
const openSync = (options: Parameters<typeof stage.open>[1] = {}): Promise<Page> => stage.open(`/console/#/p/${slug}/sync`, options)
const card = (page: Page, key: string) => page.getByRole('article', { name: key })

describeInBrowser('conflicts', () => {
  test('are decided by keyboard: the choice shows what it does, and the focus goes on to the next one', async () => {
    const page = await openSync()
    await card(page, 'T-1').getByText('What stands?').waitFor()
    expect(await card(page, 'T-1').locator('ins').allTextContents()).toEqual([', mine', ', theirs'])
    await card(page, 'T-1').getByRole('radio').first().focus()
    await page.keyboard.press('Space')
    await card(page, 'T-1').getByText('Change T-1: Title').waitFor()
    await card(page, 'T-1').getByText('1 acceptance criterion to look at again').waitFor()
    await card(page, 'T-1').getByText('1 item depends on it').waitFor()
    expect(await titleOf('T-1')).toBe('One, theirs')
    await page.keyboard.press('Enter')
    await card(page, 'T-1').waitFor({ state: 'detached' })
    expect(await titleOf('T-1')).toBe('One, mine')
    await eventually(() => page.evaluate(() => document.activeElement?.textContent)).toContain('T-2')
    await page.getByRole('button', { name: 'Take the change back' }).click()
    await eventually(() => titleOf('T-1')).toBe('One, theirs')
    await page.getByRole('tab', { name: 'Decided' }).click()
    await page.getByRole('row').filter({ hasText: 'The device’s change' }).waitFor()
    stage.check()
    await page.context().close()
  })

  test('take a value of one’s own', async () => {
    const page = await openSync()
    await card(page, 'T-2').getByRole('radio', { name: 'Something else' }).check()
    await card(page, 'T-2').getByLabel('What it should say').fill('Two, ours')
    await card(page, 'T-2').getByText('Change T-2: Title').waitFor()
    await card(page, 'T-2').getByRole('button', { name: 'Decide' }).click()
    await card(page, 'T-2').waitFor({ state: 'detached' })
    expect(await titleOf('T-2')).toBe('Two, ours')
    stage.check()
    await page.context().close()
  })

  test('are decided together, after a question', async () => {
    const page = await openSync()
    await page.getByRole('checkbox', { name: 'All 2 conflicts' }).check()
    await page.getByRole('button', { name: 'Keep your changes in 2 conflicts' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Decide' }).click()
    await page.getByText('Nothing to decide').waitFor()
    expect([await titleOf('T-1'), await titleOf('T-2')]).toEqual(['One, mine', 'Two, mine'])
    stage.check()
    await page.context().close()
  })

  test('between two texts of a comment are decided as well', async () => {
    const { comment } = await client.comments.add({ itemId: 'T-1', body: 'First' }).orThrow()
    const page = await stage.open(`/console/#/p/${slug}/plan/T-1?tab=comments`)
    await page.getByText('Connected').waitFor()
    const shown = page.getByRole('complementary').getByRole('article')
    await shown.getByText('First').waitFor()
    await page.context().setOffline(true)
    await shown.getByRole('button', { name: /^More about/ }).click()
    await page.getByRole('menuitem', { name: 'Edit comment' }).click()
    await shown.getByRole('textbox').fill('First, mine')
    await page.keyboard.press('Control+Enter')
    await shown.getByText('Waiting to be sent').waitFor()
    await client.comments.edit({ commentId: comment.id, body: 'First, theirs' }).orThrow()
    await page.context().setOffline(false)
    await goTo(page, `#/p/${slug}/sync/conflicts`)
    const conflict = page.getByRole('article').filter({ hasText: 'The text of a comment was changed twice' })
    await conflict.getByRole('radio', { name: 'Your change' }).check()
    await conflict.getByRole('button', { name: 'Decide' }).click()
    await eventually(async () => (await client.comments.get({ commentId: comment.id })).data?.body).toBe('First, mine')
    stage.check()
    await page.context().close()
  })

  test('axe finds nothing, on a phone too', async () => {
    for (const look of [{ theme: 'light' }, { theme: 'dark', viewport: PHONE }] as const) {
      const page = await openSync(look)
      await card(page, 'T-1').getByRole('radio', { name: 'Something else' }).check()
      await card(page, 'T-1').getByText('Change T-1: Title').waitFor()
      expect(await axeViolations(page)).toEqual([])
      stage.check()
      await page.context().close()
    }
  })
})

describeInBrowser('the queue', () => {
  const RULES = (rules: readonly string[]): string => `version: 1\nrules:\n${rules.map((id) => `  - { id: ${id}, when: [plan.status.set], condition: item.status == 'cancelled', effect: block, message: ${id} forbids it. }\n`).join('')}`

  /** T-1 is given up in the plan, which the rules refuse; then the queue. */
  async function openRefused(options: Parameters<typeof stage.open>[1] = {}): Promise<Page> {
    const page = await stage.open(`/console/#/p/${slug}/plan`, options)
    await drained(page)
    await rowOf(page, 'T-1').focus()
    await page.keyboard.press('s')
    await page.getByRole('menuitem', { name: 'Cancelled' }).or(page.getByRole('menuitemradio', { name: 'Cancelled' })).press('Enter')
    await page.locator('.connection-count.bad').waitFor()
    await goTo(page, `#/p/${slug}/sync/queue`)
    await page.getByRole('heading', { name: '1 write was refused' }).waitFor()
    return page
  }
  const statusOf = async (id: string): Promise<unknown> => ((await client.planning.getItem({ id })).data as { status?: unknown } | undefined)?.status

  test('sends what a rule refused in spite of it, with a reason, and tells where another rule refuses it too', async () => {
    await client.governance.apply({ text: RULES(['freeze', 'no-cancel']), reason: 'We begin' }).orThrow()
    const page = await openRefused()
    await page.getByRole('button', { name: 'Send with a reason' }).click()
    const dialog = page.getByRole('dialog')
    const reason = dialog.getByLabel('Reason')
    await dialog.getByRole('button', { name: 'Send', exact: true }).click()
    await dialog.getByText('Say why.').waitFor()
    expect(await axeViolations(page)).toEqual([])
    await reason.fill('Ticket 4711')
    await dialog.getByRole('button', { name: 'Send', exact: true }).click()
    await dialog.getByText('It was refused again').waitFor()
    await dialog.getByText('The rule no-cancel refused this.').waitFor()
    expect(await statusOf('T-1')).toBe('TODO')
    await dialog.getByRole('button', { name: 'Send', exact: true }).click()
    await dialog.waitFor({ state: 'detached' })
    await page.locator('[data-announcer]', { hasText: 'Sent in spite of the rule no-cancel.' }).waitFor({ state: 'attached' })
    await page.getByText('Everything has reached the server').waitFor()
    expect(await page.evaluate(() => document.activeElement?.className)).toBe('sync-queue')
    expect(await statusOf('T-1')).toBe('CANCELLED')
    const events = await client.events.list({ since: 0 }).toArray()
    expect(events.find(({ kind }) => kind === 'policy.overridden')?.data).toMatchObject({ reason: 'Ticket 4711', rules: [{ rule: 'freeze' }, { rule: 'no-cancel' }] })
    stage.check()
    await page.context().close()
  })

  test('tells what waits and what was refused, and drops it after a question', async () => {
    const page = await stage.open(`/console/#/p/${slug}/sync/queue`)
    await page.getByText('Everything has reached the server').waitFor()
    await goTo(page, `#/p/${slug}/plan/T-2?tab=comments`)
    await page.getByText('Connected').waitFor()
    await page.getByText('No comments yet').waitFor()
    await page.context().setOffline(true)
    await page.getByRole('textbox', { name: 'Write a comment' }).fill('Too late')
    await page.keyboard.press('Control+Enter')
    await page.getByText('Waiting to be sent').waitFor()
    await goTo(page, `#/p/${slug}/sync/queue`)
    await page.getByText('Comment on T-2').waitFor()
    await client.planning.applyChanges({ changes: [{ op: 'remove', id: 'T-2' }] }).orThrow()
    await page.context().setOffline(false)
    await page.getByRole('heading', { name: '1 write was refused' }).waitFor()
    await page.getByRole('link', { name: 'NOT_FOUND' }).waitFor()
    await page.getByRole('button', { name: 'Drop' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Drop' }).click()
    await page.getByText('Everything has reached the server').waitFor()
    stage.check()
    await page.context().close()
  })
})
