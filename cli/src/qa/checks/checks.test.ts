import * as fs from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { execFileSync } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Check } from '@buildrunner/sdk/plans'
import { carryOut } from '../carry-out.ts'
import { secretMask } from '../secrets.ts'

let outer: string
let root: string
beforeAll(() => {
  outer = fs.realpathSync(fs.mkdtempSync(path.join(tmpdir(), 'br-qa-')))
  root = path.join(outer, 'repository')
  fs.mkdirSync(path.join(root, 'docs', 'deep'), { recursive: true })
  fs.mkdirSync(path.join(root, 'node_modules', 'x'), { recursive: true })
  fs.writeFileSync(path.join(outer, 'secret.txt'), 'outside')
  fs.mkdirSync(path.join(outer, 'repository-2'))
  fs.writeFileSync(path.join(outer, 'repository-2', 'a.txt'), 'beside')
  fs.writeFileSync(path.join(root, 'README.md'), '# Shop\n\nVersion 2\n')
  fs.writeFileSync(path.join(root, 'docs', 'deep', 'a.md'), 'alpha')
  fs.writeFileSync(path.join(root, 'node_modules', 'x', 'b.md'), 'beta')
  fs.writeFileSync(path.join(root, 'evil.txt'), `${'a'.repeat(50)}!`)
  fs.writeFileSync(path.join(root, 'bomb.xml'), `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">${'bcdefghij'.split('').map((name, at) => `<!ENTITY ${name} "${`&${'abcdefghij'[at]};`.repeat(10)}">`).join('')}]><testsuite>&j;</testsuite>`)
  fs.writeFileSync(path.join(root, 'unit.xml'), '<testsuite><testcase name="a"/><testcase name="pays"><failure message="token=hush-hush"/></testcase></testsuite>')
  fs.writeFileSync(path.join(root, 'latin.xml'), Buffer.from('<?xml version="1.0" encoding="ISO-8859-1"?><testsuite><testcase name="gr\xfc\xdfe"><failure message="z"/></testcase></testsuite>', 'latin1'))
  fs.writeFileSync(path.join(root, 'wide.xml'), Buffer.from('\uFEFF<testsuite><testcase name="wide"><failure/></testcase></testsuite>', 'utf16le'))
  fs.writeFileSync(path.join(root, 'lcov.info'), 'SF:a\nLF:4\nLH:3\nend_of_record\n')
  fs.symlinkSync(path.join(outer, 'secret.txt'), path.join(root, 'link.txt'))
  fs.symlinkSync(outer, path.join(root, 'up'))
  fs.symlinkSync('README.md', path.join(root, 'INNER.md'))
  fs.symlinkSync('nowhere', path.join(root, 'broken'))
  execFileSync('mkfifo', [path.join(root, 'pipe')])
})
afterAll(() => fs.rmSync(outer, { recursive: true, force: true }))

const run = (check: Check, signal = new AbortController().signal) =>
  carryOut(check, { root, env: { PATH: process.env.PATH, API_TOKEN: 'hush-hush', CI: '1' }, signal, mask: secretMask({ API_TOKEN: 'hush-hush' }) })

describe('a check of a file', () => {
  it.each([
    [{ path: 'README.md' }, 'passed', 'README.md is there'],
    [{ path: 'docs' }, 'passed', 'docs is there'],
    [{ path: '**/*.md' }, 'passed', '2 files are there'],
    [{ path: 'node_modules/**/*.md' }, 'passed', 'node_modules/**/*.md is there'],
    [{ path: 'CHANGES.md' }, 'failed', 'there is no CHANGES.md'],
    [{ path: 'README.md/x' }, 'failed', 'there is no README.md/x'],
    [{ path: 'broken' }, 'failed', 'there is no broken'],
    [{ path: '*.rst' }, 'failed', 'there is no *.rst'],
    [{ path: 'INNER.md', matches: '^Version \\d$' }, 'passed', 'README.md matches'],
    [{ path: '**/*.md', matches: 'alpha' }, 'passed', 'docs/deep/a.md matches'],
    [{ path: '**/*.md', matches: 'gamma' }, 'failed', 'none of 2 files matches "gamma"'],
    [{ path: 'README.md', matches: 'Version 3' }, 'failed', 'README.md does not match "Version 3"'],
  ])('looks for %j', async (check, outcome, message) => {
    expect(await run({ kind: 'file', ...check })).toMatchObject({ outcome, message })
  })

  it.each(['/etc/passwd', '../secret.txt', 'docs/../../secret.txt', '{docs,..}/secret.txt', '*/../../secret.txt', 'up/secret.txt', 'link.txt', 'up/repository-2/a.txt', '@(..)/secret.txt', 'a\0b', '..\\secret.txt'])('never leaves the repository: %j', async (file) => {
    for (const matches of [undefined, 'outside']) expect((await run({ kind: 'file', path: file, matches })).outcome).toBe('errored')
  })

  it('waits for no writer, and for no expression without end', async () => {
    expect(await run({ kind: 'file', path: 'pipe', matches: 'x' })).toMatchObject({ outcome: 'failed' })
    expect(await run({ kind: 'file', path: 'evil.txt', matches: '^(a+)+$' })).toMatchObject({ outcome: 'errored', message: 'the expression "^(a+)+$" takes longer than 1 s' })
  })
})

