/** What programs read of the built site: markdown, llms.txt, robots, the sitemap. */
import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { SITE, builtSite } from './built-site.ts'

const read = (path: string): string => readFileSync(join(SITE, path), 'utf8')
/** Addresses of the English pages of the documentation. */
const pages = (): string[] =>
  globSync('**/index.html', { cwd: SITE }).map((path) => `/${path.replaceAll('\\', '/').replace(/index\.html$/, '')}`).filter((path) => !/^\/(?:es|fr|de|console)\//.test(path) && path !== '/')

beforeAll(builtSite)

test('every page has a markdown form, which names itself and holds no component', () => {
  expect(pages().length).toBeGreaterThan(100)
  for (const page of pages()) {
    const file = `${page.slice(1, -1)}.md`
    expect(existsSync(join(SITE, file)), file).toBe(true)
    const text = read(file)
    expect(text, file).toMatch(/^# \S.*\n\n> \S/)
    expect(text.replaceAll(/^(`{3,})[\s\S]*?^\1$/gm, '').replaceAll(/`[^`\n]*`/g, ''), file).not.toMatch(/<\/?[A-Z]\w*[ />]|^import .* from|<br-live>/m)
    expect(read(`${page.slice(1)}index.html`)).toContain(`href="${page.slice(0, -1)}.md"`)
  }
})

test('llms.txt names every page with what it is about, and llms-full.txt holds the prose', () => {
  const index = read('llms.txt')
  for (const page of pages()) expect(index, page).toMatch(new RegExp(`^- \\[[^\\n]+\\]\\(\\S+${page.slice(0, -1)}\\.md\\): \\S`, 'm'))
  expect(read('llms-full.txt')).toContain(read('start/quickstart.md'))
  expect(read('llms-full.txt').length).toBeLessThan(1_000_000)
})

test('crawlers are shown the documentation, and not the console', () => {
  expect(read('robots.txt')).toMatch(/^Disallow: \/console\/$[\s\S]*^Sitemap: \S+\/sitemap-index\.xml$/m)
  const sitemap = globSync('sitemap-*.xml', { cwd: SITE }).map((file) => read(file)).join('')
  expect(sitemap).toContain('/start/quickstart/')
  expect(read('404.html')).toContain('There is no such page')
})

test('the picture that others show of the site has the size that pages say', () => {
  const header = readFileSync(join(SITE, 'open-graph.png')).subarray(16, 24)
  expect([header.readUInt32BE(0), header.readUInt32BE(4)]).toEqual([1200, 630])
})
