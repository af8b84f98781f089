/** Every link leads somewhere: over the sources, and over the built site where there is one. */
import { existsSync, globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { sidebar } from '../sidebar.ts'
import { builtSite } from './built-site.ts'
import { documentationPages } from './code/all-pages.ts'
import { anchorsOf, linksOf } from './code/links.ts'
import { ROOT, pageOf } from './code/pages.ts'
import type { Page } from './code/pages.ts'

await builtSite()
const pages = documentationPages()
/** What is served beside the pages. */
const ELSEWHERE = /^\/(?:$|console\/|graphql$|mailbox$|metrics$|openapi\.json$|api\/|llms[\w-]*\.txt$|_astro\/|favicon)/

/** Pictures: served as they lie in `public`. */
const isPicture = (path: string): boolean => /\.(?:webp|png|svg)$/.test(path) && existsSync(join(ROOT, 'docs-site', 'public', path))

function faultsOf(all: readonly Page[]): string[] {
  const anchors = new Map(all.map((page) => [page.url, anchorsOf(page)]))
  return all.flatMap((page) => linksOf(page).flatMap(({ url, line }) => {
    const fault = faultOf(url, page, anchors)
    return fault === undefined ? [] : [`${page.file}:${line}: ${url} ${fault}`]
  }))
}

function faultOf(url: string, { url: own }: Page, anchors: ReadonlyMap<string, ReadonlySet<string>>): string | undefined {
  if (/^[a-z]+:/i.test(url)) return /^(?:https?:\/\/[\w.-]+|mailto:\S+@)/.test(url) ? undefined : 'is no address'
  const [path = '', anchor] = url.split('#')
  if (path !== '' && !path.startsWith('/')) return 'is not root-absolute'
  if (ELSEWHERE.test(path) || isPicture(path)) return undefined
  const there = anchors.get(path === '' ? own : path)
  if (there === undefined) return path.endsWith('/') ? 'leads nowhere' : 'leads nowhere (a page ends in a slash)'
  return anchor === undefined || anchor === '' || there.has(decodeURIComponent(anchor)) ? undefined : 'names no heading there'
}

test('every link of the sources leads to a page, and every anchor to a heading', () => {
  expect(pages.length).toBeGreaterThan(200)
  expect(faultsOf(pages)).toEqual([])
})

test('a link that leads nowhere would fail', () => {
  const broken = pageOf('broken.md', '# One\n\n[a](/nowhere/) [b](#two) [c](relative/) [d](#one) [e](/start/quickstart/#sign-out) ![f](/missing.webp)')
  expect(faultsOf([...pages, broken]).filter((fault) => fault.includes('broken.md')).map((fault) => fault.split(': ')[1])).toEqual([
    '/nowhere/ leads nowhere', '#two names no heading there', 'relative/ is not root-absolute', '/start/quickstart/#sign-out names no heading there', '/missing.webp leads nowhere (a page ends in a slash)',
  ])
})

/** Slugs of the sidebar, as far down as it goes. */
function slugsIn(entries: readonly unknown[]): string[] {
  return entries.flatMap((entry) => {
    if (typeof entry === 'string') return [entry]
    const { items, slug } = entry as { items?: unknown[]; slug?: string }
    return items === undefined ? (slug ?? []) : slugsIn(items)
  })
}

test('the sidebar has every page that people write, once', () => {
  const inSidebar = slugsIn(sidebar)
  expect(new Set(inSidebar).size).toBe(inSidebar.length)
  const written = pages.filter(({ isGenerated, url }) => !isGenerated && url !== '/' && url !== '/404/').map(({ url }) => url.slice(1, -1))
  expect(written.filter((slug) => !inSidebar.includes(slug))).toEqual([])
})

describe('the built site', () => {
  const dist = join(ROOT, 'docs-site', 'dist')
  const files = globSync('**/*.html', { cwd: dist })
  const ids = new Map<string, Set<string>>()
  const idsIn = (file: string): Set<string> => {
    const known = ids.get(file) ?? new Set([...readFileSync(file, 'utf8').matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => id))
    ids.set(file, known)
    return known
  }
  const isFile = (file: string): boolean => existsSync(file) && statSync(file).isFile()
  const targetOf = (path: string): string | undefined => [join(dist, path), join(dist, path, 'index.html')].find(isFile)
  const isElsewhere = (path: string): boolean => path !== '/' && ELSEWHERE.test(path) && targetOf(path) === undefined

  test('every link of an English page leads to a file, and every anchor to an element', () => {
    const faults = new Set<string>()
    for (const file of files.filter((name) => !/^(?:es|fr|de)\//.test(name))) {
      const html = readFileSync(join(dist, file), 'utf8')
      for (const [, url = ''] of html.matchAll(/\s(?:href|src)="([^"]+)"/g)) {
        const [path = '', anchor] = url.replaceAll('&amp;', '&').split('#')
        if (/^(?:[a-z]+:|\/\/)/i.test(url) || (path !== '' && !path.startsWith('/')) || isElsewhere(path)) continue
        const target = path === '' ? join(dist, file) : targetOf(decodeURIComponent(path.split('?')[0] ?? ''))
        if (target === undefined) faults.add(`${file}: ${url} leads nowhere`)
        else if (anchor && target.endsWith('.html') && !idsIn(target).has(decodeURIComponent(anchor))) faults.add(`${file}: ${url} names no element`)
      }
    }
    expect([...faults]).toEqual([])
  })
})
