/** How pages are looked at for access: no violation of WCAG 2.1 AA that axe knows, nothing that scrolls sideways, no error. Several files, so that they run beside one another. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { PHONE, WIDE, axeViolations, describeInBrowser } from './stage.ts'
import type { PageOptions, Stage } from './stage.ts'

type Look = Required<Pick<PageOptions, 'theme' | 'viewport'>>

/** Both themes and both widths. */
export const LOOKS: readonly Look[] = [{ theme: 'light', viewport: WIDE }, { theme: 'dark', viewport: PHONE }]
/** Each width in each theme. */
export const ALL_LOOKS: readonly Look[] = [...LOOKS, { theme: 'dark', viewport: WIDE }, { theme: 'light', viewport: PHONE }]

/** What is being loaded has arrived. */
export async function settle(page: Page): Promise<void> {
  await page.waitForLoadState('load')
  await page.waitForFunction(() => document.querySelector('h1, [role=alert], .state-title') !== null && document.querySelector('[data-loading], .page-spinner') === null)
}

/** Pixels by which the page scrolls sideways. */
export const overflow = (page: Page): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** @param addresses those of the console begin with `#` */
export function testAccess(stage: Stage, addresses: readonly string[], { apiKey, looks }: { readonly apiKey: string | null; readonly looks: readonly Look[] }): void {
  const urlOf = (address: string): string => (address.startsWith('#') ? `${stage.apiUrl}/console/${address}` : stage.apiUrl + address)
  describeInBrowser.each([...looks])('axe finds nothing in $theme, $viewport.width wide', ({ theme, viewport }) => {
    let page: Page
    beforeAll(async () => {
      page = await stage.open('/', { theme, viewport, apiKey })
    })
    afterAll(() => page.context().close())

    test.each([...addresses])('at %s', async (address) => {
      await page.goto(urlOf(address))
      await settle(page)
      expect({ violations: await axeViolations(page), overflow: await overflow(page) }).toEqual({ violations: [], overflow: 0 })
      stage.check()
    })
  })
}
