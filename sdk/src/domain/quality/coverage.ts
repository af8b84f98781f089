/** Coverage reports: lcov, Cobertura's XML and Istanbul's JSON summary, told apart by what they begin with. */
import type { CoverageCheck } from '../plans/document.ts'
import type { Judgement } from './judgement.ts'
import { ReportError, XmlReader } from './xml.ts'

/** What coverage is measured in. */
export type CoverageMetric = NonNullable<CoverageCheck['metric']>
/** How much there is, and how much of it was reached. */
export interface Covered {
  /** Lines, branches or functions that were reached, at most `total`. */
  covered: number
  /** All that there are. */
  total: number
}
/** What a report measured; a metric that it says nothing of is `{ covered: 0, total: 0 }`. */
export type Coverage = Record<CoverageMetric, Covered>

const METRICS = ['lines', 'branches', 'functions'] as const
/** Istanbul's summary is read as a whole. */
const MAX_JSON = 32_000_000
const nothing = (): Coverage => ({ lines: { covered: 0, total: 0 }, branches: { covered: 0, total: 0 }, functions: { covered: 0, total: 0 } })

interface Format {
  write(chunk: string): void
  end(): Coverage
}

/** Reads one report as it arrives. `write` and `end` throw {@link ReportError} for what is none. */
export class CoverageReader {
  #format: Format | undefined
  #start = ''

