/** Every operation of quality over REST, once. */
import { criterionDigest } from '@buildrunner/sdk/quality'
import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import type { CallRest } from './rest.ts'

const QA = '/api/projects/website/qa'
const BUILDS = { id: 'C-1', text: 'It builds.', check: { kind: 'command', run: 'npm run build' } } as const

export async function walkQuality(call: CallRest): Promise<void> {
  const run = { id: randomUUID(), source: 'ci', commit: 'a'.repeat(40), branch: 'main', started_at: '2026-11-20T09:00:00Z', finished_at: '2026-11-20T09:01:00Z' }
  const result = { item: 'T-12', criterion: 'C-1', criterion_digest: criterionDigest(BUILDS), check_kind: 'command', outcome: 'failed', duration_ms: 5, attempts: 2, passed_attempts: 1, output: 'no' }
  const made = await call(`POST ${QA}/runs`, { body: { run, results: [result] } })
  expect([made.status, made.headers.get('location')]).toEqual([201, `/api/qa/runs/${made.body.run.id}`])
  expect(made.body).toMatchObject({ recorded: 1, notes: [], run: { failed: 1, dirty: false } })
  expect((await call(`GET /api/qa/runs/${made.body.run.id}`)).body).toEqual(made.body.run)
  expect((await call(`GET ${QA}/runs?branch=main`)).body).toMatchObject({ runs: [{ id: made.body.run.id }], total_count: 1 })
  const [evidence] = (await call(`GET ${QA}/evidence?item_id=T-12&flaky=true`)).body.evidence
  expect(evidence).toMatchObject({ criterion: 'C-1', outcome: 'failed', stale: null, passed_attempts: 1 })
  expect((await call(`GET /api/qa/evidence/${evidence.id}`)).body).toMatchObject({ output: 'no', run: { id: made.body.run.id } })
  expect((await call(`GET ${QA}/flaky?days=7`)).body).toMatchObject({ checks: [{ item_key: 'T-12', criterion: 'C-1', because: [evidence.id] }] })
  const confirmed = await call(`POST ${QA}/confirmations`, { body: { item_id: 'T-12', criterion: 'C-2', met: true } })
  expect([confirmed.status, confirmed.body.evidence.check_kind]).toEqual([201, 'manual'])
  expect((await call(`GET ${QA}/items/T-12`)).body).toMatchObject({ total: 2, met: 1, failed: 1, criteria: [{ key: 'C-1', state: 'failed', evidence_id: evidence.id }, { key: 'C-2', state: 'met' }] })
  expect((await call(`GET ${QA}/summary?item_id=T-12`)).body).toMatchObject({ met: { count: 1, of: 2 }, pass_rate: { count: 1, of: 2, because: [{ evidence_id: evidence.id }, {}] }, flaky: { count: 1 } })
  const preview = await call('POST /api/projects/website/previews', { body: { item_id: 'M-1', url: 'https://preview.example.com', provider: 'vercel' } })
  expect([preview.status, preview.body.preview.status]).toEqual([201, 'ready'])
  expect((await call('GET /api/projects/website/previews?item_id=M-1')).body).toMatchObject({ previews: [{ id: preview.body.preview.id, is_expired: false }], total_count: 1 })
}
