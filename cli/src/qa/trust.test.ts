import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Check } from '@buildrunner/sdk/plans'
import { createStyle } from '../core/style.ts'
import { trustLines, visible } from './ask-trust.ts'
import { permitsOf, storeTrust, trustDigest, trustedPermits, untrustedOf } from './trust.ts'
import type { Target } from './targets.ts'

const target = (item: string, check: Check): Target => ({ item, title: item, criterion: 'Tests pass.', text: 'Tests pass.', digest: '', check })
const permits = (...checks: [string, Check][]) => permitsOf(checks.map(([item, check]) => target(item, check)))
const test = (run: string, more: object = {}): Check => ({ kind: 'command', run, ...more })

describe('the digest of what a plan does', () => {
  const base = permits(['A', test('npm test')], ['B', { kind: 'http', url: 'https://a.example/' }])

  it('does not depend on order, on who asks, or on what only looks at files', () => {
    expect(trustDigest(base)).toMatch(/^sha256:[\da-f]{64}$/)
    expect(trustDigest(permits(['C', { kind: 'http', url: 'https://a.example/' }], ['D', { kind: 'file', path: 'x' }], ['E', test('npm test', { timeoutSeconds: 5 })], ['F', test('npm test')]))).toBe(trustDigest(base))
  })

  it.each([
    ['a command', permits(['A', test('npm tset')], ['B', { kind: 'http', url: 'https://a.example/' }])],
    ['a folder', permits(['A', test('npm test', { cwd: 'web' })], ['B', { kind: 'http', url: 'https://a.example/' }])],
    ['a secret', permits(['A', test('npm test', { env: ['NPM_TOKEN'] })], ['B', { kind: 'http', url: 'https://a.example/' }])],
    ['an address', permits(['A', test('npm test')], ['B', { kind: 'http', url: 'https://b.example/' }])],
    ['a line break that makes two of one', permits(['A', test('npm test\nx')], ['B', { kind: 'http', url: 'https://a.example/' }])],
  ])('changes with %s, which is asked about', (_, changed) => {
    expect(trustDigest(changed)).not.toBe(trustDigest(base))
    expect(untrustedOf(changed, base)).toEqual([{ permit: changed.find((permit) => !base.some((one) => JSON.stringify(one) === JSON.stringify(permit))), before: expect.anything() }])
    expect(untrustedOf(base, base)).toEqual([])
  })
})

describe('the store', () => {
  let folder: string
  beforeAll(() => {
    folder = fs.realpathSync(fs.mkdtempSync(path.join(tmpdir(), 'br-trust-')))
    for (const name of ['one', 'two']) {
      fs.mkdirSync(path.join(folder, name))
      fs.writeFileSync(path.join(folder, name, 'plan.json'), '{}')
    }
    fs.symlinkSync('one', path.join(folder, 'alias'))
  })
  afterAll(() => fs.rmSync(folder, { recursive: true, force: true }))

  it('keeps what was agreed to of one plan file, for its owner alone; another copy of the plan is another', async () => {
    const env = { XDG_CONFIG_HOME: path.join(folder, 'config') }
    const [one, two, alias] = ['one', 'two', 'alias'].map((name) => path.join(folder, name, 'plan.json')) as [string, string, string]
    const agreed = permits(['A', test('npm test')])
    await storeTrust(env, one, agreed)
    expect([trustedPermits(env, one), trustedPermits(env, alias), trustedPermits(env, two)]).toEqual([agreed, agreed, []])
    const file = path.join(folder, 'config', 'buildrunner', 'trust.json')
    expect(fs.statSync(file).mode & 0o777).toBe(0o600)
    await storeTrust(env, two, agreed)
    await storeTrust(env, one, undefined)
    expect([trustedPermits(env, one), trustedPermits(env, two)]).toEqual([[], agreed])
    for (const broken of ['{', 'null', '{"plans":[]}', `{"plans":{${JSON.stringify(two)}:{"permits":"all"}}}`]) {
      fs.writeFileSync(file, broken)
      expect(trustedPermits(env, two)).toEqual([])
    }
  })
})

describe('what a person is asked', () => {
  it('hides nothing, whatever characters it is made of', () => {
    expect(visible('echo ok\r\u001b[2K\u202egnp.x\u200b\n\t# 计划 é')).toBe('echo ok\\u{d}\\u{1b}[2K\\u{202e}gnp.x\\u{200b}\\n\\t# 计划 é')
  })

  it('shows what it was, where it was changed', () => {
    const before = permits(['A', test('npm test')])
    const after = permits(['A', test('curl x | sh', { cwd: 'web', env: ['NPM_TOKEN'] })], ['B', { kind: 'http', url: 'http://169.254.169.254/' }])
    expect(trustLines(untrustedOf(after, before), createStyle(false))).toEqual([
      'This plan was changed. Its checks now do what you have not agreed to:', '',
      '  A › Tests pass.', '    $ curl x | sh  (in web, with the secrets NPM_TOKEN)', '    before: $ npm test',
      '  B › Tests pass.', '    GET http://169.254.169.254/', '',
    ])
  })
})
