import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joinJunit, judgeJunit, JunitReader, MAX_LISTED } from './junit.ts'
import { junitXml, type JunitCase } from './junit-write.ts'
import { ReportError } from './xml.ts'

const read = (text: string) => {
  const reader = new JunitReader()
  reader.write(text)
  return reader.end()
}

describe('a JUnit report', () => {
  it('of nested suites is counted by its tests, with what failed', () => {
    const report = read(`<?xml version="1.0"?>
      <testsuites tests="9"><properties/>
        <testsuite name="web" failures="1"><testcase classname="cart" name="adds"/><testcase name="pays"><failure message="expected &lt;1&gt;">at x.ts:1</failure><system-out>a &lt;failure&gt;</system-out></testcase>
          <testsuite name="inner"><testcase name="ships"><error type="E">
            timeout
            after 5 s</error></testcase><testcase name="later"><skipped/></testcase></testsuite>
        </testsuite>
      </testsuites>`)
    expect(report).toEqual({ tests: 3, failures: 2, skipped: 1, listed: [{ name: 'pays', message: 'expected <1>' }, { name: 'ships', message: 'timeout\n            after 5 s' }] })
  })

  it('that claims more failures than it lists is believed, wherever it claims them', () => {
    expect(read('<testsuite tests="1" failures="0" errors="1"><testcase name="a"/></testsuite>').failures).toBe(1)
    expect(read('<testsuites failures="5"><testsuite><testcase name="a"/></testsuite></testsuites>').failures).toBe(5)
    expect(read('<testsuites><testsuite errors="2"/><testsuite failures="1"><testcase name="a"><failure/></testcase></testsuite></testsuites>').failures).toBe(3)
  })

  it('has no tests because it says so', () => {
    expect(read('<testsuite tests="1000"/>')).toMatchObject({ tests: 0, failures: 0 })
  })

  it('does not count a test that passed when it was run again', () => {
    expect(read('<testsuite><testcase name="a"><flakyFailure message="first"/></testcase></testsuite>')).toMatchObject({ tests: 1, failures: 0 })
  })

  it.each([
    ['<html><body/></html>', 'it is no JUnit report: its root is <html>'],
    ['<testsuite><testcase><testcase/></testcase></testsuite>', 'a test lies in another'],
    ['<testsuite><testcase name="a">', 'it is cut off: not every element is closed'],
  ])('is none: %s', (text, message) => {
    expect(() => read(text)).toThrow(new ReportError(message))
  })

  it('lists as many failures as can be read, and no more', () => {
    const one = read(`<testsuite>${'<testcase name="a"><failure/></testcase>'.repeat(50)}</testsuite>`)
    expect(one.listed).toHaveLength(MAX_LISTED)
    expect(joinJunit([one, one])).toMatchObject({ tests: 100, failures: 100, listed: one.listed })
  })
})

describe('what is made of a report', () => {
  const report = { tests: 10, failures: 2, skipped: 1, listed: [{ name: 'cart › pays', message: 'expected 1\ngot 2' }, { name: 'cart › ships', message: '' }] }
  it.each([
    [report, {}, 'failed', '10 tests ran, 2 failed, 1 skipped'],
    [report, { maxFailures: 1 }, 'failed', '10 tests ran, 2 failed, 1 skipped; at most 1 may fail'],
    [report, { maxFailures: 2 }, 'passed', '10 tests ran, 2 failed, 1 skipped'],
    [report, { maxFailures: 2, minTests: 11 }, 'failed', '10 tests ran, 2 failed, 1 skipped; at least 11 must run'],
    [{ tests: 0, failures: 0, skipped: 5, listed: [] }, {}, 'failed', '0 tests ran, 0 failed, 5 skipped; at least 1 must run'],
    [{ tests: 0, failures: 0, skipped: 0, listed: [] }, { minTests: 0 }, 'passed', '0 tests ran, 0 failed'],
  ] as const)('follows from its failures and tests', (of, check, outcome, message) => {
    expect(judgeJunit({ ...of, listed: [...of.listed] }, check)).toMatchObject({ outcome, message })
  })

  it('shows the failures', () => {
    expect(judgeJunit(report, {}).output).toBe('cart › pays\n  expected 1\n  got 2\ncart › ships')
  })
})

describe('results as a report', () => {
  const cases = fc.array(fc.record({
    suite: fc.constantFrom('T1 "Sign-in"', 'T2 <Pay>'), name: fc.string({ unit: 'binary', minLength: 1 }), durationMs: fc.nat(),
    outcome: fc.constantFrom('passed', 'failed', 'errored', 'skipped'), message: fc.string({ unit: 'binary' }), output: fc.string({ unit: 'binary' }),
  }) as fc.Arbitrary<JunitCase>)

  it('are read as what was written, whatever they say', () => {
    fc.assert(fc.property(cases, (written) => {
      const text = junitXml('br qa', written)
      const count = (...outcomes: string[]) => written.filter(({ outcome }) => outcomes.includes(outcome)).length
      expect(read(text)).toMatchObject({ tests: count('passed', 'failed', 'errored'), failures: count('failed', 'errored'), skipped: count('skipped') })
      // eslint-disable-next-line no-control-regex
      expect(text).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/)
    }))
  })

  it('stand in suites, one an item', () => {
    const cases = [{ suite: 'T1', name: 'It runs.', outcome: 'passed', durationMs: 1500 }, { suite: 'T2', name: 'It "pays".', outcome: 'failed', durationMs: 20, message: 'exit code 1', output: 'a < b\n' }, { suite: 'T1', name: 'It ends.', outcome: 'skipped', durationMs: 0, message: '--bail' }] as const
    expect(junitXml('Shop', cases)).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="Shop" tests="3" failures="1" errors="0" skipped="1" time="1.520">
  <testsuite name="T1" tests="2" failures="0" errors="0" skipped="1" time="1.500">
    <testcase name="It runs." classname="T1" time="1.500"/>
    <testcase name="It ends." classname="T1" time="0.000">
      <skipped message="--bail"/>
    </testcase>
  </testsuite>
  <testsuite name="T2" tests="1" failures="1" errors="0" skipped="0" time="0.020">
    <testcase name="It &quot;pays&quot;." classname="T2" time="0.020">
      <failure message="exit code 1"/>
      <system-out>a &lt; b
</system-out>
    </testcase>
  </testsuite>
</testsuites>
`)
  })
})
