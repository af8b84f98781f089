/** Every kind of page, light and dark, wide and narrow: no violation of WCAG 2.1 AA that axe knows, nothing that scrolls sideways, no error. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { CONSOLE, DOCUMENTATION, ENTRY, LONGEST } from './page-kinds.ts'
import { PHONE, WIDE, axeViolations, describeInBrowser, openStage } from './stage.ts'

const stage = await openStage()

/** Both themes and both widths; the console, which lays out anew where it is narrow, in each pair of them. */
const LOOKS = [
  { theme: 'light', viewport: WIDE },
  { theme: 'dark', viewport: PHONE },
] as const
const PARTS = [
  { where: 'in the documentation', addresses: DOCUMENTATION, apiKey: null, looks: LOOKS },
  { where: 'in the console', addresses: CONSOLE, apiKey: stage.apiKey, looks: [...LOOKS, { theme: 'dark', viewport: WIDE }, { theme: 'light', viewport: PHONE }] },
  { where: 'where one signs in', addresses: ENTRY, apiKey: null, looks: LOOKS },
] as const

/** What is being loaded has arrived. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('load')
  await page.waitForFunction(() => document.querySelector('h1, [role=alert], .state-title') !== null && document.querySelector('[data-loading], .page-spinner') === null)
}

/** Pixels by which the page scrolls sideways. */
const overflow = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

const urlOf = (address: string): string => (address.startsWith('#') ? `${stage.apiUrl}/console/${address}` : stage.apiUrl + address)

describeInBrowser.each(PARTS)('axe finds nothing $where', ({ addresses, apiKey, looks }) => {
  describe.each([...looks])('in $theme, $viewport.width wide', ({ theme, viewport }) => {
    let page: Page
    beforeAll(async () => {
      page = await stage.open('/', { theme, viewport, apiKey })
    })
    afterAll(() => page.context().close())

    test.each([...addresses])('%s', async (address) => {
      await page.goto(urlOf(address))
      await settle(page)
      expect({ violations: await axeViolations(page), overflow: await overflow(page) }).toEqual({ violations: [], overflow: 0 })
      stage.check()
    })
  })
})

describeInBrowser('on a phone', () => {
  test.each(LONGEST)('%s does not scroll sideways', async (address) => {
    const page = await stage.open(address, { viewport: PHONE })
    await settle(page)
    expect(await overflow(page)).toBe(0)
    await page.context().close()
  })
})
