import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { branchMove, type BranchReport, type KnownBranch } from './branch.ts'

/** A history: the parents of each commit, which is named by its number; parents have smaller numbers. */
type History = readonly (readonly number[])[]

const history: fc.Arbitrary<History> = fc.array(fc.array(fc.nat(), { maxLength: 2 }), { minLength: 1, maxLength: 25 })
  .map((commits) => commits.map((parents, index) => (index === 0 ? [] : [...new Set(parents.length === 0 ? [index - 1] : parents.map((parent) => parent % index))])))

function ancestorsOf(commits: History, commit: number): Set<number> {
  const found = new Set<number>()
  const visit = (at: number): void => {
    for (const parent of commits[at]!.filter((one) => !found.has(one))) {
      found.add(parent)
      visit(parent)
    }
  }
  visit(commit)
  return found
}

/** What git prints: children have larger numbers, so falling numbers are a topological order. */
function reportOf(commits: History, commit: number, limit: number): BranchReport {
  const all = [...ancestorsOf(commits, commit)].sort((a, b) => b - a)
  return { commit: String(commit), ancestors: all.slice(0, limit).map(String), complete: all.length <= limit }
}

const nothing: KnownBranch = { head: null, present: [], left: [] }

/** What is known after reports, one after the other. */
function follow(reports: readonly BranchReport[]): KnownBranch {
  let known = nothing
  for (const report of reports) {
    const { isHead, left, back } = branchMove(known, report)
    const present = [...known.present.filter(({ commit }) => !left.includes(commit) && commit !== report.commit), ...back.map((commit) => reports.find((one) => one.commit === commit)!)]
    known = {
      head: isHead ? report : known.head, present: present.some(({ commit }) => commit === report.commit) ? present : [...present, report],
      left: [...known.left.filter((commit) => !back.includes(commit)), ...left],
    }
  }
  return known
}

describe('what a report says of a branch', () => {
  const report = (commit: string, ...ancestors: string[]): BranchReport => ({ commit, ancestors, complete: false })
  const on = (head: BranchReport, ...others: BranchReport[]): KnownBranch => ({ head, present: [...others, head], left: [] })

  it.each<[string, KnownBranch, BranchReport, Partial<ReturnType<typeof branchMove>>]>([
    ['the first one makes the head', nothing, report('a'), { isHead: true, left: [] }],
    ['a commit more moves the head', on(report('b', 'a')), report('c', 'b', 'a'), { isHead: true, left: [] }],
    ['an amended commit takes the place of one that left', on(report('b', 'a')), report('c', 'a'), { isHead: true, left: ['b'] }],
    ['a rebase leaves all of the old commits', on(report('c2', 'c1', 'm1'), report('c1', 'm1')), report('d2', 'd1', 'm2', 'm1'), { isHead: true, left: ['c1', 'c2'] }],
    ['an old run that comes late moves nothing', on(report('c', 'b', 'a')), report('b', 'a'), { isHead: false, left: [] }],
    ['history that does not reach back says nothing', on(report('b', 'a')), report('z', 'y', 'x'), { isHead: true, left: [] }],
    ['all of another history says that everything left', on(report('b', 'a')), { ...report('z', 'y'), complete: true }, { isHead: true, left: ['b'] }],
    ['a commit that is pushed again is back', { head: report('c', 'a'), present: [report('c', 'a')], left: ['b'] }, report('d', 'b', 'a'), { isHead: true, left: ['c'], back: ['b'] }],
    ['the same commit again changes nothing', on(report('b', 'a')), report('b', 'a'), { isHead: true, left: [], back: [] }],
  ])('%s', (_name, known, next, move) => {
    expect(branchMove(known, next)).toMatchObject(move)
  })

  it('is true of any history with merges: what left is no ancestor of the head, and with enough ancestors nothing else is', () => {
    fc.assert(fc.property(history, fc.array(fc.nat(), { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 30 }), (commits, heads, limit) => {
      const reports = heads.map((head) => reportOf(commits, head % commits.length, limit))
      const known = follow(reports)
      const onHead = ancestorsOf(commits, Number(known.head!.commit)).add(Number(known.head!.commit))
      for (const commit of known.left) expect(onHead.has(Number(commit))).toBe(false)
      if (limit >= commits.length) for (const { commit } of known.present) expect(onHead.has(Number(commit))).toBe(true)
    }))
  })
})
