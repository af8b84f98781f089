/** A German reader's way: what the browser asks for reaches the mail over SMTP, and the pages behind its links. */
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { createTestWorkspace } from '@buildrunner/schema/testing/workspace'
import { pino } from 'pino'
import PostalMime from 'postal-mime'
import type { Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createSmtpMailer } from './adapters/smtp.ts'
import { languageOf } from './context.ts'
import { createHttpServer } from './server.ts'

const closers: (() => Promise<unknown>)[] = []
afterAll(async () => {
  for (const close of closers.reverse()) await close()
})

const taken: Email[] = []
const smtp = new SMTPServer({
  disabledCommands: ['STARTTLS', 'AUTH'],
  onData(stream, _session, done) {
    const chunks: Buffer[] = []
    stream.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      void PostalMime.parse(Buffer.concat(chunks)).then((mail) => {
        taken.push(mail)
        done()
      })
    })
  },
})
const nextMail = async (): Promise<Email> => {
  await expect.poll(() => taken.length).toBeGreaterThan(0)
  return taken.shift()!
}

let baseUrl: string
beforeAll(async () => {
  const workspace = await createTestWorkspace()
  const logger = pino({ level: 'silent' })
  await once(smtp.listen(0, '127.0.0.1'), 'listening')
  const mail = createSmtpMailer({ url: `smtp://127.0.0.1:${(smtp.server.address() as AddressInfo).port}`, from: 'BuildRunner <no-reply@example.com>', logger })
  const http = await createHttpServer({ pool: workspace.pool, logger, mail, version: '1.2.3', migrations: () => Promise.reject(new Error('not asked')) })
  await once(http.server.listen(0, '127.0.0.1'), 'listening')
  closers.push(() => new Promise<void>((resolve) => smtp.close(() => resolve())), () => mail.close(), () => http.close())
  baseUrl = `http://127.0.0.1:${(http.server.address() as AddressInfo).port}`
})

const post = (path: string, language: string, body: object): Promise<Response> =>
  fetch(baseUrl + path, { method: 'POST', headers: { 'content-type': 'application/json', 'accept-language': language }, body: JSON.stringify(body) })
const linkIn = ({ text }: Email): URL => new URL(/http\S+/.exec(text ?? '')?.[0] ?? '')
const open = async (url: URL, headers: Record<string, string> = {}): Promise<[number, string | undefined, string]> => {
  const page = await fetch(url, { headers })
  const html = await page.text()
  return [page.status, /<html lang="(\w+)">/.exec(html)?.[1], html]
}
const press = (link: URL, fields: Record<string, string> = {}): Promise<string> =>
  fetch(link, { method: 'POST', body: new URLSearchParams({ token: link.searchParams.get('token') ?? '', ...fields }) }).then((page) => page.text())

test('a sign-up that asks for German gets a German mail, German pages, and from then on German mails', async () => {
  const email = 'grete@example.com'
  const refused = await post('/api/auth/sign-up', 'de', { email, password: 'grete', name: 'Grete' })
  expect([refused.status, await refused.json()]).toEqual([422, expect.objectContaining({ code: 'VALIDATION_FAILED', detail: 'Ein Passwort hat mindestens 12 Zeichen; dieses hat 5.' })])
  expect((await post('/api/auth/sign-up', 'de-AT, en;q=0.5', { email, password: 'correct horse battery staple', name: 'Grete' })).status).toBe(200)
  const mail = await nextMail()
  expect(mail).toMatchObject({ subject: 'Bestätigen Sie Ihre E-Mail-Adresse', text: expect.stringContaining('Der Link gilt 24 Stunden lang') })
  const link = linkIn(mail)
  const shown = expect.stringContaining('<button>Bestätigen</button>')
  expect(await open(link, { 'accept-language': 'fr' })).toEqual([200, 'de', shown])
  link.searchParams.delete('lang')
  expect(await open(link, { 'accept-language': 'fr', cookie: 'a=b; lang=es' })).toEqual([200, 'es', expect.stringContaining('<button>Verificar</button>')])
  expect(await open(link, { 'accept-language': 'fr;q=0.9, ja' })).toEqual([200, 'fr', expect.stringContaining('<button>Vérifier</button>')])
  expect(await open(link, { 'accept-language': 'ja' })).toEqual([200, 'en', expect.stringContaining('<button>Verify</button>')])
  link.searchParams.set('lang', 'de')
  expect(await press(link)).toContain('Ihre Adresse ist bestätigt')
  expect(await press(link)).toContain('Der Link wurde bereits verwendet')

  await post('/api/auth/request-password-reset', '*', { email })
  const reset = linkIn(await nextMail())
  expect(await press(reset, { newPassword: 'short' })).toContain('Ein Passwort hat mindestens 12 Zeichen; dieses hat 5.')
  expect(await press(reset, { newPassword: 'password1234' })).toContain('Nehmen Sie mehrere Wörter')
  expect(await press(reset, { newPassword: 'vier ganz andere Wörter' })).toContain('Sie können sich jetzt anmelden')
  expect((await nextMail()).subject).toBe('Ihr Passwort wurde geändert, und alle Ihre Sitzungen wurden beendet')
})

test('a link that ends mails speaks the language of its address', async () => {
  expect(await open(new URL('/notifications/unsubscribe?token=x&lang=es', baseUrl))).toEqual([404, 'es', expect.stringContaining('El enlace no está completo')])
})

test.each([
  ['es-MX, en;q=0.5', 'es'],
  ['ja, de;q=0.1', 'de'],
  ['*', null],
  ['ja', null],
  [undefined, null],
])('Accept-Language %j asks for %j', (header, language) => {
  expect(languageOf({ headers: header === undefined ? {} : { 'accept-language': header } })).toBe(language)
})