  /** Takes the next piece of the text; it may begin and end anywhere. */
  write(chunk: string): void {
    if (this.#format !== undefined) return this.#format.write(chunk)
    this.#start = (this.#start + chunk).replace(/^[\uFEFF\s]+/, '')
    if (this.#start === '') return
    this.#format = this.#start.startsWith('<') ? new Cobertura() : this.#start.startsWith('{') ? new IstanbulSummary() : new Lcov()
    this.#format.write(this.#start)
  }

  /** What the whole report measured, after the last piece. */
  end(): Coverage {
    if (this.#format === undefined) throw new ReportError('it is empty')
    return this.#format.end()
  }
}

/** `geninfo(1)`: totals of each file; where a tool leaves them out, its lines are counted. */
class Lcov implements Format {
  readonly #coverage = nothing()
  #rest = ''
  #records = 0
  #file = { totals: new Map<string, number>(), lines: 0, hit: 0 }

  write(chunk: string): void {
    const lines = (this.#rest + chunk).split('\n')
    this.#rest = lines.pop()!
    if (this.#rest.length > 100_000) throw new ReportError('it is no coverage report that is known: lcov, Cobertura XML or Istanbul JSON summary')
    for (const line of lines) this.#line(line.trim())
  }

  end(): Coverage {
    this.#line(this.#rest.trim())
    if (this.#records === 0) throw new ReportError('it is no coverage report that is known: lcov, Cobertura XML or Istanbul JSON summary')
    return this.#coverage
  }

  #line(line: string): void {
    if (line === 'end_of_record') return this.#endRecord()
    const [, key, value = ''] = /^([A-Z]+):(.*)$/.exec(line) ?? []
    if (key === 'DA') {
      this.#file.lines++
      if (Number(value.split(',')[1]) > 0) this.#file.hit++
    } else if (key !== undefined) this.#file.totals.set(key, toCount(value))
  }

  #endRecord(): void {
    const { totals, lines, hit } = this.#file
    add(this.#coverage.lines, totals.has('LF') ? { covered: totals.get('LH') ?? 0, total: totals.get('LF')! } : { covered: hit, total: lines })
    add(this.#coverage.branches, { covered: totals.get('BRH') ?? 0, total: totals.get('BRF') ?? 0 })
    add(this.#coverage.functions, { covered: totals.get('FNH') ?? 0, total: totals.get('FNF') ?? 0 })
    this.#file = { totals: new Map(), lines: 0, hit: 0 }
    this.#records++
  }
}

/** Counted from its classes: tools disagree on what the totals at its top mean. */
class Cobertura implements Format {
  readonly #coverage = nothing()
  readonly #path: string[] = []
  #methodIsReached = false
  readonly #xml = new XmlReader({
    open: (name, attributes) => this.#open(name, attributes),
    text: () => undefined,
    close: (name) => {
      this.#path.pop()
      if (name === 'method') add(this.#coverage.functions, { covered: Number(this.#methodIsReached), total: 1 })
    },
  })

  write(chunk: string): void {
    this.#xml.write(chunk)
  }

  end(): Coverage {
    this.#xml.end()
    return this.#coverage
  }

  #open(name: string, attributes: ReadonlyMap<string, string>): void {
    if (this.#path.length === 0 && name !== 'coverage') throw new ReportError(`it is no Cobertura report: its root is <${name.slice(0, 40)}>`)
    const owner = this.#path.at(-2)
    this.#path.push(name)
    if (name === 'method') this.#methodIsReached = Number(attributes.get('line-rate')) > 0
    if (name !== 'line') return
    const isHit = Number(attributes.get('hits')) > 0
    // The lines of a method stand in its class once more.
    if (owner === 'method') this.#methodIsReached ||= isHit
    if (owner !== 'class') return
    add(this.#coverage.lines, { covered: Number(isHit), total: 1 })
    const [, covered, total] = /\((\d+)\/(\d+)\)/.exec(attributes.get('condition-coverage') ?? '') ?? []
    if (total !== undefined) add(this.#coverage.branches, { covered: toCount(covered!), total: toCount(total) })
  }
}

class IstanbulSummary implements Format {
  #text = ''

  write(chunk: string): void {
    this.#text += chunk
    if (this.#text.length > MAX_JSON) throw new ReportError('it is longer than a summary is')
  }

  end(): Coverage {
    let summary: unknown
    try {
      summary = JSON.parse(this.#text)
    } catch {
      throw new ReportError('it is no JSON')
    }
    const total = (summary as { total?: unknown } | null)?.total as Record<string, Partial<Covered> | undefined> | null | undefined
    if (typeof total !== 'object' || total === null) throw new ReportError('it is no summary of Istanbul: it has no "total" (the reporter is json-summary)')
    const coverage = nothing()
    for (const metric of METRICS) add(coverage[metric], { covered: toCount(total[metric]?.covered), total: toCount(total[metric]?.total) })
    return coverage
  }
}

/** @throws ReportError for what cannot be a count */
function toCount(value: unknown): number {
  const count = typeof value === 'string' ? Number(value) : (value ?? 0)
  if (typeof count === 'number' && Number.isNaN(count)) return 0
  if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 0) throw new ReportError('it holds a count that is none')
  return count
}

function add(to: Covered, { covered, total }: Covered): void {
  if (covered > total) throw new ReportError(`it says that ${covered} of ${total} were reached`)
  to.covered += covered
  to.total += total
}

/** Several reports as one. */
export function joinCoverage(reports: readonly Coverage[]): Coverage {
  const joined = nothing()
  for (const report of reports) for (const metric of METRICS) add(joined[metric], report[metric])
  return joined
}

/** What a check makes of a report. A report that says nothing of what is asked proves nothing. */
export function judgeCoverage(coverage: Coverage, { min, metric = 'lines' }: Pick<CoverageCheck, 'min' | 'metric'>): Judgement {
  const { covered, total } = coverage[metric]
  if (total === 0) return { outcome: 'errored', message: `the report measures no ${metric}`, output: '' }
  const passed = covered * 100 >= min * total
  // Cut, not rounded: 84.99 % of an asked 85 % must not read as 85 %.
  const percent = Math.floor((covered * 10_000) / total) / 100
  const asked = passed ? '' : `, ${min} % are asked for`
  return { outcome: passed ? 'passed' : 'failed', message: `${percent} % of ${metric} (${covered} of ${total})${asked}`, output: '' }
}
