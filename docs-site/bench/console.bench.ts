/**
 * The console with a plan of 10,000 microsteps, in Chromium, on a device that has never seen it: from the navigation until a key moves
 * the focus in the tree, and the time between frames while the unfolded tree is scrolled. Against what people take for immediate, and
 * for smooth.
 */
import { importPlan } from '@buildrunner/schema/plans/service'
import { createProject } from '@buildrunner/schema/projects/service'
import { samplePlan } from '@buildrunner/schema/testing/plans'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { median, openBench } from '../../api/bench/harness.ts'
import type { BenchResult } from '../../sdk/bench/result.ts'
import { SITE, builtSite } from '../testing/built-site.ts'
import { CHROMIUM, CHROMIUM_FLAGS } from '../testing/chromium.ts'

const ROUNDS = 5
const FRAMES = 300
const PIXELS_A_FRAME = 240
const INTERACTIVE_MS = 2_000
const FRAME_MS = 33

interface Target {
  readonly url: string
  readonly apiKey: string
}

interface Clocked {
  /** Milliseconds from the navigation until the tree, as it was first painted, has answered a key. */
  answered?: number
}

/** Runs in the page, which alone sees it to the millisecond: two frames after the first row is there, it has been painted. */
function clockFirstKey(): void {
  const frame = (): Promise<number> => new Promise((resolve) => requestAnimationFrame(resolve))
  const observer = new MutationObserver(() => {
    const row = document.querySelector<HTMLElement>('[role="row"][data-id]')
    if (row === null) return
    observer.disconnect()
    void (async () => {
      await frame()
      await frame()
      row.focus()
      row.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }))
      while (document.activeElement?.getAttribute('aria-rowindex') !== '3') await frame()
      ;(globalThis as unknown as Clocked).answered = performance.now()
    })()
  })
  observer.observe(document, { childList: true, subtree: true })
}

async function openPlan(browser: Browser, { url, apiKey }: Target): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  await context.addInitScript(([baseUrl, token]) => localStorage.setItem('buildrunner.session', JSON.stringify({ baseUrl, token })), [url, apiKey] as const)
  await context.addInitScript(clockFirstKey)
  const page = await context.newPage()
  await page.goto(`${url}/console/#/p/large/plan`, { waitUntil: 'commit' })
  return page
}

/** Milliseconds from the navigation until the tree has answered a key. */
async function interactive(page: Page): Promise<number> {
  const answered = await page.waitForFunction(() => (globalThis as unknown as Clocked).answered)
  return (await answered.jsonValue()) ?? Number.NaN
}

/** The 95th percentile of the time between frames, in milliseconds. */
async function scrolled(page: Page): Promise<number> {
  await page.getByRole('button', { name: 'Unfold all' }).click()
  await page.waitForFunction(() => Number(document.querySelector('[role="treegrid"]')?.getAttribute('aria-rowcount')) > 10_000)
  return page.evaluate(([frames, pixels]) => new Promise<number>((resolve) => {
    const body = document.querySelector('.plan-body') as HTMLElement
    const times: number[] = []
    let last = performance.now()
    const frame = (now: number): void => {
      times.push(now - last)
      last = now
      body.scrollTop += pixels
      if (times.length <= frames) requestAnimationFrame(frame)
      else resolve(times.slice(1).sort((a, b) => a - b)[Math.ceil(frames * 0.95) - 1] as number)
    }
    requestAnimationFrame(frame)
  }), [FRAMES, PIXELS_A_FRAME] as const)
}

export default async function largePlan(): Promise<BenchResult[]> {
  await builtSite()
  const bench = await openBench()
  let browser: Browser | undefined
  try {
    const { projectId } = await createProject(bench.ctx, { name: 'Large' })
    await importPlan(bench.ctx, { projectId }, samplePlan(10, 20, 50), false)
    const { url } = await bench.serve('../../docs-site/bench/serve-site.ts', SITE)
    browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS })
    const [opening, frames]: [number[], number[]] = [[], []]
    for (let round = 0; round <= ROUNDS; round++) {
      const page = await openPlan(browser, { url, apiKey: bench.apiKey })
      const [opened, frame] = [await interactive(page), await scrolled(page)]
      await page.context().close()
      if (round === 0) continue // the server warms up
      opening.push(opened)
      frames.push(frame)
    }
    const line = (what: string, baseline: string, times: readonly number[], bar: number): BenchResult => ({ what, baseline, ratio: median(times) / bar, bar: 1, detail: `median of ${ROUNDS}: ${median(times).toFixed(0)} ms (${times.map((time) => time.toFixed(0)).join(', ')})` })
    return [
      line('the console shows 10,000 microsteps for the first time: from navigation until a key is answered', `${INTERACTIVE_MS} ms`, opening, INTERACTIVE_MS),
      line('scrolling 10,000 unfolded microsteps: 95th percentile of the time between frames', `${FRAME_MS} ms`, frames, FRAME_MS),
    ]
  } finally {
    await browser?.close()
    await bench.close()
  }
}
