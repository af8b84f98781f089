/** Makes `public/open-graph.png` (1200 by 630) from `open-graph.html`: `node docs-site/scripts/open-graph.ts`, where Chromium is. */
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

const browser = await chromium.launch({ executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'] })
try {
  const page = await browser.newPage({ viewport: { width: 1200, height: 630 } })
  await page.goto(pathToFileURL(join(import.meta.dirname, 'open-graph.html')).href)
  await page.screenshot({ path: join(import.meta.dirname, '..', 'public', 'open-graph.png') })
} finally {
  await browser.close()
}
