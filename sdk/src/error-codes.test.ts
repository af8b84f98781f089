import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ERROR_CODES } from '../../schema/src/shared/errors.ts'
import { CLIENT_CODES } from './error-codes.ts'
import * as errors from './errors.ts'
import * as files from './offline/files/errors.ts'
import * as store from './offline/store/errors.ts'
import { WebhookError } from './webhooks/error.ts'

/** What the sources throw: `code: 'X'`, `new WebhookError('X'`, `fileError('X'`; not what the system does (`EISDIR`), nor faults of plans, which have tables of their own. */
function thrown(): Set<string> {
  const paths = globSync('**/*.ts', { cwd: import.meta.dirname }).filter((path) => !/^domain|\.test\.ts$|_generated|testing\/|conformance|error-codes/.test(path))
  const text = paths.map((path) => readFileSync(join(import.meta.dirname, path), 'utf8')).join('\n')
  return new Set([...text.matchAll(/(?:code: |(?:WebhookError|fileError)\()'((?!EISDIR)[A-Z_]{4,})'/g)].map(([, code = '']) => code))
}

const isServers = (code: string): boolean => code in ERROR_CODES

test('every code that the SDK throws means something', () => {
  const codes = thrown()
  expect(codes.size).toBeGreaterThan(20)
  expect([...codes].filter((code) => !isServers(code) && !(code in CLIENT_CODES))).toEqual([])
})

test('no code is both the SDK’s own and the server’s', () => {
  expect(Object.keys(CLIENT_CODES).filter(isServers)).toEqual([])
})

test('each is documented with the class it arrives as', () => {
  const classes: Record<string, unknown> = { ...errors, ...files, ...store, WebhookError }
  for (const [code, entry] of Object.entries(CLIENT_CODES)) {
    expect(classes[entry.class], code).toBeTypeOf('function')
    const known = errors.CLASSES.get(code)
    if (known !== undefined) expect(entry.class).toBe(known.name)
  }
})
