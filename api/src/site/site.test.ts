import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { scriptHashes } from './security.ts'
import { BUILT, PLACEHOLDER } from './built.ts'
import { createSite } from './site.ts'

const folder = mkdtempSync(join(tmpdir(), 'site-'))
const write = (path: string, text: string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}
const page = (title: string): string => `<!doctype html><title>${title}</title><link rel="canonical" href="${PLACEHOLDER}/x/"><script>say('${title}')</script><script type="application/ld+json">{}</script><script src="/a.js"></script>`

const server = createServer((req, res) => void site.answer(req, res, (req.url ?? '/').split('?', 1)[0] as string).then((done) => done || res.writeHead(418).end()))
const site = createSite({ folder, publicUrl: () => 'https://plans.example.com' })
let base = ''
const get = (path: string, headers: Record<string, string> = {}): Promise<Response> => fetch(base + path, { redirect: 'manual', headers: { 'accept-language': 'en', ...headers } })

beforeAll(async () => {
  write('../outside.txt', 'secret')
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
  rmSync(folder, { recursive: true })
})

test('a site that is not built yet says so at its address, and leaves the rest to others', async () => {
  const answer = await get('/')
  expect([answer.status, answer.headers.get('refresh')]).toEqual([503, '5'])
  expect((await get('/guides/')).status).toBe(418)
})

describe('a built site', () => {
  beforeAll(() => {
    for (const [path, title] of [['index.html', 'Home'], ['de/index.html', 'Start'], ['guides/deploy/index.html', 'Deploy'], ['de/guides/deploy/index.html', 'Deploy'], ['console/index.html', 'Console'], ['404.html', 'Nothing here']] as const) write(path, page(title))
    write('_astro/a.B3.js', 'let a')
    write('_astro/a.B3.js.gz', 'packed before')
    write(BUILT, '1')
  })

  test('is served with the address that people reach it by', async () => {
    const answer = await get('/guides/deploy/')
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(await answer.text()).toContain('<link rel="canonical" href="https://plans.example.com/x/">')
  })

  test('leads to the form of an address with a slash at its end', async () => {
    const answer = await get('/guides/deploy?a=1')
    expect([answer.status, answer.headers.get('location')]).toEqual([308, '/guides/deploy/?a=1'])
  })

  test.each([
    ['the browser prefers it', { 'accept-language': 'fr;q=0, de-CH, en;q=0.5' }, '/', '/de/'],
    ['it was chosen before', { cookie: 'a=b; lang=de' }, '/', '/de/'],
    ['the address asks for it', {}, '/guides/deploy/?lang=de&x=1', '/de/guides/deploy/?x=1'],
    ['the address asks for English', { cookie: 'lang=de' }, '/de/guides/deploy/?lang=en', '/guides/deploy/'],
  ])('goes to a language where %s', async (_, headers, path, location) => {
    const answer = await get(path, headers)
    expect([answer.status, answer.headers.get('location')]).toEqual([302, location])
    expect(answer.headers.get('vary')).toBe('accept-language, cookie')
  })

  test('stays in the language of a page that somebody linked to', async () => {
    expect((await get('/guides/deploy/', { cookie: 'lang=de' })).status).toBe(200)
    expect((await get('/', { 'accept-language': 'ja, en' })).status).toBe(200)
  })

  test('a choice is remembered', async () => {
    expect((await get('/?lang=de')).headers.get('set-cookie')).toBe('lang=de; Path=/; Max-Age=31536000; SameSite=Lax')
  })

  test('names each script of a page in its policy, and lets the console speak with this server alone', async () => {
    const policy = (await get('/guides/deploy/')).headers.get('content-security-policy') ?? ''
    expect(policy).toContain(scriptHashes("<script>say('Deploy')</script>")[0])
    expect(policy.match(/'sha256-/g)).toHaveLength(1)
    expect(policy).toContain("frame-ancestors 'none'")
    expect((await get('/console/')).headers.get('content-security-policy')).toContain("connect-src 'self';")
  })

  test('assets are kept for ever, pages are asked for again', async () => {
    expect((await get('/_astro/a.B3.js')).headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    const first = await get('/guides/deploy/')
    expect(first.headers.get('cache-control')).toBe('no-cache')
    expect((await get('/guides/deploy/', { 'if-none-match': first.headers.get('etag') as string })).status).toBe(304)
  })

  test.each([['br', 'br'], ['gzip', 'gzip'], ['identity', null], ['br;q=0, gzip', 'gzip']])('accept-encoding: %s gets %s', async (accepted, encoding) => {
    expect((await get('/guides/deploy/', { 'accept-encoding': accepted })).headers.get('content-encoding')).toBe(encoding)
  })

  test('what the build compressed is sent as it is', async () => {
    const { request } = await import('node:http')
    const [answer] = (await once(request(`${base}/_astro/a.B3.js`, { headers: { 'accept-encoding': 'gzip' } }).end(), 'response')) as [IncomingMessage]
    expect(String(await answer.toArray())).toBe('packed before')
  })

  test('HEAD has the headers alone', async () => {
    const answer = await fetch(`${base}/guides/deploy/`, { method: 'HEAD' })
    expect([answer.status, await answer.text()]).toEqual([200, ''])
  })

  test('what is not there is a page for people, and nothing for programs', async () => {
    const answer = await get('/nothing/', { accept: 'text/html' })
    expect([answer.status, await answer.text()]).toEqual([404, expect.stringContaining('Nothing here')])
    expect((await get('/nothing/')).status).toBe(418)
  })

  test.each(['/../outside.txt', '/%2e%2e/outside.txt', '/..%2foutside.txt', '/.built', '/%', '/guides/%00/'])('%s leads nowhere', async (path) => {
    const { request } = await import('node:http')
    const [answer] = (await once(request({ host: '127.0.0.1', port: new URL(base).port, path }).end(), 'response')) as [IncomingMessage]
    answer.resume()
    expect(answer.statusCode).toBe(418)
  })

  test('a newer build takes the place of the old one without a restart', async () => {
    write('new/index.html', page('New'))
    expect((await get('/new/')).status).toBe(418)
    rmSync(join(folder, BUILT))
    write(BUILT, '2')
    expect((await get('/new/')).status).toBe(200)
  })
})
