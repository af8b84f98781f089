/** Views of a plan beside the tree: graph, timeline, paper; and what people see who may not do everything, or have no plan yet. */
import { BuildRunnerSDK } from '@buildrunner/sdk'
import type { Plan } from '@buildrunner/sdk'
import type { Page } from 'playwright-core'
import { afterEach, beforeAll, expect, test } from 'vitest'
import { PRESETS } from '../src/console/views/keys/scopes.ts'
import { axeViolations, describeInBrowser, eventually, openStage } from './stage.ts'
import { drained, goTo, rowOf } from './steps.ts'

const stage = await openStage()
const client = new BuildRunnerSDK({ baseUrl: stage.apiUrl, apiKey: stage.apiKey })
/** Pages of the test: closed after it. */
const opened: Page[] = []
const open = async (...[path, options]: Parameters<typeof stage.open>): Promise<Page> => {
  const page = await stage.open(`/console/${path}`, options)
  opened.push(page)
  return page
}
const focused = (page: Page): Promise<string | null | undefined> => page.evaluate(() => document.activeElement?.getAttribute('data-key'))

const MANY = 150
/** Two ways to the end, of which one is longer; and more rows than fit on a screen. */
const PLAN: Plan = {
  version: 1,
  project: { name: 'House' },
  milestones: [
    {
      id: 'M-1', title: 'Walls', steps: [{
        id: 'S-1', title: 'Build', microsteps: [
          { id: 'dig', title: 'Dig', estimate: 8 },
          { id: 'lay', title: 'Lay bricks', estimate: 40, dependsOn: ['dig'] },
          { id: 'order', title: 'Order paint', estimate: 2, dependsOn: ['dig'] },
          { id: 'paint', title: 'Paint', estimate: 8, dependsOn: ['lay', 'order'] },
        ],
      }],
    },
    { id: 'M-2', title: 'Snags', steps: [{ id: 'S-2', title: 'List', microsteps: Array.from({ length: MANY }, (_, index) => ({ id: `snag-${index}`, title: `Snag ${index}`, estimate: 0.1 })) }] },
  ],
}

/** A key of Ada's that reads, and nothing else. */
let readKey: string
beforeAll(async () => {
  const { project } = await client.projects.create({ name: 'House', slug: 'house' }).orThrow()
  await client.planning.importPlan({ projectId: project.id, document: PLAN }).orThrow()
  await client.projects.create({ name: 'Empty', slug: 'empty' }).orThrow()
  readKey = (await client.keys.create({ name: 'Wallboard', scopes: [...PRESETS.read] }).orThrow()).secret ?? ''
})
afterEach(async () => {
  for (const page of opened.splice(0)) await page.context().close()
  stage.check()
})

describeInBrowser('the dependencies', () => {
  test('mark the critical path, in the drawing, in words and in the table', async () => {
    const page = await open('#/p/house/graph?within=M-1')
    const items = page.getByRole('list', { name: /^Items/ })
    await items.getByRole('link').first().waitFor()
    expect(await items.locator('[data-critical]').evaluateAll((links) => links.map((link) => link.getAttribute('data-key')))).toEqual(['dig', 'lay', 'paint'])
    expect(await items.getByRole('link', { name: 'on the critical path' }).count()).toBe(3)
    expect(await page.locator('.graph-edge[data-critical]').count()).toBe(2)
    await page.getByText('4 items with 4 dependencies; 3 are on the critical path.').waitFor()
    await page.locator('.figure summary').press('Enter')
    const table = page.getByRole('table', { name: 'Who waits for whom' })
    expect(await table.getByRole('row').filter({ hasText: 'yes' }).allTextContents()).toEqual([expect.stringMatching(/Lay bricks.*Dig/), expect.stringMatching(/Paint.*Lay bricks/)])
    expect(await axeViolations(page)).toEqual([])
  })

  test('are followed by arrow keys from one stop of the tab key, and lead to the plan', async () => {
    const page = await open('#/p/house/graph?within=M-1')
    const items = page.getByRole('list', { name: /^Items/ })
    await items.getByRole('link').first().waitFor()
    expect(await items.locator('[tabindex="0"]').count()).toBe(1)
    await items.locator('[data-key="dig"]').focus()
    await page.keyboard.press('ArrowRight')
    const second = await focused(page)
    expect(['lay', 'order']).toContain(second)
    await page.keyboard.press(second === 'lay' ? 'ArrowDown' : 'ArrowUp')
    await page.keyboard.press(second === 'lay' ? 'ArrowUp' : 'ArrowDown')
    expect(await focused(page)).toBe(second)
    await page.keyboard.press('ArrowRight')
    expect(await focused(page)).toBe('paint')
    expect(await items.locator('[tabindex="0"]').getAttribute('data-key')).toBe('paint')
    await page.keyboard.press('Enter')
    await page.getByRole('complementary').getByRole('heading', { name: 'Paint' }).waitFor()
  })
})

