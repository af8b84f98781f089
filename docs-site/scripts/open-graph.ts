/** Makes `public/open-graph.png` (1200 by 630) from `open-graph.html`: `node docs-site/scripts/open-graph.ts`, where Chromium is. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'
import { CHROMIUM, CHROMIUM_FLAGS } from '../testing/chromium.ts'

const browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS })
try {
  const page = await browser.newPage({ viewport: { width: 1200, height: 630 } })
  await page.goto(pathToFileURL(join(import.meta.dirname, 'open-graph.html')).href)
  await page.screenshot({ path: join(import.meta.dirname, '..', 'public', 'open-graph.png') })
} finally {
  await browser.close()
}
