/** Problems of a policy for people, for GitHub's annotations, and as SARIF. */
import { hash } from 'node:crypto'
import { POLICY_PROBLEMS } from '@buildrunner/sdk/policy'
import { t } from '../text/text.ts'
import type { PolicyProblem } from '@buildrunner/sdk/policy'
import manifest from '../../package.json' with { type: 'json' }
import type { Style } from '../core/style.ts'

/** Place, severity, code, message, the line with a caret, remedy. */
export function problemLines(problems: readonly PolicyProblem[], file: string, style: Style): string[] {
  return problems.flatMap(({ line, column, severity, code, message, remedy, frame }) => {
    const [source = '', caret = ''] = frame.split('\n')
    const gutter = String(line)
    return [
      `${style.bold(`${file}:${line}:${column}`)}  ${severity === 'error' ? style.red(t('error')) : style.yellow(t('warning'))} ${style.dim(code)}  ${message}`,
      `  ${style.dim(`${gutter} │`)} ${source}`, `  ${style.dim(`${' '.repeat(gutter.length)} │`)} ${style.red(caret)}`,
      `  ${style.dim(remedy)}`,
    ]
  })
}

const data = (text: string): string => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A')
const property = (text: string): string => data(text).replaceAll(':', '%3A').replaceAll(',', '%2C')

/** Workflow commands: one line a problem, which GitHub shows at its place in the changes. */
export const githubLines = (problems: readonly PolicyProblem[], uri: string): string[] =>
  problems.map(({ severity, line, column, endColumn, code, message, remedy }) =>
    `::${severity} file=${property(uri)},line=${line},col=${column},endColumn=${endColumn},title=${property(code)}::${data(`${message} ${remedy}`)}`)

/** What is wrong stays the same problem for a tool when lines are added above it. */
const fingerprint = ({ code, pointer, message }: PolicyProblem): string => hash('sha256', [code, pointer, message].join('\n'))

/** A log of the Static Analysis Results Interchange Format (OASIS SARIF 2.1.0), with every rule that a problem breaks. */
export function sarifOf(problems: readonly PolicyProblem[], uri: string): object {
  const codes = [...new Set(problems.map(({ code }) => code))].toSorted()
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: {
        driver: {
          name: 'br governance validate', semanticVersion: manifest.version, informationUri: 'https://buildrunner.cloud/docs/governance',
          rules: codes.map((code) => ({ id: code, shortDescription: { text: POLICY_PROBLEMS[code] } })),
        },
      },
      columnKind: 'utf16CodeUnits',
      results: problems.map((problem) => ({
        ruleId: problem.code, ruleIndex: codes.indexOf(problem.code), level: problem.severity, message: { text: `${problem.message} ${problem.remedy}` },
        locations: [{
          physicalLocation: {
            artifactLocation: { uri: encodeURI(uri), uriBaseId: '%SRCROOT%' },
            region: { startLine: problem.line, startColumn: problem.column, endColumn: problem.endColumn, snippet: { text: problem.frame.split('\n')[0] } },
          },
        }],
        partialFingerprints: { 'policyProblem/v1': fingerprint(problem) },
      })),
    }],
  }
}