describeInBrowser('the timeline', () => {
  test('has a row for each item, and tells what another estimate would do to the end', async () => {
    const page = await open('#/p/house/timeline?level=microstep&within=M-1')
    const items = page.getByRole('list', { name: 'Items' })
    await items.getByRole('button').first().waitFor()
    const titles = await items.locator('button > span:not([aria-hidden]):not(.visually-hidden)').allTextContents()
    expect(titles).toEqual(['Walls', 'Build', 'Dig', 'Lay bricks', 'Order paint', 'Paint'])
    await items.getByRole('button', { name: /^Lay bricks/ }).press('Enter')
    const chosen = page.getByRole('region', { name: 'Lay bricks' })
    await chosen.getByText('on the critical path').waitFor()
    const hours = chosen.getByLabel('What if it took this long')
    await hours.fill('64')
    await chosen.getByText(/^Everything is finished .+ days later/).waitFor()
    await hours.fill('many')
    await chosen.getByText('Hours are a number').waitFor()
    await hours.fill('8')
    await chosen.getByText(/^Everything is finished .+ days earlier/).waitFor()
    expect(await axeViolations(page)).toEqual([])
    await chosen.getByRole('button', { name: 'Keep this estimate' }).click()
    await eventually(async () => (await client.planning.getItem({ projectId: 'house', id: 'lay' })).data).toMatchObject({ estimate: { expected: 8 } })
  })

  test('of a plan that is partly done shows what is left, and everything when it is asked for', async () => {
    const { project } = await client.projects.create({ name: 'Shed', slug: 'shed' }).orThrow()
    const microsteps = [{ id: 'floor', title: 'Floor', status: 'done' as const }, { id: 'roof', title: 'Roof', estimate: 4 }]
    await client.planning.importPlan({ projectId: project.id, document: { version: 1, project: { name: 'Shed' }, milestones: [{ id: 'M-9', title: 'Shed', steps: [{ id: 'S-9', title: 'All', microsteps }] }] } }).orThrow()
    const page = await open('#/p/shed/timeline?level=microstep')
    const items = page.getByRole('list', { name: 'Items' })
    await items.getByRole('button', { name: /^Roof/ }).waitFor()
    expect(await items.getByRole('button', { name: /^Floor/ }).count()).toBe(0)
    await page.getByLabel('Show').selectOption('Everything')
    await items.getByRole('button', { name: /^Floor ?, done/ }).waitFor()
  })
})

describeInBrowser('on paper', () => {
  test('the plan has all its rows, and nothing to press', async () => {
    const page = await open('#/p/house/plan')
    await rowOf(page, 'M-1').waitFor()
    await page.getByRole('button', { name: 'Unfold all' }).click()
    await rowOf(page, 'dig').waitFor()
    expect(await page.locator('.plan-body [role="row"]').count()).toBeLessThan(MANY)
    await page.emulateMedia({ media: 'print' })
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')))
    const printed = page.locator('.plan-print')
    await printed.waitFor()
    expect(await printed.locator('tbody tr').count()).toBe(MANY + 8)
    await printed.getByText(`Snag ${MANY - 1}`).waitFor()
    expect(await page.getByRole('navigation').locator('visible=true').count()).toBe(0)
    expect(await page.locator('button:visible, input:visible, select:visible').count()).toBe(0)
    await page.evaluate(() => dispatchEvent(new Event('afterprint')))
    await printed.waitFor({ state: 'detached' })
  })
})

