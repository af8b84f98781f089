/** The table of every stable code. */
import { problemCodes, problemUrl, stableCodes, troubleshootingUrl } from '../codes.ts'
import type { ProblemFamily, StableCode, Surface } from '../codes.ts'
import { blocks, code, link, printPage, prose, sentence, table } from './markdown.ts'

const SURFACES: Readonly<Record<Surface, string>> = { server: 'server', sdk: 'SDK', cli: 'br', start: 'start' }

const FAMILIES: Readonly<Record<ProblemFamily, readonly [heading: string, about: string]>> = {
  plan: ['Problems of a plan', 'What `br lint`, the SDK and the server find in a plan. An error makes it unusable, a warning does not.'],
  change: ['Refused changes', 'Why a change of a plan is impossible: `PlanChangeError` of the SDK, and, in capitals, a write that the server refused to merge.'],
  policy: ['Problems of a policy', 'What `br governance validate` and the server find in a policy file.'],
  template: ['Problems of a template', 'What `br template lint` finds in a template, and in values that are given for its parameters.'],
  evidence: ['Notes on evidence', 'What `br qa run` is told of a result that does not count.'],
}

/** Pages by their paths below `reference/errors`. */
export function errorPages(): Map<string, string> {
  const codes = stableCodes()
  const problems = problemCodes()
  const families = (Object.keys(FAMILIES) as ProblemFamily[]).flatMap((family) => {
    const [heading, about] = FAMILIES[family]
    const own = problems.filter((problem) => problem.family === family)
    const rows = own.map((problem) => [link(code(problem.code), problemUrl(problem)), ...(family === 'plan' ? [problem.severity ?? ''] : []), prose(sentence(problem.meaning))])
    return [`## ${heading}`, about, table(['Code', ...(family === 'plan' ? ['Severity'] : []), 'What it means'], rows)]
  })
  return new Map([['index.mdx', printPage({
    title: 'Error codes', order: 0,
    description: `Every stable code: ${codes.length} errors and ${problems.length} faults of files, with HTTP status, exit code and class of the SDK.`,
    body: blocks(
      'A code never changes its meaning: match on it, never on the message. Each leads to a page that says how it comes about and what to do.',
      '## Errors', table(['Code', 'What it means', 'Where'], codes.filter(({ surfaces }) => !surfaces.includes('start')).map(row)),
      '## Failed starts', 'A server that cannot start says why in one message, with a remedy, and ends with an exit code of its own.',
      table(['Reason', 'What it means', 'Exit'], codes.filter(({ surfaces }) => surfaces.includes('start')).map((entry) => [link(code(entry.code), troubleshootingUrl(entry)), prose(entry.meaning), String(entry.exitCode)])),
      ...families,
    ),
  })]])
}

const row = (entry: StableCode): string[] => {
  const { httpStatus, exitCode, sdkClass, surfaces } = entry
  const where = [surfaces.map((surface) => SURFACES[surface]).join(', '), ...(httpStatus === undefined ? [] : [`HTTP ${httpStatus}`]), ...(exitCode === undefined ? [] : [`exit ${exitCode}`]), ...(sdkClass === undefined ? [] : [code(sdkClass)])]
  return [link(code(entry.code), troubleshootingUrl(entry)), prose(sentence(entry.meaning)), where.join(' · ')]
}
