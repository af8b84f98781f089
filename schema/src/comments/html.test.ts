import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { chromium } from 'playwright-core'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createRenderer } from './html.ts'
import { ATTACKS } from './testing/attacks.ts'

const { render } = createRenderer()

describe('markdown', () => {
  test.each([
    ['One **two** *three* ~~four~~ `five`', '<p>One <strong>two</strong> <em>three</em> <del>four</del> <code>five</code></p>'],
    ['# Title\n\n- a\n- b\n\n3. c', '<h1>Title</h1>\n<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol start="3">\n<li>c</li>\n</ol>'],
    ['- [x] done\n- [ ] open', '<ul class="contains-task-list">\n<li class="task-list-item"><input type="checkbox" checked disabled> done</li>\n<li class="task-list-item"><input type="checkbox" disabled> open</li>\n</ul>'],
    ['|a|b|\n|:-|-:|\n|c|d|', '<table>\n<thead>\n<tr>\n<th align="left">a</th>\n<th align="right">b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td align="left">c</td>\n<td align="right">d</td>\n</tr>\n</tbody>\n</table>'],
    ['[x](https://a.b/c?d=e "t") https://f.g a@b.cd', '<p><a href="https://a.b/c?d=e" rel="nofollow noopener">x</a> <a href="https://f.g" rel="nofollow noopener">https://f.g</a> <a href="mailto:a@b.cd" rel="nofollow noopener">a@b.cd</a></p>'],
    ['see:\n```ts\nconst a: Array<string> = []\n```\nthere', '<p>see:</p>\n<pre><code class="language-ts">const a: Array&#x3C;string> = []\n</code></pre>\n<p>there</p>'],
    ['````\n```\ninner\n```\n````', '<pre><code>```\ninner\n```\n</code></pre>'],
    ['```\nnever closed', '<pre><code>never closed</code></pre>'],
    ['- a\n  ```sh\n  b\n  ```', '<ul>\n<li>a\n<pre><code class="language-sh">b\n</code></pre>\n</li>\n</ul>'],
    ['a Promise<string> & more', '<p>a Promise&#x3C;string> &#x26; more</p>'],
    ['<div>\nraw\n</div>', '<p>&#x3C;div>\nraw\n&#x3C;/div></p>'],
    ['![diagram](https://a.b/d.png) ![](/d.png)', '<p><a href="https://a.b/d.png" rel="nofollow noopener">diagram</a> <a>/d.png</a></p>'],
  ])('%j is %j', async (markdown, html) => expect(await render(markdown)).toBe(html))

  test('that would cost seconds to parse is shown as it was written', async () => {
    const costly = ['['.repeat(20_000), '_*'.repeat(20_000), '- a\n'.repeat(12_000), '> '.repeat(60), '- '.repeat(60), 'a\n\n'.repeat(16_000), '|a'.repeat(20_000), `${' '.repeat(200)}- a`]
    for (const markdown of costly) expect((await render(markdown)).slice(0, 5), markdown.slice(0, 10)).toBe('<pre>')
    expect(await render('<'.repeat(2_000))).toBe(`<pre>${'&#x3C;'.repeat(2_000)}</pre>`)
  })

  test('of a long log between fences is code, whatever it holds', async () => {
    const log = '[info] * <a> `b`\n'.repeat(2_900)
    expect(await render(`Failed:\n\n\`\`\`\n${log}\`\`\`\n\n**Why?**`)).toMatch(/^<p>Failed:<\/p>\n<pre><code>\[info\] \* &#x3C;a> `b`\n[^]*<\/code><\/pre>\n<p><strong>Why\?<\/strong><\/p>$/)
  })
})

test('what was rendered is kept, up to a bound, the latest used longest', async () => {
  const rendered: string[] = []
  const renderer = createRenderer(10, (text) => {
    rendered.push(text)
    return text.repeat(4)
  })
  expect(await Promise.all([renderer.render('a'), renderer.render('a'), renderer.render('b')])).toEqual(['aaaa', 'aaaa', 'bbbb'])
  await renderer.render('a')
  await renderer.render('c')
  expect([rendered, renderer.size]).toEqual([['a', 'b', 'c'], 8])
  await renderer.render('a')
  await renderer.render('b')
  expect(rendered).toEqual(['a', 'b', 'c', 'b'])
  await renderer.render('too long')
  expect(renderer.size).toBeLessThanOrEqual(10)
})

const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'
const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
if (!existsSync(CHROMIUM)) console.warn(`NOT TESTED: there is no Chromium at ${CHROMIUM}, so no attack was shown to one. Set CHROMIUM_PATH to one.`)

/** Element and attribute, and what the attribute may hold. */
const ATTRIBUTES: Readonly<Record<string, RegExp>> = {
  'a href': /^(?:https?:\/\/|mailto:)/i, 'a rel': /^nofollow noopener$/, 'code class': /^(?:language-[\w+-]+)?$/, 'input type': /^checkbox$/, 'input disabled': /^$/, 'input checked': /^$/,
  'li class': /^task-list-item$/, 'ol start': /^\d+$/, 'td align': /^(?:left|center|right)$/, 'th align': /^(?:left|center|right)$/, 'ul class': /^contains-task-list$/,
}
const ELEMENTS = new Set('a blockquote br code del em h1 h2 h3 h4 h5 h6 hr input li ol p pre strong table tbody td th thead tr ul'.split(' '))

describe.skipIf(!existsSync(CHROMIUM))('in Chromium', { timeout: 120_000 }, () => {
  const profile = mkdtempSync(join(tmpdir(), 'comments-html-'))
  const asked: string[] = []
  let page: Page
  let close: () => Promise<void>
  beforeAll(async () => {
    const context = await chromium.launchPersistentContext(profile, { executablePath: CHROMIUM, args: ARGS })
    close = () => context.close()
    await context.route('**/*', (route) => {
      if (route.request().url() === 'http://page.example/') return route.fulfill({ contentType: 'text/html', body: '<!doctype html><main></main>' })
      asked.push(route.request().url())
      return route.abort()
    })
    page = await context.newPage()
  }, 120_000)
  afterAll(async () => {
    await close?.()
    rmSync(profile, { recursive: true, force: true })
  })

  /** Shows them on a fresh page, does to each what a person might, and tells how often `hit()` was called and what is on the page. */
  async function show(htmls: readonly string[]): Promise<{ hits: number; parts: [string, string][][]; elements: string[][] }> {
    await page.goto('http://page.example/')
    return page.evaluate(async (texts) => {
      const view = window as Window & { hits?: number; hit?: () => void }
      view.hits = 0
      view.hit = () => void (view.hits = (view.hits ?? 0) + 1)
      const main = document.querySelector('main') as HTMLElement
      const sections = texts.map((html) => {
        const section = document.createElement('section')
        main.append(section)
        section.innerHTML = html
        return [...section.querySelectorAll<HTMLElement>('*')]
      })
      const elements = sections.map((all) => all.map((one) => one.localName))
      const parts = sections.map((all) => all.flatMap((one) => one.getAttributeNames().map((name): [string, string] => [`${one.localName} ${name}`, one.getAttribute(name) ?? ''])))
      for (const one of sections.flat()) {
        for (const type of ['mouseover', 'focus', 'load', 'error', 'toggle', 'animationstart']) one.dispatchEvent(new Event(type))
        if (one.localName === 'a' && !/^(?:https?|mailto):/i.test(one.getAttribute('href') ?? '')) one.click()
      }
      // what was to be loaded was asked for before this, and has failed by then
      await new Promise<void>((resolve) => {
        const last = new Image()
        last.onerror = () => resolve()
        last.src = 'http://page.example/last.png'
      })
      return { hits: view.hits, parts, elements }
    }, htmls as string[])
  }

  test('the attacks are attacks: shown as they are, they run', async () => {
    expect((await show(ATTACKS.filter((attack) => /^<\w+[^<]* onerror=hit\(\)>$/.test(attack)))).hits).toBeGreaterThan(3)
  })

  test('none of the corpus runs or loads anything, and nothing beyond the allowed elements and attributes is left', async () => {
    expect(ATTACKS.length).toBeGreaterThan(500)
    const htmls = await Promise.all(ATTACKS.map(render))
    asked.length = 0
    const { hits, parts, elements } = await show(htmls)
    for (const [index, attack] of ATTACKS.entries()) {
      expect(elements[index]?.filter((name) => !ELEMENTS.has(name)), attack).toEqual([])
      expect(parts[index]?.filter(([name, value]) => ATTRIBUTES[name]?.test(value) !== true), attack).toEqual([])
    }
    expect([hits, asked]).toEqual([0, ['http://page.example/last.png']])
  })
})
