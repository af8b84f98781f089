import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareVersions, isRange, newestIn, parseVersion, satisfies } from './versions.ts'

describe('versions', () => {
  it('come in the order of semver.org', () => {
    const ordered = ['1.0.0-alpha', '1.0.0-alpha.1', '1.0.0-alpha.beta', '1.0.0-beta', '1.0.0-beta.2', '1.0.0-beta.11', '1.0.0-rc.1', '1.0.0', '1.2.0', '1.10.0', '2.0.0']
    fc.assert(fc.property(fc.shuffledSubarray(ordered, { minLength: ordered.length }), (shuffled) => {
      expect(shuffled.sort(compareVersions)).toEqual(ordered)
    }), { numRuns: 50 })
  })

  it.each(['1', '1.0', '01.0.0', '1.0.0-', 'v1.0.0', ''])('are not %j', (text) => expect(parseVersion(text)).toBeUndefined())

  it.each([
    ['1.2.3', '^1.2.0', true], ['2.0.0', '^1.2.0', false], ['1.1.9', '^1.2.0', false], ['0.2.9', '^0.2.1', true], ['0.3.0', '^0.2.1', false], ['0.0.4', '^0.0.3', false],
    ['1.2.9', '~1.2.3', true], ['1.3.0', '~1.2.3', false], ['3.0.0', '>=1.0.0', true], ['1.0.0', '1.0.0', true], ['1.0.1', '1.0.0', false],
    ['1.3.0-rc.1', '^1.2.0', false], ['1.3.0-rc.1', '^1.3.0-rc.0', true], ['9.9.9', '*', true], ['1.0.0-rc.1', '*', false], ['1.0.0', 'latest', false],
  ])('%s lies in %s: %s', (version, range, expected) => expect(satisfies(version, range)).toBe(expected))

  it('have a newest one in a range, or none', () => {
    expect(newestIn(['1.0.0', '1.10.0', '1.9.0', '2.0.0'], '^1.0.0')).toBe('1.10.0')
    expect(newestIn(['1.0.0'], '^2.0.0')).toBeUndefined()
    expect(['^1.0.0', '*', 'x', '^', '>=1.0'].map(isRange)).toEqual([true, true, false, false, false])
  })
})
