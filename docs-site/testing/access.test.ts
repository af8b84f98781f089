/** Every kind of page, light and dark, wide and narrow: no violation of WCAG 2.1 AA that axe knows, nothing that scrolls sideways, no error. */
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { CONSOLE, DOCUMENTATION, ENTRY } from './page-kinds.ts'
import { PHONE, WIDE, axeViolations, describeInBrowser, openStage } from './stage.ts'

const stage = await openStage()

const LOOKS = [
  { theme: 'light', viewport: WIDE },
  { theme: 'dark', viewport: PHONE },
  { theme: 'dark', viewport: WIDE },
  { theme: 'light', viewport: PHONE },
] as const

/** What is being loaded has arrived. */
async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('load')
  await page.waitForFunction(() => document.querySelector('h1, [role=alert], .state-title') !== null && document.querySelector('[data-loading], .page-spinner') === null)
}

const overflow = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

async function expectAccessible(page: Page, addresses: readonly string[]): Promise<void> {
  for (const address of addresses) {
    await page.goto(address.startsWith('#') ? `${stage.apiUrl}/console/${address}` : stage.apiUrl + address)
    await settle(page)
    expect({ address, violations: await axeViolations(page), overflow: await overflow(page) }).toEqual({ address, violations: [], overflow: 0 })
  }
  stage.check()
  await page.context().close()
}

describeInBrowser.each(LOOKS)('in $theme, $viewport.width wide', ({ theme, viewport }) => {
  describe('axe finds nothing', () => {
    test('in the documentation', async () => {
      await expectAccessible(await stage.open('/', { theme, viewport }), DOCUMENTATION)
    })

    test('in the console', async () => {
      await expectAccessible(await stage.open('/console/', { theme, viewport }), CONSOLE)
    })

    test('where one signs in', async () => {
      await expectAccessible(await stage.open('/console/', { theme, viewport, apiKey: null }), ENTRY)
    })
  })
})
