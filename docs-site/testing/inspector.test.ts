/** An item and the talk about it, in two browsers of two people, by keyboard. */
import { BuildRunnerSDK } from '@buildrunner/sdk'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { PHONE, WIDE, axeViolations, describeInBrowser, eventually, openStage } from './stage.ts'

const stage = await openStage()
const client = new BuildRunnerSDK({ baseUrl: stage.apiUrl, apiKey: stage.apiKey, projectId: stage.projectId })
const grace = await stage.administrator('Grace')

const address = (item: string, query = ''): string => `/console/#/p/website/plan/${item}${query}`
const openItem = async (item: string, query = '', options: Parameters<typeof stage.open>[1] = {}): Promise<Page> => {
  const page = await stage.open(address(item, query), options)
  await page.getByRole('complementary').getByRole('tablist').waitFor()
  return page
}
const focused = (page: Page): Promise<string> => page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
const composer = (page: Page) => page.getByRole('textbox', { name: 'Write a comment' })
const talkOf = async (item: string): Promise<string[]> => (await client.comments.list({ itemId: item }).toArray()).map(({ body }) => body ?? '')

beforeAll(async () => {
  await client.planning.applyChanges({
    changes: [{ op: 'update', id: 'T-12', set: { notes: 'Ask **@ada**.', acceptanceCriteria: [{ id: 'C-1', text: 'It reads well.', check: { kind: 'manual' } }, { id: 'C-2', text: 'Tests pass.', check: { kind: 'command', run: 'npm test' } }] } }],
  }).orThrow()
})

