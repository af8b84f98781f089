import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { environment, isSource } from './site.ts'

const root = join(import.meta.dirname, '..', '..')

test('a build that a test starts is one for production all the same', () => {
  const given = { PATH: '/bin', NODE_ENV: 'test', DEV: '1', PROD: '', MODE: 'test', SSR: '1', BASE_URL: '/', VITEST: 'true' }
  expect(environment(given)).toEqual({ PATH: '/bin', VITEST: 'true', NODE_ENV: 'production', ASTRO_TELEMETRY_DISABLED: '1', SITE_URL: 'https://site.invalid' })
  expect(environment({ SITE_URL: 'https://docs.example.com' })).toMatchObject({ SITE_URL: 'https://docs.example.com' })
})

test('what the build writes among the pages is nothing that it is made of', () => {
  const content = 'docs-site/src/content/docs'
  const written = [`${content}/changelog.md`, `${content}/troubleshooting/not-found.mdx`, `${content}/reference/sdk/planning.mdx`]
  const ignored = execFileSync('git', ['check-ignore', ...written], { cwd: root, encoding: 'utf8' }).trim().split('\n')
  expect(ignored).toEqual(written)
  expect(written.filter(isSource)).toEqual([])
  expect([`${content}/start/quickstart.md`, `${content}/reference/policy.mdx`].filter(isSource)).toHaveLength(2)
})
