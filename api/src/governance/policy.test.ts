import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DEFAULT_OPERATOR_POLICY } from '@buildrunner/schema/shared/operator-policy'
import { operatorJsonSchema } from '@buildrunner/sdk/policy'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { StartupError } from '../exit-codes.ts'
import { loadPolicy, readPolicy } from './load-policy.ts'

const root = join(import.meta.dirname, '..', '..', '..')

/** What is reported, without the path. */
function problemsOf(text: string): string[] {
  try {
    readPolicy(text, 'policy.yml')
  } catch (error) {
    expect(error).toBeInstanceOf(StartupError)
    const [head, ...problems] = (error as StartupError).message.split('\n')
    expect(head).toBe('The policy is not right:')
    return problems.flatMap((line) => (line.startsWith('  policy.yml:') ? [line.slice('  policy.yml:'.length)] : []))
  }
  throw new Error('nothing was reported')
}

describe('the policy file', () => {
  test('of the checkout says what counts without it', () => {
    expect(loadPolicy({ root })).toEqual(DEFAULT_OPERATOR_POLICY)
    expect(loadPolicy({ root: tmpdir() })).toEqual(DEFAULT_OPERATOR_POLICY)
  })

  test.each(['', '# nothing but a remark\n', 'security:\n  # all as it is\n'])('may say nothing: %j', (text) => {
    expect(readPolicy(text, 'policy.yml')).toEqual(DEFAULT_OPERATOR_POLICY)
  })

  test('changes what it names, and nothing else', () => {
    const policy = readPolicy('security: { session_timeout: 3600, max_login_attempts: 3 }\ntiers:\n  pro:\n    max_members: 40\npublic_launch:\n  rate_limits: { signup_per_ip_per_hour: 50 }\n', 'policy.yml')
    expect(policy).toEqual({
      ...DEFAULT_OPERATOR_POLICY,
      signIn: { ...DEFAULT_OPERATOR_POLICY.signIn, sessionHours: 1, maxFailures: 3 },
      tiers: { ...DEFAULT_OPERATOR_POLICY.tiers, pro: { ...DEFAULT_OPERATOR_POLICY.tiers.pro, maxMembers: 40 } },
      rates: { ...DEFAULT_OPERATOR_POLICY.rates, signUp: { limit: 50, seconds: 3_600 } },
      publicLaunch: { ...DEFAULT_OPERATOR_POLICY.publicLaunch, rateLimits: { ...DEFAULT_OPERATOR_POLICY.publicLaunch.rateLimits, signupPerIpPerHour: 50 } },
    })
  })

  test('may repeat a part by its anchor', () => {
    const { tiers } = readPolicy('tiers:\n  free:\n    seats: &seats { included: 2, max: 9 }\n  pro:\n    seats: *seats\n', 'policy.yml')
    expect([tiers.free.seats, tiers.pro.seats]).toEqual([{ included: 2, max: 9 }, { included: 2, max: 9 }])
  })

  test('is refused with everything that is wrong at once, each with its place and what is accepted', () => {
    const text = `securty:
  max_login_attempts: 3
tiers:
  free:
    seats: 3
    max_members: none
    max_projects: 2.5
    features: [comments, 7]
  gold: {}
audit: { retention_days: 7 }
api_keys:
  default_grace_hours: 999
`
    expect(problemsOf(text)).toEqual([
      '1:1 securty is not a key of the policy. Did you mean security?',
      '5:12 tiers.free.seats is 3. Write a mapping with the keys included, max.',
      '6:18 tiers.free.max_members is "none". Write a whole number from 1 to 1000000, or null.',
      '7:19 tiers.free.max_projects is 2.5. Write a whole number from 0 to 1000000, or null.',
      '8:26 tiers.free.features[1] is 7. Write a name such as comments.',
      '9:3 tiers.gold is not a key of the policy. Accepted here: free, pro, team, enterprise.',
      '10:26 audit.retention_days is 7. Write a whole number from 30 to 2557.',
      '12:3 api_keys.default_grace_hours is 999, and max_grace_hours is 168. Write at most max_grace_hours.',
    ])
  })

  test('is refused with a caret under the place', () => {
    expect(() => readPolicy('audit: { retention_days: 7 }', 'policy.yml')).toThrow(/\n {4}audit: \{ retention_days: 7 \}\n {4} {25}\^$/)
  })

  test('fits its JSON Schema, which is committed, and which refuses what the server refuses', () => {
    const text = readFileSync(join(root, 'governance', 'policy.yml'), 'utf8')
    const validate = new Ajv2020({ strict: false }).compile(operatorJsonSchema())
    expect(validate(parse(text)), JSON.stringify(validate.errors)).toBe(true)
    for (const wrong of ['tiers: { gold: {} }', 'audit: { retention_days: 7 }', 'accessibility: { wcag_level: B }', 'i18n: { supported_locales: [] }', 'evals: { min_pass_rate: 90 }']) {
      expect(validate(parse(wrong)), wrong).toBe(false)
      expect(() => readPolicy(wrong, 'policy.yml')).toThrow(StartupError)
    }
    expect(JSON.parse(readFileSync(join(root, 'governance', 'policy.schema.json'), 'utf8'))).toEqual(operatorJsonSchema())
  })

  test.each([
    ['[1, 2]', /^1:1 The file is .*\. Write a mapping/],
    ['just text', /^1:1 The file is .*\. Write a mapping/],
    ['audit: [', /^\d+:\d+ .*Flow sequence/],
    ['audit: {}\naudit: {}', /^2:1 .*unique/],
  ])('is refused when it is no policy at all: %j', (text, problem) => {
    expect(problemsOf(text).join('\n')).toMatch(problem)
  })

  test('that is named must be there', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'br-policy-')), 'mine.yml')
    expect(() => loadPolicy({ root, file })).toThrow(/cannot be read/)
    writeFileSync(file, 'audit: { retention_days: 30 }')
    expect(loadPolicy({ root, file }).audit.retentionDays).toBe(30)
  })
})
