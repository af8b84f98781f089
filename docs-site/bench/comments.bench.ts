/**
 * A comment that is posted in one browser and seen in another: from the keys that send it to when the other page holds it, in two
 * profiles of one Chromium on this machine, each with its own store, through the console as people use it.
 */
import { BuildRunnerSDK } from '@buildrunner/sdk'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { openBench } from '../../api/bench/harness.ts'
import type { BenchResult } from '../../sdk/bench/result.ts'
import { SITE, builtSite } from '../testing/built-site.ts'
import { CHROMIUM, CHROMIUM_FLAGS } from '../testing/chromium.ts'

const BAR_MS = 250
/** Comments on one item are few, as they are: each round of them is on an item of its own. */
const [ITEMS, COMMENTS] = [7, 10]
/** Of two pages one is always behind the other: it works on all the same. */
const FLAGS = [...CHROMIUM_FLAGS, '--disable-backgrounding-occluded-windows', '--disable-renderer-backgrounding']

interface Clocked {
  /** Milliseconds since 1970, by the comment's number. */
  times: Record<string, number>
}

export default async function comments(): Promise<BenchResult[]> {
  await builtSite()
  const bench = await openBench()
  const browser = await chromium.launch({ executablePath: CHROMIUM, args: FLAGS })
  try {
    const { url } = await bench.serve('../../docs-site/bench/serve-site.ts', SITE)
    const slug = await prepare(url, bench.apiKey)
    const [sender, receiver] = [await open(browser, url, bench.apiKey), await open(browser, url, bench.apiKey)]
    const delays: number[] = []
    for (let item = 0; item < ITEMS; item++) {
      await Promise.all([sender, receiver].map((page) => show(page, `${url}/console/#/p/${slug}/plan/K-${item}?tab=comments`)))
      for (let index = 0; index < COMMENTS; index++) {
        const delay = await post(sender, receiver, `comment-${item}-${index}.`)
        // code is loaded and compiled with the first item
        if (item > 0) delays.push(delay)
      }
    }
    const sorted = delays.toSorted((a, b) => a - b)
    const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)] as number
    const detail = `p50 ${at(0.5).toFixed(0)} ms, p95 ${at(0.95).toFixed(0)} ms, slowest ${at(1).toFixed(0)} ms of ${sorted.length} comments`
    return [{ what: 'p95 from posting a comment in one browser to seeing it in another', baseline: `${BAR_MS} ms`, ratio: at(0.95) / BAR_MS, bar: 1, detail }]
  } finally {
    await browser.close()
    await bench.close()
  }
}

async function prepare(baseUrl: string, apiKey: string): Promise<string> {
  const client = new BuildRunnerSDK({ baseUrl, apiKey })
  const { project } = await client.projects.create({ name: 'Talk' }).orThrow()
  const microsteps = Array.from({ length: ITEMS }, (_, index) => ({ id: `K-${index}`, title: `Item ${index}` }))
  await client.planning.importPlan({ projectId: project.id, document: { version: 1, project: { name: 'Talk' }, milestones: [{ id: 'M-1', title: 'M', steps: [{ id: 'S-1', title: 'S', microsteps }] }] } }).orThrow()
  return project.slug
}

async function open(browser: Browser, baseUrl: string, token: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: 'en', reducedMotion: 'reduce' })
  await context.addInitScript((session) => {
    localStorage.setItem('buildrunner.session', JSON.stringify(session))
    const clocked = globalThis as unknown as Clocked
    clocked.times = {}
    const note = (text: string): void => {
      const [name] = /comment-\d+-\d+\./.exec(text) ?? []
      if (name !== undefined) clocked.times[name] ??= performance.timeOrigin + performance.now()
    }
    // sent: when the keys are pressed
    addEventListener('keydown', ({ key, ctrlKey, target }) => key === 'Enter' && ctrlKey && note((target as HTMLTextAreaElement).value), true)
    // seen: when the page holds it
    new MutationObserver((records) => {
      for (const { addedNodes } of records) for (const node of addedNodes) note(node.textContent ?? '')
    }).observe(document, { childList: true, subtree: true })
  }, { baseUrl, token })
  return context.newPage()
}

async function show(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.getByText('Connected').waitFor()
  await page.getByText('No comments yet').waitFor()
}

/** @returns milliseconds between sending and seeing */
async function post(sender: Page, receiver: Page, name: string): Promise<number> {
  const text = sender.getByRole('textbox', { name: 'Write a comment' })
  await text.fill(name)
  await text.press('Control+Enter')
  await receiver.getByText(name).waitFor()
  const time = (page: Page): Promise<number> => page.evaluate((key) => (globalThis as unknown as Clocked).times[key] ?? Number.NaN, name)
  return (await time(receiver)) - (await time(sender))
}
