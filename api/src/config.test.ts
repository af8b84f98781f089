import { NO_TARGETS } from '@buildrunner/schema/webhooks/addresses'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkEnvironment, mask, readConfig, type Environment } from './config.ts'
import { envExample, environmentTable } from './environment-docs.ts'
import { VARIABLE_LIST } from './environment.ts'
import { StartupError } from './exit-codes.ts'

const checkout = join(import.meta.dirname, '..', '..')
let root: string

beforeEach(() => { root = mkdtempSync(join(tmpdir(), 'buildrunner-config-')) })
afterEach(() => rmSync(root, { recursive: true }))

function problemsOf(environment: Environment): string {
  try {
    readConfig(environment, root)
  } catch (error) {
    expect(error).toBeInstanceOf(StartupError)
    expect(error).toHaveProperty('exitCode', 10)
    return (error as StartupError).message
  }
  return 'none'
}

describe('the configuration', () => {
  it('has a default for everything', () => {
    expect(readConfig({}, root)).toEqual({
      port: 4000, host: '127.0.0.1', databaseUrl: undefined, databasePoolSize: 10, redisUrl: undefined, publicUrl: undefined, smtpUrl: undefined, mailFrom: 'BuildRunner <no-reply@localhost>', vaultKey: undefined, dataDir: join(root, '.buildrunner'), logLevel: 'info',
      trustedDocuments: 'optional', policyFile: undefined, trustedProxies: { hops: 0 }, webhookTargets: NO_TARGETS, probed: { modelProviders: [], issueTrackers: [], designProviders: [] },
    })
  })

  it('takes the shell before .env, and an empty value for none', () => {
    writeFileSync(join(root, '.env'), 'PORT=5000\nHOST="localhost"\nLOG_LEVEL=\n')
    expect(readConfig({ PORT: '6000' }, root)).toMatchObject({ port: 6000, host: 'localhost', logLevel: 'info' })
  })

  it.each([
    ['PORT', '70000', 'must be a whole number from 0 to 65535'],
    ['PORT', '4e3', 'must be a whole number'],
    ['HOST', '127.0.0.1:4000', 'must be a host name or an IP address'],
    ['DATABASE_URL', 'mysql://localhost/app', 'must be an address like postgresql://'],
    ['DATABASE_URL', 'postgresql://localhost', 'names no database'],
    ['DATABASE_URL', 'postgresql://localhost/app?schema=tenant', 'names another schema than public'],
    ['REDIS_URL', 'localhost:6379', 'must be an address like redis://'],
    ['PUBLIC_URL', 'plans.example.com', 'must be an address like https://'],
    ['SMTP_URL', 'http://mail', 'must be an address like smtp://'],
    ['MAIL_FROM', 'nobody', 'must be an address like BuildRunner <'],
    ['VAULT_ENCRYPTION_KEY', 'c2hvcnQ=', 'must be 32 bytes in base64'],
    ['LOG_LEVEL', 'verbose', 'must be one of trace, debug'],
    ['TRUSTED_DOCUMENTS', 'yes', 'must be one of optional, only'],
    ['TRUSTED_PROXIES', 'my-proxy', 'must be a number from 0 to 32, or addresses and networks'],
  ])('refuses %s=%s', (name, value, message) => {
    expect(problemsOf({ [name]: value })).toContain(`  ${name} ${message}`)
  })

  it('names every problem at once, and what was meant', () => {
    const message = problemsOf({ BUILDRUNNER_DATADIR: '/data', BUILDRUNNER_COLOUR: 'red', PORT: 'http' })
    expect(message).toContain('BUILDRUNNER_DATADIR is not a variable of BuildRunner. Did you mean BUILDRUNNER_DATA_DIR?')
    expect(message).toMatch(/BUILDRUNNER_COLOUR is not a variable of BuildRunner\.$/m)
    expect(message).toContain('PORT must be')
  })

  it('finds a slip in .env, where other programs may have variables as well', () => {
    writeFileSync(join(root, '.env'), 'DATABSE_URL=postgresql://localhost/app\nCOMPOSE_PROJECT_NAME=app\n')
    const { problems } = checkEnvironment({ POST: 'of another program' }, root)
    expect(problems).toEqual([{ name: 'DATABSE_URL', message: 'is not a variable of BuildRunner. Did you mean DATABASE_URL?' }])
  })

  it('never shows a secret', () => {
    expect(mask('DATABASE_URL', 'postgresql://ann:s3cret@db/app?sslpassword=s3cret')).toBe('"postgresql://ann:***@db/app?***"')
    expect(mask('HEALTH_ISSUE_TRACKER_URLS', 'https://:s3cret@a.example/x?t=s3cret, https://ann:s3cret@b.example/y')).toBe('"https://***@a.example/x?***, https://***@b.example/y"')
    expect(mask('BUILDRUNNER_API_KEY', 'br_12345678_s3cret')).toBe('"br_1…"')
    expect(problemsOf({ DATABASE_URL: 'ann s3cret db' })).not.toContain('s3cret')
    expect(problemsOf({ REDIS_URL: 'http://ann:s3cret@db' })).not.toContain('s3cret')
  })

  it('accepts its own defaults', () => {
    for (const [, { default: initial, parse }] of VARIABLE_LIST) if (initial !== undefined) expect(() => parse(initial, root)).not.toThrow()
  })

  it('is told truly in .env.example and the README', () => {
    expect(readFileSync(join(checkout, '.env.example'), 'utf8')).toBe(envExample())
    const readme = join(checkout, 'README.md')
    if (existsSync(readme)) expect(readFileSync(readme, 'utf8')).toContain(environmentTable())
  })
})
