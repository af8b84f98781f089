import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mailedLink } from './mailed-link.ts'

let hasConsole = true
const server = createServer((req, res) => {
  const answer = mailedLink({ hasConsole: () => hasConsole, publicUrl: () => 'https://build.example.com' }, (req.url ?? '/').split('?', 1)[0] as string)
  if (answer) answer(req, res)
  else res.writeHead(404).end()
})
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)))
afterAll(() => void server.close())

const open = (path: string) => fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, { redirect: 'manual' })

describe('a mailed link', () => {
  test.each([['verify-email', 'verify'], ['reset-password', 'reset'], ['accept-invitation', 'invitation']])('to /auth/%s leads to #/%s of the console, in its language', async (path, page) => {
    hasConsole = true
    const { status, headers } = await open(`/auth/${path}?token=a-b_c&lang=fr`)
    expect([status, headers.get('location'), headers.get('cache-control')]).toEqual([302, `/console/?lang=fr#/${page}?token=a-b_c`, 'no-store'])
  })

  test('leads nowhere else, whatever its token is', async () => {
    hasConsole = true
    const { headers } = await open(`/auth/verify-email?token=${encodeURIComponent('x&next=#/https://evil.example')}`)
    expect(headers.get('location')).toBe('/console/?lang=en#/verify?token=x%26next%3D%23%2Fhttps%3A%2F%2Fevil.example')
  })

  test('is answered by the plain pages where there is no console; an invitation names the command', async () => {
    hasConsole = false
    expect((await open('/auth/verify-email?token=x')).status).toBe(404)
    const page = await (await open(`/auth/accept-invitation?token=${encodeURIComponent('<b>')}&lang=de`)).text()
    expect(page).toContain('br members accept &lt;b&gt;')
    expect(page).toContain('lang="de"')
  })
})
