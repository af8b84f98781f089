/**
 * Makes `public/console-{light,dark}.webp` (1280 by 800 in double density), the console with the demo project, for the landing page:
 *
 *   node docs-site/scripts/console-picture.ts URL KEY
 *
 * @param URL of a started server, e.g. http://127.0.0.1:4000
 * @param KEY the key that its first start printed (`.buildrunner/local.json`)
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import { CHROMIUM, CHROMIUM_FLAGS } from '../testing/chromium.ts'

const [baseUrl, token] = process.argv.slice(2)
if (baseUrl === undefined || token === undefined) throw new Error('Usage: console-picture.ts URL KEY')
const SIZE = { width: 1280, height: 800 }
/** What is shown: what is left to do of the demo project, and one item of it. */
const PLACE = '/console/#/p/demo/plan/model-router?status=todo&tab=criteria'

const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS })
try {
  for (const theme of ['light', 'dark'] as const) {
    const context = await browser.newContext({ viewport: SIZE, deviceScaleFactor: 2, colorScheme: theme, locale: 'en', reducedMotion: 'reduce' })
    await context.addInitScript(([url, key]) => localStorage.setItem('buildrunner.session', JSON.stringify({ baseUrl: url, token: key })), [baseUrl, token] as const)
    const page = await context.newPage()
    await page.goto(baseUrl + PLACE)
    await page.locator('.connection[data-connection="online"]').waitFor()
    await page.getByRole('tabpanel').waitFor()
    await page.waitForLoadState('networkidle')
    // The browser itself writes WebP, of a quarter of the size of a PNG.
    const devtools = await context.newCDPSession(page)
    const { data } = await devtools.send('Page.captureScreenshot', { format: 'webp', quality: 80 })
    writeFileSync(join(import.meta.dirname, '..', 'public', `console-${theme}.webp`), Buffer.from(data, 'base64'))
    await context.close()
  }
} finally {
  await browser.close()
}
