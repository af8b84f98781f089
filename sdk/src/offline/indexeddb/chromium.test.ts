import path from 'node:path'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hasChromium, openChromium } from '../../../test/chromium.ts'
import type { Browser } from '../../../test/chromium.ts'
import { CONFORMANCE } from '../store/conformance.ts'

describe.skipIf(!hasChromium)('IndexedDB in Chromium', () => {
  let browser: Browser
  beforeAll(async () => {
    const entry = path.join(import.meta.dirname, 'testing', 'conformance-page.ts')
    const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, format: 'iife', platform: 'browser', target: 'es2022' })
    browser = await openChromium(outputFiles[0]!.text)
  })
  afterAll(() => browser.close())

  test('a store passes the conformance suite across two tabs', async () => {
    const [here, other] = [await browser.newTab(), await browser.newTab()]
    await other.evaluate('host()')
    expect(await here.evaluate('main()')).toEqual(Object.fromEntries(CONFORMANCE.map(({ title }) => [title, null])))
  })

  test('a commit for which there is no space is refused whole, and what was there stays', async () => {
    const tab = await browser.newTab()
    const session = await tab.context().newCDPSession(tab)
    await session.send('Storage.overrideQuotaForOrigin', { origin: new URL(tab.url()).origin, quotaSize: 1_500_000 })
    const { code, revision, kept } = (await tab.evaluate('fill()')) as { code: string; revision: number; kept: number }
    expect([code, kept]).toEqual(['STORE_FULL', revision])
    expect(kept).toBeGreaterThan(0)
  })
})
