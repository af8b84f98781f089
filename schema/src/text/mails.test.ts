/** Mails in the language of who reads them. */
import { LANGUAGES } from '@buildrunner/sdk/languages'
import type { Language } from '@buildrunner/sdk/languages'
import { beforeAll, describe, expect, test } from 'vitest'
import { mutate, people, tokenIn } from '../authentication/testing/people.ts'
import type { Context } from '../context.ts'
import { invitationMail } from '../organisations/invitation-mail.ts'
import { notificationMail } from '../notifications/mails.ts'
import type { NotificationRow } from '../notifications/rows.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'

const ROW: NotificationRow = {
  id: '1', kind: 'comment.added', reason: 'MENTION', priority: 'HIGH', actor: { id: '2', name: '<Ada> {who}' }, projectId: '3', project: 'Apollo', itemKey: 'm1', threadId: null, commentId: null,
  keyName: null, text: "it's <b>", createdAt: '2026-11-22T12:00:00Z', readAt: null,
}
const digest = (count: number, language: Language) =>
  notificationMail({ to: 'bob@example.com', organisation: 'Acme', notifications: Array.from({ length: count }, () => ROW) as [NotificationRow], unsubscribeUrl: 'http://x/', language })

test.each([
  ['en', 'The invitation can be accepted until 29 November 2026 at 18:05 UTC'],
  ['es', 'La invitación puede aceptarse hasta el 29 de noviembre de 2026 a las 18:05 UTC'],
  ['fr', 'L’invitation peut être acceptée jusqu’au 29 novembre 2026 à 18:05 UTC'],
  ['de', 'Die Einladung kann bis 29. November 2026 um 18:05 UTC angenommen werden'],
] as const)('an invitation in %s says until when in the words of the language', (language, validity) => {
  const { text, subject } = invitationMail({ to: 'x@example.com', inviter: 'Ada\nBcc: all', organisation: 'Acme', token: 'bi_x', expiresAt: new Date('2026-11-29T18:05:00Z'), url: 'http://x', language })
  expect(text).toContain(validity)
  expect(text).toContain(`\n\nhttp://x/auth/accept-invitation?token=bi_x&lang=${language}\n\n  br members accept bi_x\n\n`)
  expect(subject).toContain('Ada Bcc: all')
})

test.each([
  ['en', 2, '[Acme] 2 notifications'],
  ['es', 1_234, '[Acme] 1234 notificaciones'],
  ['fr', 1_234, '[Acme] 1 234 notifications'],
  ['de', 1_234, '[Acme] 1.234 Benachrichtigungen'],
] as const)('a digest in %s counts %i by the rules of the language', (language, count, subject) => {
  expect(digest(count, language).subject).toBe(subject)
})

test.each(LANGUAGES)('a notification in %s keeps what people wrote as it is, and escapes it in HTML', (language) => {
  const mail = digest(1, language)
  expect(mail.subject).toContain('<Ada> {who}')
  expect(mail.text).toContain("> it's <b>")
  expect(mail.html).toContain(`<html lang="${language}">`)
  expect(mail.html).toContain('&lt;Ada&gt; {who}')
  expect(mail.html).not.toMatch(/<b>|<Ada>/)
  expect(digest(2, language).text.split(mail.subject.replace('[Acme] ', ''))).toHaveLength(3)
})