describeInBrowser('somebody who may only read', () => {
  test('sees the plan with a word on it, and nothing that edits', async () => {
    const page = await open('#/p/website/plan', { apiKey: readKey })
    await rowOf(page, 'T-12').waitFor()
    await page.getByText('Read only').waitFor()
    expect(await page.getByRole('treegrid').getAttribute('aria-readonly')).toBe('true')
    expect(await page.getByRole('button', { name: /New milestone|^Status:/ }).count()).toBe(0)
    await rowOf(page, 'T-12').focus()
    await page.keyboard.press('F2')
    await page.keyboard.press('Delete')
    await page.keyboard.press('s')
    await page.locator('[data-announcer]', { hasText: 'You may not change this plan.' }).waitFor({ state: 'attached' })
    expect(await page.locator('.inline-input, [role=dialog], [role=menu]').count()).toBe(0)
    await page.keyboard.press('Enter')
    const inspector = page.getByRole('complementary')
    await inspector.getByRole('tablist').waitFor()
    expect(await inspector.getByRole('button', { name: 'Edit' }).count()).toBe(0)
    await inspector.getByRole('tab', { name: 'Comments' }).click()
    await inspector.getByText('No comments yet').waitFor()
    expect(await inspector.getByRole('textbox').count()).toBe(0)
    expect(await axeViolations(page)).toEqual([])
  })

  test.each(['#/members', '#/audit', '#/keys'])('is told at %s which permission it needs', async (path) => {
    const page = await open(path, { apiKey: readKey })
    await page.getByText('You may not see this').waitFor()
    await page.getByText(/(members|audit|keys)\.read/).waitFor()
    expect(await axeViolations(page)).toEqual([])
  })

  test('is told that a project without a plan has to be begun by somebody else', async () => {
    const page = await open('#/p/empty/plan', { apiKey: readKey })
    await page.getByText('Somebody who may write the plan has to begin it.').waitFor()
    expect(await page.getByRole('main').getByRole('button').count()).toBe(0)
  })
})

describeInBrowser('a project without a plan', () => {
  test('is begun from a template', async () => {
    const page = await open('#/p/empty/plan')
    await page.getByText('This project has no plan yet').waitFor()
    const template = page.getByLabel('Template')
    await eventually(() => template.locator('option').count()).toBeGreaterThan(3)
    expect(await axeViolations(page)).toEqual([])
    await template.selectOption('ci')
    await page.getByRole('button', { name: 'Use it' }).click()
    await page.getByRole('treegrid').getByRole('row').nth(1).waitFor()
    await drained(page)
    await goTo(page, '#/p/empty/graph')
    await page.getByRole('heading', { name: 'Dependencies' }).waitFor()
  })
})

describeInBrowser('a page whose code does not arrive', () => {
  test('says so once, and is there when it is asked for again', async () => {
    const page = await open('#/projects')
    await page.getByRole('heading', { name: 'Projects' }).waitFor()
    let refused = 0
    await page.context().route(/\/_astro\/keys\.[^/]+\.js$/, (route) => (refused++, route.abort()))
    await goTo(page, '#/keys')
    await page.getByText('This page failed').waitFor()
    expect(refused).toBeLessThanOrEqual(2) // the browser asks once more by itself
    await page.context().unrouteAll()
    await eventually(async () => {
      await page.getByRole('button', { name: 'Try again' }).click({ timeout: 1_000 }).catch(() => {})
      return page.getByRole('heading', { name: 'API keys' }).count()
    }).toBe(1)
    stage.check(/dynamically imported module/)
  })
})
