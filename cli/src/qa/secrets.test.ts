import { describe, expect, it } from 'vitest'
import { environmentOf, isSecret, secretMask } from './secrets.ts'

const BR_KEY = ['br_', 'a1b2c3d4_', 'x'.repeat(32)].join('')

describe('a variable that looks like a secret', () => {
  it.each([
    ['NPM_TOKEN', 'abcdef'], ['GITHUB_TOKEN', 'x'], ['AWS_SECRET_ACCESS_KEY', 'abc'], ['PGPASSWORD', 'hush-hush'], ['DB_PASSWORD', 'hush'], ['STRIPE_API_KEY', 'k'], ['SENTRY_DSN', 'd'],
    ['DATABASE_URL', 'postgres://ada:hush@db/app'], ['BUILDRUNNER_API_KEY', 'k'], ['HARMLESS', BR_KEY], ['SIGNING_KEYS', 'a'],
  ])('is known: %s', (name, value) => {
    expect(isSecret(name, value)).toBe(true)
  })

  it.each([['PATH', '/usr/bin'], ['PWD', '/home/ada'], ['OLDPWD', '/'], ['SSH_AUTH_SOCK', '/tmp/agent'], ['GOOGLE_CREDENTIALS_FILE', '/x.json'], ['KEYBOARD', 'de'], ['DATABASE_URL', 'postgres://db/app'], ['NPM_TOKEN', ''], ['MONKEY', 'x'], ['AUTHOR', 'Ada']])('is not taken for one: %s', (name, value) => {
    expect(isSecret(name, value)).toBe(false)
  })
})

it('a command sees everything but secrets, and those secrets that it names', () => {
  const env = { PATH: '/bin', JAVA_HOME: '/jdk', NPM_TOKEN: 'abcdef', DEPLOY_KEY: 'ghijkl', NOT_SET: undefined }
  expect(environmentOf(env)).toEqual({ PATH: '/bin', JAVA_HOME: '/jdk' })
  expect(environmentOf(env, ['DEPLOY_KEY', 'OTHER'])).toEqual({ PATH: '/bin', JAVA_HOME: '/jdk', DEPLOY_KEY: 'ghijkl' })
})

describe('the mask', () => {
  const mask = secretMask({ DB_PASSWORD: 'p@ss "wörd"/1', SHORT_TOKEN: 'abc', PAIR_SECRET: 'abcdefgh', LONGER_SECRET: 'abcdefghijkl', PEM_KEY: 'first-line-of-it\r\nsecond-line-of-it\n', PATH: '/usr/bin' }, ['stored-key-of-br'])

  it.each([
    ['p@ss "wörd"/1', '***'], [JSON.stringify({ a: 'p@ss "wörd"/1' }), '{"a":"***"}'], [encodeURIComponent('p@ss "wörd"/1'), '***'], [Buffer.from('p@ss "wörd"/1').toString('base64').replace(/=+$/, ''), '***'],
    ['x abcdefghijkl abcdefgh', 'x *** ***'], ['1: first-line-of-it\n2: second-line-of-it', '1: ***\n2: ***'], ['stored-key-of-br', '***'], [`a ${BR_KEY} b`, 'a *** b'], ['/usr/bin abc', '/usr/bin abc'],
  ])('takes the secret out of %j', (text, masked) => {
    expect(mask(text)).toBe(masked)
  })
})
