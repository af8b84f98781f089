/** Links of the pages: what they lead to, and what is there. */
import type { Page } from './pages.ts'
import { proseOf } from './pages.ts'

export interface Link { readonly url: string; readonly line: number }

const INLINE = /\[(?:[^\][]|\[[^\]]*\])*\]\(([^()\s]+)(?:\s+"[^"]*")?\)/g
const HTML = /\b(?:href|link|src)=["']([^"']+)["']/g
const withoutCode = (line: string): string => line.replaceAll(/(`+)(?:(?!\1).)+\1/g, (code) => (code.includes('](') ? '' : code.replaceAll(/[^\s]/g, 'x')))

const urlsIn = (line: string): string[] => [INLINE, HTML].flatMap((pattern) => [...withoutCode(line).matchAll(pattern)].map(([, url = '']) => url))

/** The links of a page's prose. */
export const linksOf = (page: Page): Link[] =>
  proseOf(page).split('\n').flatMap((text, index) => urlsIn(text).map((url) => ({ url, line: page.bodyLine + index })))

/** As the site (and GitHub) make an anchor of a heading. */
const slugOf = (heading: string): string => heading.toLowerCase().replaceAll(/[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu, '').replaceAll(' ', '-')

/** Anchors of headings in their order: the second of two equal ones is numbered. */
function numbered(slugs: readonly string[]): string[] {
  const times = new Map<string, number>()
  return slugs.map((slug) => {
    const before = times.get(slug) ?? 0
    times.set(slug, before + 1)
    return before === 0 ? slug : `${slug}-${before}`
  })
}

/** The anchors that a page has: its headings', as the site makes them. */
export function anchorsOf(page: Page): Set<string> {
  const plain = (text: string): string => text.replaceAll(/[`*]|\[([^\]]*)\]\([^)]*\)/g, '$1').replaceAll(/<[^>]+>/g, '')
  const headings = [...proseOf(page).matchAll(/^#{1,6}\s+(.*?)\s*#*$/gm)].map(([, text = '']) => plain(text))
  const explicit = [...page.body.matchAll(/\bid="([^"]+)"/g)].map(([, id = '']) => id)
  return new Set(['_top', ...numbered(headings.map(slugOf)), ...explicit])
}
