import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CoverageReader, joinCoverage, judgeCoverage } from './coverage.ts'
import { ReportError } from './xml.ts'

function read(text: string, size = text.length || 1) {
  const reader = new CoverageReader()
  for (let at = 0; at < text.length; at += size) reader.write(text.slice(at, at + size))
  return reader.end()
}
const of = (lines: [number, number], branches: [number, number], functions: [number, number]) => {
  const one = ([covered, total]: [number, number]) => ({ covered, total })
  return { lines: one(lines), branches: one(branches), functions: one(functions) }
}

const LCOV = 'TN:\nSF:a.ts\nFN:1,f\nFNDA:2,f\nFNF:2\nFNH:1\nDA:1,2\nDA:2,0\nLF:10\nLH:7\nBRF:4\nBRH:1\nend_of_record\nSF:b.ts\r\nDA:1,1\r\nDA:2,0\r\nDA:3,5\r\nend_of_record\r\n'
const COBERTURA = `<?xml version="1.0" ?>
<!DOCTYPE coverage SYSTEM "http://cobertura.sourceforge.net/xml/coverage-04.dtd">
<coverage line-rate="0.1" lines-covered="1" lines-valid="9"><packages><package><classes>
  <class name="A" filename="a.py">
    <methods><method name="f" line-rate="1.0"><lines><line number="1" hits="1"/></lines></method><method name="g"><lines><line number="2" hits="0"/></lines></method><method name="h"><lines><line number="3" hits="4"/></lines></method></methods>
    <lines><line number="1" hits="1"/><line number="2" hits="0" branch="true" condition-coverage="50% (1/2)"/><line number="3" hits="4"/></lines>
  </class>
</classes></package></packages></coverage>`
const ISTANBUL = JSON.stringify({ total: { lines: { total: 8, covered: 6, skipped: 0, pct: 75 }, branches: { total: 0, covered: 0, pct: 'Unknown' }, functions: { total: 4, covered: 4 } }, 'a.ts': { lines: { total: 1, covered: 0 } } })

describe('a coverage report', () => {
  it.each([
    ['lcov, with totals or without', LCOV, of([9, 13], [1, 4], [1, 2])],
    ['Cobertura, by its classes', COBERTURA, of([2, 3], [1, 2], [2, 3])],
    ['Istanbul, by its total', ISTANBUL, of([6, 8], [0, 0], [4, 4])],
  ])('is read: %s', (_, text, coverage) => {
    expect(read(text)).toEqual(coverage)
    fc.assert(fc.property(fc.integer({ min: 1, max: 40 }), (size) => {
      expect(read(`\uFEFF\n${text}`, size)).toEqual(coverage)
    }))
  })

  it.each([
    ['nothing', ' \n', 'it is empty'],
    ['other text', 'All files | 80 |', 'it is no coverage report that is known: lcov, Cobertura XML or Istanbul JSON summary'],
    ['a binary file without lines', '\u0001'.repeat(200_000), 'it is no coverage report that is known: lcov, Cobertura XML or Istanbul JSON summary'],
    ['a report of tests', '<testsuite/>', 'it is no Cobertura report: its root is <testsuite>'],
    ["Istanbul's other JSON", '{"a.ts":{"path":"a.ts"}}', 'it is no summary of Istanbul: it has no "total" (the reporter is json-summary)'],
    ['JSON that is cut off', '{"total":', 'it is no JSON'],
    ['more covered than there is', 'SF:a\nLF:1\nLH:2\nend_of_record\n', 'it says that 2 of 1 were reached'],
    ['a count below nothing', 'SF:a\nLF:-1\nLH:-1\nend_of_record\n', 'it holds a count that is none'],
    ['a count without end', '{"total":{"lines":{"total":1e999,"covered":1e999}}}', 'it holds a count that is none'],
  ])('is none: %s', (_, text, message) => {
    expect(() => read(text)).toThrow(new ReportError(message))
  })
})

describe('what is made of a report', () => {
  it.each([
    [{ min: 69 }, 'passed', '69.23 % of lines (9 of 13)'],
    [{ min: 69.24 }, 'failed', '69.23 % of lines (9 of 13), 69.24 % are asked for'],
    [{ min: 25, metric: 'branches' }, 'passed', '25 % of branches (1 of 4)'],
    [{ min: 51, metric: 'functions' }, 'failed', '50 % of functions (1 of 2), 51 % are asked for'],
  ] as const)('follows from what is asked: %j', (check, outcome, message) => {
    expect(judgeCoverage(read(LCOV), check)).toEqual({ outcome, message, output: '' })
  })

  it('never reads as what was asked when it is less', () => {
    fc.assert(fc.property(fc.integer({ min: 1, max: 1_000_000 }).chain((total) => fc.tuple(fc.nat(total), fc.constant(total))), fc.nat(100), ([covered, total], min) => {
      const { outcome, message } = judgeCoverage(of([covered, total], [0, 0], [0, 0]), { min })
      expect(outcome).toBe(covered / total >= min / 100 || covered * 100 >= min * total ? 'passed' : 'failed')
      if (outcome === 'failed') expect(Number.parseFloat(message)).toBeLessThan(min)
    }))
  })

  it('proves nothing where nothing was measured', () => {
    expect(judgeCoverage(read(ISTANBUL), { min: 0, metric: 'branches' })).toMatchObject({ outcome: 'errored', message: 'the report measures no branches' })
  })

  it('counts several reports together', () => {
    expect(joinCoverage([read(LCOV), read(COBERTURA)])).toEqual(of([11, 16], [2, 6], [3, 5]))
  })
})
