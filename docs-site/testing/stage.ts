/**
 * A server of its own with the built site, and a real browser in front of it. Call `openStage` at the top of a test file; where there
 * is no Chromium, `describeInBrowser` says so and skips.
 */
import { AxeBuilder } from '@axe-core/playwright'
import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { startServer } from '../../sdk/test/server.ts'
import type { TestServer } from '../../sdk/test/server.ts'
import type { ServerOptions } from '../../api/src/server.ts'
import { SITE, builtSite } from './built-site.ts'
import { CHROMIUM, CHROMIUM_FLAGS, hasChromium } from './chromium.ts'

if (!hasChromium) console.warn(`NOT TESTED: there is no Chromium at ${CHROMIUM}, so no page was opened. Set CHROMIUM_PATH to one.`)
/** `describe`, for what needs a browser. */
export const describeInBrowser = describe.skipIf(!hasChromium)

export const WIDE = { width: 1280, height: 800 } as const
export const PHONE = { width: 360, height: 740 } as const

export interface PageOptions {
  /** Default: light. */
  readonly theme?: 'light' | 'dark'
  /** Default: {@link WIDE}. */
  readonly viewport?: { readonly width: number; readonly height: number }
  /** Default: `en`. */
  readonly language?: string
  /** An API key that is signed in with; default: that of the administrator. Null: nobody. */
  readonly apiKey?: string | null
}

export interface Stage extends TestServer {
  /** A page in a browser profile of its own: as of another person on another device. What the page reports as an error fails the test at {@link Stage.check}. */
  open(path: string, options?: PageOptions): Promise<Page>
  /** That no page reported an error since the last check, but for those that the test has provoked. */
  check(provoked?: RegExp): void
  readonly browser: Browser
}

/** @param options what else the server is given */
export async function openStage(options: Partial<ServerOptions> = {}): Promise<Stage> {
  const server = await startServer({ site: SITE, ...options })
  const errors: string[] = []
  let browser: Browser | undefined
  beforeAll(async () => {
    if (!hasChromium) return
    await builtSite()
    browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_FLAGS })
  })
  afterAll(() => browser?.close())
  const launched = (): Browser => {
    if (browser === undefined) throw new Error('The browser is there within tests alone.')
    return browser
  }
  return {
    ...server,
    get browser() {
      return launched()
    },
    async open(path: string, { theme = 'light', viewport = WIDE, language = 'en', apiKey = server.apiKey }: PageOptions = {}) {
      const context = await launched().newContext({ viewport: { ...viewport }, colorScheme: theme, locale: language, reducedMotion: 'reduce' })
      if (apiKey !== null) await context.addInitScript(([baseUrl, token]) => localStorage.getItem('buildrunner.session') ?? localStorage.setItem('buildrunner.session', JSON.stringify({ baseUrl, token })), [server.apiUrl, apiKey] as const)
      const page = await context.newPage()
      page.on('pageerror', (error) => errors.push(`${page.url()}: ${error.message}`))
      page.on('console', (message) => message.type() === 'error' && !/Failed to load resource|net::ERR/.test(message.text()) && errors.push(`${page.url()}: ${message.text()}`))
      await page.goto(path.startsWith('/') ? server.apiUrl + path : path)
      return page
    },
    check(provoked) {
      expect(errors.splice(0).filter((error) => provoked?.test(error) !== true)).toEqual([])
    },
  }
}

/** What a page comes to: asked again until it is so. */
export const eventually = <Value>(read: () => Value | Promise<Value>) => expect.poll(read)

/** WCAG 2.1 A and AA, and axe's best practices. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']

/** What axe finds on a page, one line for each place. */
export async function axeViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze()
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${help} at ${target.join(' ')} (${failureSummary?.split('\n').at(-1)?.trim()})`))
}
