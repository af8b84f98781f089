/** Results as a test report in JUnit's XML, which every CI shows. */
import type { CheckOutcome } from './report.ts'

/** One line of the report. */
export interface JunitCase {
  /** The item that the criterion is of; cases of one suite stand together. */
  suite: string
  /** What was checked: the text of the criterion. */
  name: string
  /** `failed`, `errored` and `skipped` become a `failure`, `error` and `skipped` element; `passed` has none. */
  outcome: CheckOutcome
  /** Milliseconds. */
  durationMs: number
  /** One line that says why; left out of a case that passed. */
  message?: string | undefined
  /** What the check printed, as `system-out`. */
  output?: string | undefined
}

/** What XML 1.0 cannot hold, not even as a reference. */
// eslint-disable-next-line no-control-regex
const UNWRITABLE = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g
const REFERENCES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\n': '&#10;', '\r': '&#13;', '\t': '&#9;' }
const text = (value: string): string => value.replace(UNWRITABLE, '\uFFFD').replace(/[&<>\r]/g, (char) => REFERENCES[char]!)
const quoted = (value: string): string => `"${value.replace(UNWRITABLE, '\uFFFD').replace(/[&<>"\n\r\t]/g, (char) => REFERENCES[char]!)}"`
const seconds = (durationMs: number): string => `"${(durationMs / 1000).toFixed(3)}"`

const ELEMENTS: Readonly<Record<CheckOutcome, string | undefined>> = { passed: undefined, failed: 'failure', errored: 'error', skipped: 'skipped' }

function writeCase({ suite, name, outcome, durationMs, message = '', output = '' }: JunitCase): string {
  const element = ELEMENTS[outcome]
  const inner = [
    ...(element === undefined ? [] : [`      <${element} message=${quoted(message)}/>`]),
    ...(output === '' ? [] : [`      <system-out>${text(output)}</system-out>`]),
  ]
  const head = `    <testcase name=${quoted(name)} classname=${quoted(suite)} time=${seconds(durationMs)}`
  return inner.length === 0 ? `${head}/>` : `${head}>\n${inner.join('\n')}\n    </testcase>`
}

function counts(cases: readonly JunitCase[]): string {
  const count = (outcome: CheckOutcome): number => cases.filter((each) => each.outcome === outcome).length
  const time = seconds(cases.reduce((sum, { durationMs }) => sum + durationMs, 0))
  return `tests="${cases.length}" failures="${count('failed')}" errors="${count('errored')}" skipped="${count('skipped')}" time=${time}`
}

/** A report with one suite for each item, in the order in which they first come. */
export function junitXml(name: string, cases: readonly JunitCase[]): string {
  const suites = new Map<string, JunitCase[]>()
  for (const each of cases) {
    const suite = suites.get(each.suite)
    if (suite === undefined) suites.set(each.suite, [each])
    else suite.push(each)
  }
  const written = [...suites].map(([suite, inner]) => `  <testsuite name=${quoted(suite)} ${counts(inner)}>\n${inner.map(writeCase).join('\n')}\n  </testsuite>\n`)
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites name=${quoted(name)} ${counts(cases)}>\n${written.join('')}</testsuites>\n`
}
