import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { criterionDigest } from './criterion.ts'
import { demandOf, judge, staleReason, type Demand, type EvidenceFacts } from './verdict.ts'

const DEMAND: Demand = { digest: 'now', checkKind: 'command' }
const evidence = (id: string, more: Partial<EvidenceFacts> = {}): EvidenceFacts => ({ id, outcome: 'passed', checkKind: 'command', criterionDigest: 'now', leftBranch: false, ...more })

describe('a criterion', () => {
  it.each<[string, EvidenceFacts[], ReturnType<typeof judge>]>([
    ['without evidence is missing some', [], { state: 'missing', evidenceId: null, staleBecause: null }],
    ['that was only skipped is missing some', [evidence('a', { outcome: 'skipped' })], { state: 'missing', evidenceId: null, staleBecause: null }],
    ['that passed is met', [evidence('a')], { state: 'met', evidenceId: 'a', staleBecause: null }],
    ['is what the newest evidence says', [evidence('b', { outcome: 'failed' }), evidence('a')], { state: 'failed', evidenceId: 'b', staleBecause: null }],
    ['whose check could not be carried out is not met', [evidence('b', { outcome: 'errored' }), evidence('a')], { state: 'failed', evidenceId: 'b', staleBecause: null }],
    ['that was skipped last is what the evidence before says', [evidence('b', { outcome: 'skipped' }), evidence('a')], { state: 'met', evidenceId: 'a', staleBecause: null }],
    ['that was changed is stale', [evidence('a', { criterionDigest: 'then' })], { state: 'stale', evidenceId: 'a', staleBecause: 'CRITERION_CHANGED' }],
    ['whose commit left its branch is stale', [evidence('a', { leftBranch: true })], { state: 'stale', evidenceId: 'a', staleBecause: 'COMMIT_LEFT_BRANCH' }],
    ['is judged by older evidence where the newer is stale', [evidence('b', { leftBranch: true, outcome: 'failed' }), evidence('a')], { state: 'met', evidenceId: 'a', staleBecause: null }],
  ])('%s', (_name, found, verdict) => {
    expect(judge(DEMAND, found)).toEqual(verdict)
  })

  it('is never met by another kind of check than its own, whatever digest the evidence claims', () => {
    expect(judge({ digest: 'now', checkKind: 'manual' }, [evidence('a')])).toMatchObject({ state: 'stale', staleBecause: 'CRITERION_CHANGED' })
  })

  it('demands what its check says, and a confirmation where it has none', () => {
    expect(demandOf({ text: 'It builds.', check: { kind: 'file', path: 'dist' } })).toEqual({ digest: criterionDigest({ text: 'It builds.', check: { kind: 'file', path: 'dist' } }), checkKind: 'file' })
    expect(demandOf({ text: 'It is pretty.' }).checkKind).toBe('manual')
  })

  it('that is gone makes its evidence stale', () => {
    expect(staleReason(null, evidence('a'))).toBe('CRITERION_REMOVED')
  })

  it('is met or failed only by evidence that is fresh, and stale only where none is', () => {
    const some = fc.record({
      outcome: fc.constantFrom('passed', 'failed', 'errored', 'skipped'), criterionDigest: fc.constantFrom('now', 'then'), leftBranch: fc.boolean(), checkKind: fc.constantFrom('command', 'manual'),
    }) as fc.Arbitrary<Partial<EvidenceFacts>>
    fc.assert(fc.property(fc.array(some, { maxLength: 6 }), (list) => {
      const found = list.map((one, index) => evidence(String(index), one))
      const verdict = judge(DEMAND, found)
      const fresh = found.filter((one) => one.outcome !== 'skipped' && staleReason(DEMAND, one) === null)
      expect(verdict.state === 'met' || verdict.state === 'failed').toBe(fresh.length > 0)
      if (fresh.length > 0) expect(verdict.evidenceId).toBe(fresh[0]!.id)
      expect(verdict.staleBecause !== null).toBe(verdict.state === 'stale')
    }))
  })
})