describeInBrowser('the inspector', () => {
  test('begins at its heading, and Escape gives the focus back to the row', async () => {
    const page = await openItem('T-12')
    await eventually(() => focused(page)).toBe('Write the guide')
    await page.keyboard.press('Escape')
    await page.getByRole('complementary').waitFor({ state: 'detached' })
    await eventually(() => page.evaluate(() => document.activeElement?.closest('[role=row]')?.textContent ?? '')).toContain('Write the guide')
    stage.check()
    await page.context().close()
  })

  test('a comment with a mention, written by keyboard alone, is seen by somebody else who looks at the item', async () => {
    const [ada, other] = [await openItem('T-12'), await openItem('T-12', '?tab=comments', { apiKey: grace })]
    await eventually(() => focused(ada)).toBe('Write the guide')
    for (const key of ['Tab', 'ArrowRight', 'ArrowRight']) await ada.keyboard.press(key)
    await composer(ada).waitFor()
    await ada.keyboard.press('Tab')
    await eventually(() => ada.evaluate(() => document.activeElement?.tagName)).toBe('TEXTAREA')
    await ada.keyboard.type('Please look, @gra')
    await ada.getByRole('option', { name: 'Grace' }).waitFor()
    expect(await composer(ada).getAttribute('aria-activedescendant')).toBe(await ada.getByRole('listbox', { name: 'People, roles and teams' }).getByRole('option', { selected: true }).getAttribute('id'))
    await other.getByText('is writing').waitFor()
    await ada.keyboard.press('Enter')
    await ada.keyboard.type('**today**')
    await ada.keyboard.press('Control+Enter')
    const seen = other.getByRole('article').filter({ hasText: 'Please look' })
    await seen.waitFor()
    expect(await seen.locator('strong', { hasText: 'today' }).count()).toBe(1)
    expect(await seen.locator('.mention').textContent()).toMatch(/^@grace/i)
    await other.locator('[data-announcer]', { hasText: 'has commented' }).waitFor({ state: 'attached' })
    await eventually(() => composer(ada).inputValue()).toBe('')
    stage.check()
    await Promise.all([ada.context().close(), other.context().close()])
  })

  test('an answer, a reaction and a resolved thread reach the other one too', async () => {
    await client.comments.add({ itemId: 'T-1', body: 'Is it ready?' }).orThrow()
    const [ada, other] = [await openItem('T-1', '?tab=comments'), await openItem('T-1', '?tab=comments', { apiKey: grace })]
    await other.getByRole('button', { name: 'Reply' }).click()
    await other.getByRole('textbox', { name: 'Write an answer' }).fill('It is.')
    await other.keyboard.press('Control+Enter')
    await ada.getByText('It is.').waitFor()
    await ada.getByRole('article').last().getByRole('button', { name: 'Add a reaction' }).click()
    await ada.keyboard.press('c')
    expect(await focused(ada)).toContain('Celebrate')
    await ada.keyboard.press('Enter')
    await other.getByRole('button', { name: 'Celebrate, 1 person' }).waitFor()
    await ada.getByRole('button', { name: 'Resolve' }).click()
    await other.getByText('This thread is resolved.').waitFor()
    stage.check()
    await Promise.all([ada.context().close(), other.context().close()])
  })

  test('what is written without a network is shown as waiting, and is sent when it is back', async () => {
    const page = await openItem('T-12', '?tab=comments')
    await page.getByText('Connected').waitFor()
    await page.context().setOffline(true)
    await composer(page).fill('From the train')
    await page.keyboard.press('Control+Enter')
    const comment = page.getByRole('article').filter({ hasText: 'From the train' })
    await comment.getByText('Waiting to be sent').waitFor()
    expect(await talkOf('T-12')).not.toContain('From the train')
    await page.context().setOffline(false)
    await comment.getByText('Waiting to be sent').waitFor({ state: 'detached' })
    expect(await talkOf('T-12')).toContain('From the train')
    stage.check()
    await page.context().close()
  })

  test('raw HTML and unsafe links are text, in the preview and after it', async () => {
    const page = await openItem('M-2', '?tab=comments')
    await composer(page).fill('<img src=x onerror="document.title=1"> [here](javascript:alert(1)) [there](https://example.com)')
    await page.getByRole('button', { name: 'Preview' }).click()
    for (const wait of [() => page.locator('.composer-preview').waitFor(), async () => {
      await page.getByRole('button', { name: 'Comment', exact: true }).click()
      await page.getByRole('article').waitFor()
    }]) {
      await wait()
      expect(await page.locator('.markdown').first().innerHTML()).toContain('&lt;img src=x')
      expect(await page.locator('.markdown img').count()).toBe(0)
      expect(await page.locator('.markdown a').evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual(['https://example.com'])
    }
    stage.check()
    await page.context().close()
  })

  test('a comment becomes a microstep, and a person records what they checked', async () => {
    await client.comments.add({ itemId: 'S-1', body: 'Handle **errors**' }).orThrow()
    const page = await openItem('S-1', '?tab=comments')
    await page.getByRole('button', { name: /^More about/ }).click()
    await page.getByRole('menuitem', { name: 'Make a microstep of it' }).click()
    const dialog = page.getByRole('dialog')
    expect(await dialog.getByLabel('Title').inputValue()).toBe('Handle errors')
    await dialog.getByLabel('Acceptance criteria').fill('Errors are shown.')
    await dialog.getByRole('button', { name: 'Create the microstep' }).click()
    await page.getByText('Became').waitFor()
    await page.goto(stage.apiUrl + address('T-12', '?tab=criteria'))
    await page.getByRole('button', { name: 'Record a check' }).click()
    await page.getByLabel('What you looked at').fill('Read it aloud.')
    await page.getByRole('button', { name: 'Record', exact: true }).click()
    await page.getByText('Met', { exact: true }).waitFor()
    await page.getByText('Read it aloud.').waitFor()
    const { data } = await client.qa.getItemQuality({ itemId: 'T-12' })
    expect(data).toMatchObject({ met: 1, missing: 1 })
    stage.check()
    await page.context().close()
  })

  test('details are edited, and the history tells who did it', async () => {
    const page = await openItem('T-12')
    await page.getByRole('button', { name: 'Edit', exact: true }).click()
    await page.getByLabel('Estimate').fill('soon')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('Give hours such as 4').waitFor()
    await page.getByLabel('Estimate').fill('1 / 2 / 5')
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByText('1 hr / 2 hr / 5 hr').waitFor()
    await eventually(async () => (await client.planning.getItem({ id: 'T-12' })).data).toMatchObject({ estimate: { optimistic: 1, likely: 2, pessimistic: 5 } })
    await page.getByRole('tab', { name: 'History' }).click()
    await page.locator('.history > li').filter({ hasText: 'Estimate' }).waitFor()
    stage.check()
    await page.context().close()
  })

  describe.each([{ theme: 'light', viewport: WIDE }, { theme: 'dark', viewport: PHONE }] as const)('in $theme, $viewport.width wide', (look) => {
    test('axe finds nothing in any part, and nothing scrolls sideways', async () => {
      const page = await openItem('T-12', '', look)
      for (const tab of ['Details', 'Criteria', 'Comments', 'History']) {
        await page.getByRole('tab', { name: tab }).click()
        await page.waitForFunction(() => document.querySelector('[data-loading]') === null)
        const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
        expect({ tab, overflow, violations: await axeViolations(page) }).toEqual({ tab, overflow: 0, violations: [] })
      }
      stage.check()
      await page.context().close()
    })
  })
})
