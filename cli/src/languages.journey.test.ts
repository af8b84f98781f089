/** `br` in German, Spanish and French: help, results, questions and errors; what programs read stays as it is. */
import { describe, expect, test } from 'vitest'
import { useJourney } from './testing/journey.ts'
import type { RunResult } from './testing/br.ts'

const journey = useJourney({ project: 'Shop' })
const speaking = (env: Record<string, string>) => (...args: string[]): Promise<RunResult> => journey.cli.run(args, { cwd: journey.cwd, env })
const german = speaking({ LANG: 'de_AT.UTF-8' })
const spanish = speaking({ BUILDRUNNER_LANG: 'es', LC_ALL: 'de_DE.UTF-8' })
const french = (...args: string[]): Promise<RunResult> => journey.br('--lang', 'fr', ...args)

describe('help', () => {
  test('of all commands', async () => {
    const { stdout } = await german('--help')
    expect(stdout).toMatch(/^Aufruf: br <command> \[options\]\n\nPläne, die in Ihrem Repository/)
    expect(stdout).toMatch(/\nBefehle:\n[^]*\n {2}plan show +der Plan als Baum, oder ein Element\n/)
    expect(stdout).toMatch(/\nExit-Codes:\n {4}0 {2}in Ordnung\n/)
    expect((await spanish('help')).stdout).toMatch(/\nÓrdenes:\n/)
  })

  test('of one command, with its options, choices and examples', async () => {
    const { stdout } = await german('comments', 'attach', '--help')
    expect(stdout).toMatch(/^Aufruf: br comments attach \[options\] <comment> <url>\n\nEinem Kommentar einen Link anhängen\.\n\nArgumente:\n/)
    expect(stdout).toContain('wohin er führt (Auswahl:')
    expect(stdout).toContain('Standard: "link")')
    expect(stdout).toMatch(/\nBeispiele:\n {2}br comments attach cmt_\w+ \S+ --kind pull-request {2}ein Pull Request/)
    expect((await french('help', 'plan', 'show')).stdout).toContain('seulement les micro-étapes avec l’un de : todo, in_progress')
  })

  test('is English for C, for what br does not speak, and unless something says otherwise', async () => {
    const help = (await journey.br('plan', 'show', '--help')).stdout
    expect(help).toMatch(/^Usage: br plan show/)
    const environments: Record<string, string>[] = [{ LC_ALL: 'C', LANG: 'de_DE' }, { LANG: 'ja_JP.UTF-8' }, { BUILDRUNNER_LANG: 'en', LANG: 'de_DE' }]
    for (const env of environments) expect((await speaking(env)('plan', 'show', '--help')).stdout).toBe(help)
  })
})

describe('errors', () => {
  test.each([
    [['plan', 'show', 'nope'], 6, '✗ Der Plan hat kein Element "nope".\n  br plan show zeigt jede ID.\n'],
    [['plan', 'shw'], 2, '✗ Es gibt keinen Befehl "plan shw".\n  Meinten Sie br plan show?\n'],
    [['plan', 'show', '--stats', 'x'], 2, '✗ Unbekannte Option "--stats".\n  Meinten Sie --status?\n'],
    [['comments', 'add'], 2, '✗ Das Argument "id" fehlt.\n  br --help zeigt die Befehle; jeder Befehl hat --help.\n'],
    [['comments', 'attach', 'a', 'b', '--kind', 'c'], 2, 'nimmt "c" nicht an: wählen Sie eines von pull-request, file, test-result, link.'],
    [['comments', 'list', '--limit', 'x'], 2, '✗ --limit: "x" ist nicht gültig; erwartet wird'],
    [['teams', 'delete', 'nope'], 2, '✗ Das Löschen des Teams nope kann hier nicht rückgängig gemacht werden'],
    [['teams', 'delete', 'nope', '--yes'], 6, '✗ Das gibt es nicht, oder Sie dürfen es nicht sehen (There is no team "nope"'],
  ])('of br %j', async (args, code, said) => {
    const result = await german(...args)
    expect(result).toMatchObject({ code, stdout: '' })
    expect(result.stderr).toContain(said)
  })

  test('of the server say in the reader\'s words what its code means', async () => {
    expect((await spanish('comments', 'reply', 'cmt_01a2008b71a07f2ebe4265f046903171', 'hola')).stderr).toContain('✗ No existe, o usted no puede verlo (')
    expect((await french('health', 'check', '--base-url', 'http://127.0.0.1:9')).stderr).toContain('✗ Le serveur est injoignable (')
    expect((await journey.br('--lang', 'ja', 'status')).stderr).toBe('✗ --lang: "ja" is not a language of br: en, es, fr, de.\n')
  })
})

test('results count by the rules of the language', async () => {
  expect((await german('plan', 'edit', 'T3', '--title', 'Einlesen')).code).toBe(0)
  expect((await german('sync')).stdout).toMatch(/↓ 0 Änderungen übernommen {3}↑ 1 Änderung gesendet {3}bei \d+/)
  expect((await spanish('sync')).stdout).toMatch(/^✓ archivo y servidor son iguales en \d+/)
  expect((await spanish('plan', 'show', 'T3')).stdout).toMatch(/\n {2}tipo +micropaso\n {2}en +S2 {2}Catalogue\n {2}estado +por hacer\n/)
  expect((await spanish('comments', 'add', 'T3', '¿listo?')).stdout).toMatch(/^✓ comentario en T3 {2}cmt_/)
  expect((await german('comments', 'list', 'T3')).stdout).toMatch(/^T3 {2}0 Antworten\n/)
  expect((await french('lint')).stdout).toContain('aucun problème')
})

test('a sign-up in German is mailed in German', async () => {
  const signUp = await journey.cli.run(['auth', 'sign-up', '--email', 'grete@example.com', '--name', 'Grete', '--base-url', journey.server.baseUrl], {
    cwd: journey.cwd, env: { LANG: 'de_DE.UTF-8' }, input: 'correct horse battery staple\n',
  })
  expect(signUp).toMatchObject({ code: 0, stdout: expect.stringContaining('Eine E-Mail an grete@example.com ist unterwegs.') as string })
  const mailbox = await (await fetch(`${journey.server.baseUrl}/mailbox`)).text()
  expect(mailbox).toContain('Bestätigen Sie Ihre E-Mail-Adresse')
})

test('the language of mails is chosen once', async () => {
  expect((await german('notifications', 'settings', '--language', 'es')).stdout).toMatch(/^low +off\n[^]*\nSprache +es\n$/)
  expect(await journey.data('notifications', 'settings')).toMatchObject({ settings: { language: 'es', low: 'OFF' } })
})

describe('what programs read', () => {
  test.each([
    [['status']], [['plan', 'show']], [['plan', 'next']], [['lint']], [['comments', 'list', 'T3']], [['help', 'exit-codes']], [['plan', 'show', 'nope']], [['plan', 'show', '--stats']],
  ])('br %j --json is the same in every language', async (args) => {
    const [english, ...others] = await Promise.all([journey.br(...args, '--json'), german(...args, '--json'), french(...args, '--json')])
    for (const other of others) expect(other).toEqual(english)
  })
})
