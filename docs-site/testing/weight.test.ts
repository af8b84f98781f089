/** How much script a page brings, as a browser counts it: what it asks for until it rests, gzip. */
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { DOCUMENTATION } from './page-kinds.ts'
import { describeInBrowser, openStage } from './stage.ts'

const stage = await openStage()

/** As tools for bundles count. */
const KB = 1_024
const DOCUMENTATION_BAR = 35 * KB
const CONSOLE_BAR = 170 * KB
/** Pages that are measured at the same time. */
const TOGETHER = 6

/** Bytes of script, those within the page included. */
async function scriptOf(address: string, apiKey: string | null): Promise<{ bytes: number; largest: readonly string[] }> {
  const page = await stage.open('about:blank', { apiKey })
  const loaded = new Map<string, number>()
  const reading: Promise<unknown>[] = []
  page.on('response', (response) => {
    if (response.request().resourceType() !== 'script' || !response.ok()) return
    reading.push(response.body().then((body) => loaded.set(new URL(response.url()).pathname, gzipSync(body).length)))
  })
  await page.goto(stage.apiUrl + address, { waitUntil: 'networkidle' })
  page.removeAllListeners('response')
  await Promise.all(reading)
  const inline = await page.evaluate(() => [...document.scripts].filter(({ src, type }) => src === '' && !type.startsWith('application/')).map(({ text }) => text).join('\n'))
  await page.context().close()
  const sizes = [...loaded].sort(([, one], [, other]) => other - one)
  return { bytes: sizes.reduce((sum, [, size]) => sum + size, gzipSync(inline).length), largest: sizes.slice(0, 6).map(([path, size]) => `${path} ${size}`) }
}

describeInBrowser('script', () => {
  test('a page of the documentation brings at most 35 KB', async () => {
    // most of it is waiting until a page rests
    for (let at = 0; at < DOCUMENTATION.length; at += TOGETHER) {
      await Promise.all(DOCUMENTATION.slice(at, at + TOGETHER).map(async (address) => {
        const { bytes, largest } = await scriptOf(address, null)
        expect(bytes, `${address}: ${largest.join(', ')}`).toBeLessThanOrEqual(DOCUMENTATION_BAR)
      }))
    }
  })

  test.each([['the first view of the console', '/console/'], ['a plan that is opened directly', '/console/#/p/website/plan']])('%s brings at most 170 KB', async (_, address) => {
    const { bytes, largest } = await scriptOf(address, stage.apiKey)
    expect(bytes, largest.join(', ')).toBeLessThanOrEqual(CONSOLE_BAR)
  })
})
