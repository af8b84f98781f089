/** A person's way through the server over HTTP: sign-up, mailed link, sign-in, second factor, sessions, reset. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createTestWorkspace } from '@buildrunner/schema/testing/workspace'
import { generate } from 'otplib'
import { pino } from 'pino'
import PostalMime from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { createSmtpMailer } from './adapters/smtp.ts'
import { createMailbox } from './mailbox.ts'
import { createHttpServer } from './server.ts'
import { restClient } from './testing/rest.ts'

const closers: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const close of closers.reverse()) await close()
})

const PASSWORD = 'correct horse battery staple'
const taken: { to: string; text: string }[] = []
const smtp = new SMTPServer({
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData(stream, session, done) {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      void PostalMime.parse(Buffer.concat(chunks)).then(({ text = '' }) => {
        taken.push({ to: session.envelope.rcptTo[0]?.address ?? '', text })
        done()
      })
    })
  },
})

let baseUrl: string
let withMailbox: string

beforeAll(async () => {
  const workspace = await createTestWorkspace()
  const logger = pino({ level: 'silent' })
  smtp.listen(0, '127.0.0.1')
  await once(smtp.server, 'listening')
  const mailer = createSmtpMailer({ url: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`, from: 'BuildRunner <no-reply@example.com>', logger })
  closers.push(() => new Promise<void>((resolve) => smtp.close(() => resolve())), () => mailer.close())
  const start = async (mail: typeof mailer | ReturnType<typeof createMailbox>): Promise<string> => {
    const http = await createHttpServer({ pool: workspace.pool, logger, mail, version: '1.2.3', migrations: () => Promise.reject(new Error('not asked')) })
    await once(http.server.listen(0, '127.0.0.1'), 'listening')
    closers.push(() => http.close())
    return `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`
  }
  baseUrl = await start(mailer)
  withMailbox = await start(createMailbox())
})

const nextMail = async (): Promise<{ to: string; text: string }> => {
  await expect.poll(() => taken.length).toBeGreaterThan(0)
  return taken.shift()!
}
const linkIn = (text: string): URL => new URL(/http\S+/.exec(text)?.[0] ?? '')
const press = (link: URL, fields: Record<string, string> = {}): Promise<Response> =>
  fetch(`${link.origin}${link.pathname}`, { method: 'POST', body: new URLSearchParams({ token: link.searchParams.get('token') ?? '', ...fields }) })

test('sign-up, mailed link, second factor, sessions, a socket that ends with its session, reset', async () => {
  const anonymous = restClient(baseUrl)
  expect((await anonymous('POST /api/auth/sign-up', { body: { email: 'grace@example.com', password: PASSWORD, name: 'Grace', organisation_name: 'Compilers' } })).status).toBe(200)
  const mail = await nextMail()
  expect(mail.to).toBe('grace@example.com')
  const link = linkIn(mail.text)
  expect(link.origin).toBe(baseUrl)
  // opening the link, as a scanner of mail does, uses nothing up
  const page = await fetch(link)
  expect([page.status, page.headers.get('referrer-policy'), await page.text()]).toEqual([200, 'no-referrer', expect.stringContaining('<button>Verify</button>')])
  expect(await (await press(link)).text()).toContain('Your address is verified')
  expect((await press(link)).status).toBe(410)
  expect((await anonymous('POST /api/auth/verify-email', { body: { token: link.searchParams.get('token') } })).body).toMatchObject({ code: 'LINK_INVALID', status: 410 })

  const { body: { token } } = await anonymous('POST /api/auth/sign-in', { body: { email: 'grace@example.com', password: PASSWORD } })
  const grace = restClient(baseUrl, token)
  const { body: factor } = await grace('POST /api/auth/two-factor', { body: { password: PASSWORD } })
  const code = await generate({ secret: factor.secret })
  expect((await grace('POST /api/auth/two-factor/confirm', { body: { code } })).body).toEqual({ two_factor_enabled: true })
  const { body: { challenge } } = await anonymous('POST /api/auth/sign-in', { body: { email: 'grace@example.com', password: PASSWORD } })
  expect((await anonymous('POST /api/auth/sign-in/complete', { body: { challenge: challenge.token, code } })).status).toBe(401)
  const done = await anonymous('POST /api/auth/sign-in/complete', { body: { challenge: challenge.token, code: factor.recovery_codes[0] } })
  const second = restClient(baseUrl, done.body.token)
  expect((await second('GET /api/auth/session')).body).toMatchObject({ email: 'grace@example.com', restriction: null, organisations: [{ name: 'Compilers', role: 'tenant_admin', current: true }] })
  const { body: { nodes } } = await second('GET /api/auth/sessions')
  expect(nodes.map((session: any) => [session.current, session.second_factor])).toEqual([[true, true], [false, true]])

  const socket = new WebSocket(baseUrl.replace('http', 'ws') + '/graphql', 'graphql-transport-ws')
  await once(socket, 'open')
  socket.send(JSON.stringify({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }))
  await once(socket, 'message')
  expect((await second('POST /api/projects', { body: { name: 'Watched', slug: 'watched' } })).status).toBe(201)
  socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query: 'subscription { projectEvents(projectId: "watched") { sequence } }' } }))
  await once(socket, 'message')
  const closed = once(socket, 'close') as Promise<[number]>
  expect((await second(`DELETE /api/auth/sessions/${nodes[1].id}`)).body).toEqual({ session_ids: [nodes[1].id] })
  expect((await closed)[0]).toBe(4403)
  await expect.poll(async () => (await grace('GET /api/auth/session')).status, { timeout: 2_000 }).toBe(401)

  taken.length = 0
  await anonymous('POST /api/auth/request-password-reset', { body: { email: 'grace@example.com' } })
  const reset = linkIn((await nextMail()).text)
  expect(await (await press(reset, { newPassword: 'short' })).text()).toContain('at least 12 characters')
  expect(await (await press(reset, { newPassword: 'four quite different words' })).text()).toContain('all your sessions ended')
  expect((await second('GET /api/auth/session')).status).toBe(401)
})

test('the mail-box of a local server shows what was mailed, escaped, with working links, to this machine alone', async () => {
  await restClient(withMailbox)('POST /api/auth/sign-up', { body: { email: 'ada2@example.com', password: PASSWORD, name: '<script>alert(1)</script>' } })
  const list = await (await fetch(`${withMailbox}/mailbox`)).text()
  expect(list).toContain('Verify your e-mail address')
  const message = await (await fetch(`${withMailbox}/mailbox/1`)).text()
  expect(message).not.toContain('<script>')
  const href = /href="(http[^"]+verify-email[^"]+)"/.exec(message)?.[1] ?? ''
  expect(await (await press(new URL(href))).text()).toContain('Your address is verified')
  expect((await fetch(`${withMailbox}/mailbox/9`)).status).toBe(404)
  const { request } = await import('node:http')
  const foreign = request(`${withMailbox}/mailbox`, { headers: { host: 'attacker.example' } }).end()
  const [response] = (await once(foreign, 'response')) as [{ statusCode: number; resume(): void }]
  response.resume()
  expect(response.statusCode).toBe(403)
  expect((await fetch(`${baseUrl}/mailbox`)).status).toBe(404)
})