describe('a check of a report', () => {
  it.each([
    [{ kind: 'junit', path: 'unit.xml' }, 'failed', '2 tests ran, 1 failed', 'pays\n  token=***'],
    [{ kind: 'junit', path: '{unit,latin,wide}.xml', maxFailures: 3 }, 'passed', '4 tests ran, 3 failed', 'grüße\n  z\npays\n  token=***\nwide'],
    [{ kind: 'junit', path: 'none.xml' }, 'errored', 'there is no report none.xml', undefined],
    [{ kind: 'junit', path: 'bomb.xml' }, 'errored', 'bomb.xml cannot be understood: its document type declares entities, which no report needs', undefined],
    [{ kind: 'junit', path: 'README.md' }, 'errored', 'README.md cannot be understood: it is no XML', undefined],
    [{ kind: 'junit', path: 'up/*.xml' }, 'errored', 'there is no report up/*.xml', undefined],
    [{ kind: 'junit', path: '../unit.xml' }, 'errored', '../unit.xml leads out of the repository', undefined],
    [{ kind: 'coverage', path: 'lcov.info', min: 75 }, 'passed', '75 % of lines (3 of 4)', ''],
    [{ kind: 'coverage', path: 'lcov.info', min: 75, metric: 'branches' }, 'errored', 'the report measures no branches', ''],
    [{ kind: 'coverage', path: 'pipe', min: 75 }, 'errored', 'there is no report pipe', undefined],
  ] as const)('reads %j', async (check, outcome, message, output) => {
    expect(await run(check as Check)).toEqual({ outcome, message, ...(output !== undefined && { output }) })
  })

  it('takes a large one in its stride', async () => {
    const count = 100_000
    fs.writeFileSync(path.join(root, 'large.xml'), `<testsuite>${`<testcase name="a"><system-out>${'x'.repeat(100)}</system-out></testcase>`.repeat(count)}</testsuite>`)
    expect(await run({ kind: 'junit', path: 'large.xml', minTests: count })).toMatchObject({ outcome: 'passed', message: `${count} tests ran, 0 failed` })
  })
})

describe('a check by a command', () => {
  it.each([
    [{ run: 'exit 0' }, 'passed', 'exit code 0', ''],
    [{ run: 'echo $API_TOKEN-; echo $CI; exit 2' }, 'failed', 'exit code 2', '-\n1\n'],
    [{ run: 'printf hush-; printf hush; exit 1', env: ['API_TOKEN'] }, 'failed', 'exit code 1', '***'],
    [{ run: 'echo "$API_TOKEN"', env: ['API_TOKEN'] }, 'passed', 'exit code 0', '***\n'],
    [{ run: 'pwd', cwd: 'docs/deep' }, 'passed', 'exit code 0', expect.stringMatching(/\/repository\/docs\/deep\n$/)],
    [{ run: 'echo begun; sleep 600', timeoutSeconds: 1 }, 'errored', 'no end within 1 s', 'begun\n'],
  ])('runs %j', async (check, outcome, message, output) => {
    expect(await run({ kind: 'command', ...check })).toEqual({ outcome, message, output })
  })

  it.each([['../', '../ leads out of the repository'], ['up', 'up leads out of the repository'], ['nowhere', 'there is no folder nowhere'], ['README.md', expect.stringContaining('cannot be started')]])('does not run in %s', async (cwd, message) => {
    expect(await run({ kind: 'command', run: 'touch ran', cwd })).toMatchObject({ outcome: 'errored', message })
    expect(fs.existsSync(path.join(outer, 'ran'))).toBe(false)
  })
})

describe('a check of an address', () => {
  let server: Server
  let base: string
  beforeAll(async () => {
    server = createServer((request, response) => {
      const [, status = '200', kind] = request.url!.split('/')
      response.statusCode = Number(status)
      if (kind === 'to') response.setHeader('location', '/200')
      if (kind === 'cut') return void response.destroy()
      if (kind === 'endless') return void (response.write('begun hush-hush ') && response.write('x'.repeat(2_000_000)))
      response.end(kind === 'body' ? '{"status":"ok","token":"hush-hush"}' : 'hello')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  it.each([
    ['/200', {}, 'passed', '200 OK'],
    ['/302/to', {}, 'passed', '200 OK'],
    ['/302/to', { status: 302 }, 'passed', '302 Found'],
    ['/503', {}, 'failed', '503 Service Unavailable, 200 is expected'],
    ['/204', { status: 204 }, 'passed', '204 No Content'],
    ['/200/body', { matches: '"status":"ok"' }, 'passed', '200 OK, the body matches'],
    ['/200/body', { matches: 'down' }, 'failed', '200 OK, the body does not match "down"'],
    ['/200/endless', { matches: '^begun' }, 'passed', '200 OK, the body matches'],
    ['/200/cut', {}, 'errored', 'no answer: UND_ERR_SOCKET'],
  ])('asks %s', async (url, check, outcome, message) => {
    expect(await run({ kind: 'http', url: base + url, ...check })).toMatchObject({ outcome, message })
  })

  it('masks what the body says', async () => {
    expect(await run({ kind: 'http', url: `${base}/500/body` })).toMatchObject({ outcome: 'failed', output: '{"status":"ok","token":"***"}' })
  })

  it('asks nothing but servers', async () => {
    for (const url of ['file:///etc/passwd', 'data:text/plain,ok', 'ftp://127.0.0.1/']) expect(await run({ kind: 'http', url })).toEqual({ outcome: 'errored', message: 'only http and https addresses can be asked' })
    expect(await run({ kind: 'http', url: 'http://127.0.0.1:9/' })).toMatchObject({ outcome: 'errored' })
  })
})

it('nothing begins once it is to end; what a person confirms is left to a person', async () => {
  expect(await run({ kind: 'file', path: 'README.md' }, AbortSignal.abort())).toEqual({ outcome: 'skipped', message: 'it was not begun' })
  expect(await run({ kind: 'manual', by: 'QA' })).toEqual({ outcome: 'skipped', message: 'QA confirms it' })
})
