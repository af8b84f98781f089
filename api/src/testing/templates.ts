/** Every operation of templates over REST, once. */
import { expect } from 'vitest'
import { EXAMPLE_TEMPLATE } from '../rest/examples.ts'
import type { CallRest } from './rest.ts'

export async function walkTemplates(call: CallRest): Promise<void> {
  const made = await call('POST /api/templates', { body: { document: EXAMPLE_TEMPLATE } })
  expect([made.status, made.headers.get('location')]).toEqual([201, '/api/templates/spike'])
  expect((await call('GET /api/templates?name=spike')).body).toMatchObject({ templates: [{ name: 'spike', built_in: false }], total_count: 1 })
  expect((await call('GET /api/templates/spike@1.0.0')).body.document).toEqual(EXAMPLE_TEMPLATE)
  expect((await call('GET /api/templates/built-in')).body.map(({ name }: { name: string }) => name)).toContain('web-app')
  const { body } = await call('POST /api/templates/instantiate', { body: { templates: ['spike', 'ci'], values: { provider: 'gitlab' } } })
  expect([body.document['x-template'].length, body.problems, body.used[1].values]).toEqual([2, [], { provider: 'gitlab' }])
  expect((await call('POST /api/templates/spike/1.0.0/deprecate', { body: { reason: 'Old.' } })).body.template.deprecated_reason).toBe('Old.')
  expect((await call('GET /api/templates/spike')).status).toBe(404)
}
