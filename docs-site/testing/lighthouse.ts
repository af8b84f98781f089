/**
 * Lighthouse over pages of a running server:
 *
 *   node docs-site/testing/lighthouse.ts http://127.0.0.1:4000 API_KEY
 *
 * Exits 1 unless accessibility and best practices have 100 everywhere, and search engines' needs have 100 on documentation. Speed is
 * measured in `npm run bench` (docs-site/bench), where nothing else runs.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import lighthouse from 'lighthouse'
import { chromium } from 'playwright-core'
import { CHROMIUM, CHROMIUM_FLAGS } from './chromium.ts'

export type Category = 'accessibility' | 'best-practices' | 'seo' | 'performance'

export interface Audited {
  readonly address: string
  /** 0 to 100. */
  readonly scores: Readonly<Partial<Record<Category, number>>>
  /** What cost points, as `category: title`. */
  readonly faults: readonly string[]
}

/** Addresses of documentation pages, one a kind that differs in its parts. */
export const DOCUMENTATION_PAGES = ['/', '/start/quickstart/', '/guides/work-offline/', '/troubleshooting/not-found/', '/reference/sdk/projects/', '/reference/rest/projects/', '/reference/cli/plan/'] as const
export const CONSOLE_PAGES = ['/console/#/sign-in', '/console/#/projects', '/console/#/p/demo/plan'] as const

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Audits pages one after the other in one browser, which is signed in to the console with the key. */
export async function audit(baseUrl: string, apiKey: string, addresses: readonly string[], categories: readonly Category[]): Promise<Audited[]> {
  const port = await freePort()
  const profile = mkdtempSync(join(tmpdir(), 'lighthouse-'))
  const browser = await chromium.launchPersistentContext(profile, { executablePath: CHROMIUM, args: [...CHROMIUM_FLAGS, `--remote-debugging-port=${port}`] })
  try {
    const page = await browser.newPage()
    await page.goto(`${baseUrl}/favicon.svg`)
    await page.evaluate((session) => localStorage.setItem('buildrunner.session', session), JSON.stringify({ baseUrl, token: apiKey }))
    const audited: Audited[] = []
    for (const address of addresses) audited.push(await auditPage(baseUrl, address, categories, port))
    return audited
  } finally {
    await browser.close()
    rmSync(profile, { recursive: true, force: true })
  }
}

async function auditPage(baseUrl: string, address: string, categories: readonly Category[], port: number): Promise<Audited> {
  const result = await lighthouse(baseUrl + address, { port, output: 'json', logLevel: 'error', onlyCategories: [...categories], disableStorageReset: true })
  if (result === undefined) throw new Error(`Lighthouse answered nothing for ${address}.`)
  const { audits, categories: found, runtimeError } = result.lhr
  if (runtimeError) throw new Error(`${address}: ${runtimeError.message}`)
  const scores = Object.fromEntries(Object.values(found).map(({ id, score }) => [id, Math.round((score ?? 0) * 100)]))
  const faults = Object.values(found).flatMap(({ id, auditRefs }) =>
    auditRefs.flatMap((reference) => {
      const { score, title, scoreDisplayMode } = audits[reference.id] ?? {}
      return reference.weight > 0 && typeof score === 'number' && score < 1 && scoreDisplayMode !== 'informative' ? [`${id}: ${title}`] : []
    }),
  )
  return { address, scores, faults }
}

if (import.meta.main) {
  const [baseUrl, apiKey] = process.argv.slice(2)
  if (baseUrl === undefined || apiKey === undefined) throw new Error('Name the address of a server and an API key.')
  const documentation = await audit(baseUrl, apiKey, DOCUMENTATION_PAGES, ['accessibility', 'best-practices', 'seo'])
  const consolePages = await audit(baseUrl, apiKey, CONSOLE_PAGES, ['accessibility', 'best-practices'])
  for (const { address, scores, faults } of [...documentation, ...consolePages]) {
    const isWell = Object.values(scores).every((score) => score === 100)
    console.log(`${isWell ? '✓' : '✗'} ${address}  ${Object.entries(scores).map(([name, score]) => `${name} ${score}`).join('  ')}`)
    if (isWell) continue
    for (const fault of faults) console.log(`    ${fault}`)
    process.exitCode = 1
  }
}
