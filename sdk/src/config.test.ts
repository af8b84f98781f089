import { readFileSync } from 'node:fs'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { BuildRunnerSDK, ConfigurationError } from './index.ts'
import { VERSION } from './version.ts'

afterEach(() => vi.unstubAllEnvs())

describe('baseUrl', () => {
  test.each([
    ['https://api.example.com/', 'https://api.example.com'],
    ['https://example.com/buildrunner/', 'https://example.com/buildrunner'],
    ['http://localhost:4000', 'http://localhost:4000'],
    ['http://br.localhost', 'http://br.localhost'],
    ['http://127.0.0.1:4000', 'http://127.0.0.1:4000'],
    ['http://[::1]:4000', 'http://[::1]:4000'],
  ])('takes %s', (baseUrl, expected) => expect(new BuildRunnerSDK({ baseUrl }).baseUrl).toBe(expected))

  test.each([
    ['http://api.example.com', 'https://'],
    ['http://localhost.example.com', 'https://'],
    ['http://127.0.0.1.example.com', 'https://'],
    ['ftp://localhost', 'https://'],
    ['api.example.com', 'must be a URL'],
    ['https://ada:pw@example.com', 'user name or password'],
    ['https://example.com/?x=1', 'end after its path'],
    ['', 'baseUrl is empty'],
  ])('refuses %j and says why', (baseUrl, why) => {
    expect(() => new BuildRunnerSDK({ baseUrl })).toThrow(ConfigurationError)
    expect(() => new BuildRunnerSDK({ baseUrl })).toThrow(why)
  })
})

describe('other options', () => {
  test.each([
    [{ apiKey: 'two words' }, 'apiKey'],
    [{ apiKey: '' }, 'BUILDRUNNER_API_KEY'],
    [{ timeoutMs: 0 }, 'timeoutMs'],
    [{ timeoutMs: 2 ** 31 }, 'timeoutMs'],
    [{ timeoutMs: NaN }, 'timeoutMs'],
    [{ maxRetries: -1 }, 'maxRetries'],
    [{ maxRetries: 1.5 }, 'maxRetries'],
  ])('that are wrong are refused by name: %j', (options, name) => {
    expect(() => new BuildRunnerSDK(options)).toThrow(ConfigurationError)
    expect(() => new BuildRunnerSDK(options)).toThrow(name)
  })

  test('of one call that are wrong become its error', async () => {
    const { error } = await new BuildRunnerSDK({ baseUrl: 'http://localhost:1' }).health.check({}, { timeoutMs: -1 })
    expect(error).toBeInstanceOf(ConfigurationError)
  })

  test('come from BUILDRUNNER_* variables, where the client is given none', () => {
    vi.stubEnv('BUILDRUNNER_BASE_URL', 'http://127.0.0.1:4100/')
    vi.stubEnv('BUILDRUNNER_PROJECT_ID', 'website')
    vi.stubEnv('BUILDRUNNER_API_KEY', '')
    expect(new BuildRunnerSDK()).toMatchObject({ baseUrl: 'http://127.0.0.1:4100', projectId: 'website' })
    expect(new BuildRunnerSDK({ projectId: 'shop' }).projectId).toBe('shop')
  })

  test('from a variable that is wrong are refused by its name', () => {
    vi.stubEnv('BUILDRUNNER_BASE_URL', 'nonsense')
    expect(() => new BuildRunnerSDK()).toThrow('BUILDRUNNER_BASE_URL')
  })
})

test('the version is that of package.json', () => {
  const { version } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8')) as { version: string }
  expect(VERSION).toBe(version)
})
