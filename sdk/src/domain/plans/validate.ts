/**
 * Validation: one pass, every problem. The same rules serve a file (`parsePlan`), an object from an API or an importer
 * (`validatePlan`), and a plan that is already well-formed (`validateFlat` in `graph-rules.ts`).
 */
import { graphFindings } from './graph-rules.ts'
import { inspect, type Inspection } from './inspect.ts'
import { hasErrors, toProblem, type Finding, type Path } from './problems.ts'
import { scanPlan } from './scan.ts'
import { readSource, type PlacedFinding } from './source.ts'
import { newerVersion, structureFindings } from './structure.ts'
import type { Plan, PlanProblem } from './types.ts'

function findingsOf(document: unknown, inspection: Inspection): Finding[] {
  const newer = newerVersion(document)
  if (newer !== undefined) return [newer]
  if (inspection.findings.some(({ code }) => code === 'too-deep')) return inspection.findings
  const scan = scanPlan(document)
  return [...inspection.findings, ...structureFindings(document), ...scan.findings, ...graphFindings(scan.nodes)]
}

/** What a plan that was read holds. */
export interface ParsedPlan {
  /** Present when no problem is an error. */
  plan?: Plan
  /** In the order of the text. */
  problems: PlanProblem[]
}

/**
 * Validates a plan that is an object already.
 *
 * @returns every problem, without line and column; empty for a faultless plan. Never throws.
 * @example
 * const problems = validatePlan({ version: 1, project: { name: 'Shop' }, milestones: [] })
 */
export function validatePlan(document: unknown): PlanProblem[] {
  return findingsOf(document, inspect(document)).map((finding) => toProblem(finding))
}

/**
 * Reads a plan from the text of `plan.json` and validates it, with the line and column of every problem.
 *
 * @remarks Unknown keys stay in the plan. A byte order mark is allowed. Never throws.
 * @example
 * const { plan, problems } = parsePlan(readFileSync('buildrunner/specs/plan.json', 'utf8'))
 */
export function parsePlan(text: string): ParsedPlan {
  let inspection: Inspection | undefined
  const source = readSource(text, (document) => (inspection = inspect(document)).keys)
  const { document } = source
  const findings: (Finding | PlacedFinding)[] = [...source.findings]
  if (document !== undefined) {
    // Where a text is broken inside an object, a key that seems to be missing may be just what was not understood.
    const broken = new Set(source.findings.filter(({ code }) => code === 'syntax').map(({ path }) => path.join('\0')))
    const lost = ({ code, path }: Finding) => code === 'missing-field' && broken.has(path.slice(0, -1).join('\0'))
    findings.push(...findingsOf(document, inspection ?? inspect(document)).filter((finding) => !lost(finding)))
  }
  const problems = findings
    .map((finding) => {
      const locate = (path: Path, at?: 'key') => source.positionOf(path === finding.path && 'offset' in finding ? finding.offset : source.offsetOf(path, at))
      return toProblem(finding, locate)
    })
    .sort((a, b) => a.line! - b.line! || a.column! - b.column!)
  return hasErrors(problems) ? { problems } : { plan: document as Plan, problems }
}
