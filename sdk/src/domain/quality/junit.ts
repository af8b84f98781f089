/** Test reports in JUnit's XML, as test runners of every language write them: read, and judged. */
import type { JunitCheck } from '../plans/document.ts'
import { plural, type Judgement } from './judgement.ts'
import { ReportError, XmlReader } from './xml.ts'

/** What test reports say together. */
export interface JunitReport {
  /** Tests that ran. */
  tests: number
  /** Tests that failed, or could not be carried out. A report that claims more of them than it lists is believed. */
  failures: number
  /** Tests that were left out. */
  skipped: number
  /** The first failures, at most {@link MAX_LISTED}. */
  listed: { name: string; message: string }[]
}

/** The most failures that are listed. */
export const MAX_LISTED = 20
const MAX_TEXT = 500

interface Suite {
  /** Failures that are claimed of it, its inner suites included. */
  claimed: number
  /** Failures that were found in it, its inner suites included. */
  failures: number
}
interface Case {
  name: string
  failed: boolean
  skipped: boolean
  message: string
}

/**
 * Reads one report as it arrives. `write` and `end` throw {@link ReportError} for what is no report.
 *
 * @example
 * const reader = new JunitReader()
 * for await (const chunk of createReadStream("junit.xml", "utf8")) reader.write(chunk)
 * const { tests, failures } = reader.end()
 */
export class JunitReader {
  readonly #xml = new XmlReader({
    open: (name, attributes) => this.#open(name, attributes),
    text: (text) => this.#text(text),
    close: (name) => this.#close(name),
  })
  readonly #report: JunitReport = { tests: 0, failures: 0, skipped: 0, listed: [] }
  readonly #suites: Suite[] = []
  #case: Case | undefined
  /** In the text of a failure that came without a message. */
  #inFailure = false

  /** Takes the next piece of the text; it may begin and end anywhere. */
  write(chunk: string): void {
    this.#xml.write(chunk)
  }

  /** What the whole report says, after the last piece. */
  end(): JunitReport {
    this.#xml.end()
    return this.#report
  }

  #open(name: string, attributes: ReadonlyMap<string, string>): void {
    if (name === 'testsuites' || name === 'testsuite') this.#suites.push({ claimed: count(attributes, 'failures') + count(attributes, 'errors'), failures: 0 })
    else if (this.#suites.length === 0) throw new ReportError(`it is no JUnit report: its root is <${name.slice(0, 40)}>`)
    else if (name === 'testcase') this.#openCase(attributes)
    else if (this.#case === undefined) return
    else if (name === 'skipped') this.#case.skipped = true
    else if (name === 'failure' || name === 'error') {
      this.#case.failed = true
      this.#inFailure = this.#case.message === ''
      this.#case.message ||= (attributes.get('message') ?? '').slice(0, MAX_TEXT)
      this.#inFailure &&= this.#case.message === ''
    }
  }

  #openCase(attributes: ReadonlyMap<string, string>): void {
    if (this.#case !== undefined) throw new ReportError('a test lies in another')
    this.#case = { name: caseName(attributes), failed: false, skipped: false, message: '' }
  }

  #text(text: string): void {
    if (this.#inFailure && this.#case!.message.length < MAX_TEXT) this.#case!.message = (this.#case!.message + text).trimStart().slice(0, MAX_TEXT)
  }

  #close(name: string): void {
    if (name === 'failure' || name === 'error') this.#inFailure = false
    else if (name === 'testcase') this.#closeCase()
    else if (name === 'testsuite' || name === 'testsuites') this.#closeSuite()
  }

  #closeCase(): void {
    const { name, failed, skipped, message } = this.#case!
    this.#case = undefined
    if (skipped && !failed) this.#report.skipped++
    else this.#report.tests++
    if (!failed) return
    this.#suites.at(-1)!.failures++
    if (this.#report.listed.length < MAX_LISTED) this.#report.listed.push({ name, message: message.trimEnd() })
  }

  #closeSuite(): void {
    const { claimed, failures } = this.#suites.pop()!
    const parent = this.#suites.at(-1)
    const most = Math.max(claimed, failures)
    if (parent === undefined) this.#report.failures = most
    else parent.failures += most
  }
}

const caseName = (attributes: ReadonlyMap<string, string>): string =>
  [attributes.get('classname'), attributes.get('name')].filter(Boolean).join(' › ').slice(0, MAX_TEXT) || 'a test without a name'

function count(attributes: ReadonlyMap<string, string>, name: string): number {
  const value = Number(attributes.get(name) ?? 0)
  return Number.isSafeInteger(value) && value > 0 ? value : 0
}

/** Several reports as one. */
export function joinJunit(reports: readonly JunitReport[]): JunitReport {
  const sum = (field: 'tests' | 'failures' | 'skipped'): number => reports.reduce((total, report) => total + report[field], 0)
  return { tests: sum('tests'), failures: sum('failures'), skipped: sum('skipped'), listed: reports.flatMap(({ listed }) => listed).slice(0, MAX_LISTED) }
}

/** What a check makes of a report. */
export function judgeJunit({ tests, failures, skipped, listed }: JunitReport, { maxFailures = 0, minTests = 1 }: Pick<JunitCheck, 'maxFailures' | 'minTests'>): Judgement {
  const ran = `${plural(tests, 'test')} ran, ${failures} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`
  const output = listed.map(({ name, message }) => (message === '' ? name : `${name}\n  ${message.replaceAll('\n', '\n  ')}`)).join('\n')
  if (failures > maxFailures) return { outcome: 'failed', message: maxFailures === 0 ? ran : `${ran}; at most ${maxFailures} may fail`, output }
  if (tests < minTests) return { outcome: 'failed', message: `${ran}; at least ${minTests} must run`, output }
  return { outcome: 'passed', message: ran, output }
}