describe('which language', () => {
  let workspace: TestWorkspace
  let auth: ReturnType<typeof people>
  beforeAll(async () => {
    workspace = await createTestWorkspace()
    auth = people(workspace)
  })
  const asking = (language: Language | null, ctx = workspace.context(null)): Context => ({ ...ctx, language })
  const signUp = (email: string, ctx: Context, more: object = {}) => mutate(workspace, 'signUp', { input: { email, password: 'correct horse battery staple', name: 'Grace', ...more }, ctx })
  const subject = (): string | undefined => workspace.takeMails().at(-1)?.subject
  const SETTINGS = 'settings { language low }'

  test('a sign-up is answered in what it names, else in what the request asks for, and the person keeps it', async () => {
    await signUp('german@example.com', asking('de'))
    const [mail] = workspace.takeMails()
    expect(mail).toMatchObject({ subject: 'Bestätigen Sie Ihre E-Mail-Adresse', text: expect.stringContaining('&lang=de\n\nDer Link gilt 24 Stunden lang') })
    await mutate(workspace, 'resendVerification', { input: { email: 'german@example.com' }, ctx: asking('fr') })
    expect(subject()).toBe('Bestätigen Sie Ihre E-Mail-Adresse')
    await mutate(workspace, 'verifyEmail', { input: { token: tokenIn(mail!.text) }, ctx: asking('fr') })
    await mutate(workspace, 'requestPasswordReset', { input: { email: 'german@example.com' }, ctx: asking('fr') })
    expect(workspace.takeMails()[0]?.text).toContain('Der Link gilt eine Stunde lang')

    await signUp('named@example.com', asking('de'), { language: 'es-MX' })
    expect(subject()).toBe('Verifique su dirección de correo electrónico')
    expect(await signUp('refused@example.com', asking('de'), { language: 'tlh' })).toMatchObject({ code: 'VALIDATION_FAILED', path: ['language'] })
    expect(workspace.takeMails()).toEqual([])
  })

  test('somebody who never chose is written to in what the request asks for, else in English', async () => {
    const { ctx } = await auth.session('nobody@example.com')
    expect((await workspace.run<any>('{ viewer { language } }', {}, ctx)).data.viewer.language).toBeNull()
    const change = (language: Language | null, currentPassword: string, newPassword: string) => mutate(workspace, 'changePassword', { input: { currentPassword, newPassword }, ctx: asking(language, ctx) })
    await change('fr', 'correct horse battery staple', 'four quite different words')
    expect(subject()).toBe('Votre mot de passe a été modifié et vos autres sessions ont été fermées')
    await change(null, 'four quite different words', 'correct horse battery staple')
    expect(subject()).toBe('Your password was changed, and your other sessions ended')
  })

  test('who is invited is written to in their own language, else in that of the inviter', async () => {
    const invite = async (email: string, language: Language | null): Promise<string | undefined> => {
      expect(await mutate(workspace, 'inviteMember', { input: { email, role: 'MEMBER' }, ctx: asking(language, workspace.context()) })).toMatchObject({ __typename: 'InviteMemberPayload' })
      return subject()
    }
    expect(await invite('new1@example.com', null)).toBe('Ada invites you to Acme on BuildRunner')
    expect(await invite('new2@example.com', 'es')).toBe('Ada le invita a Acme en BuildRunner')
    const chosen = await mutate(workspace, 'updateNotificationSettings', { input: { language: 'fr' }, select: SETTINGS, ctx: workspace.context() })
    expect(chosen).toMatchObject({ settings: { language: 'fr', low: 'OFF' } })
    expect(await invite('new3@example.com', 'es')).toBe('Ada vous invite à rejoindre Acme sur BuildRunner')
    expect(await invite('german@example.com', 'es')).toBe('Ada lädt Sie zu Acme auf BuildRunner ein')
  })

  test('a language is chosen once for all organisations, stays when other settings change, and must have texts', async () => {
    const { ctx } = await auth.session('chooser@example.com', { organisationName: 'Compilers' })
    const update = (input: object) => mutate(workspace, 'updateNotificationSettings', { input, select: SETTINGS, ctx })
    expect(await update({ language: 'de-CH' })).toMatchObject({ settings: { language: 'de' } })
    expect(await update({ low: 'DIGEST_DAILY' })).toMatchObject({ settings: { language: 'de', low: 'DIGEST_DAILY' } })
    expect(await update({ language: 'english' })).toMatchObject({ code: 'VALIDATION_FAILED', path: ['language'] })
    expect((await workspace.run<any>('{ viewer { language } notificationSettings { language low } }', {}, ctx)).data).toEqual({ viewer: { language: 'de' }, notificationSettings: { language: 'de', low: 'DIGEST_DAILY' } })
  })
})
