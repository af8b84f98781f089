/** How an error looks: made by what reports it wherever that can be asked, so that the example is what people see. */
import { parseDocument } from 'yaml'
import { failure } from '../../../cli/src/core/errors.ts'
import { parsePlan } from '../../../sdk/src/domain/plans/index.ts'
import { parsePolicy } from '../../../sdk/src/domain/policy/index.ts'
import { parseTemplate } from '../../../sdk/src/domain/templates/index.ts'
import type { ExplainedCode } from './explained-codes.ts'
import type { ErrorText } from './troubleshooting.ts'

interface Problem {
  readonly code: string
  readonly severity?: string
  readonly line?: number
  readonly column?: number
  readonly message: string
  readonly remedy: string
}

const READERS: Readonly<Partial<Record<ExplainedCode['family'], readonly [file: string, language: string, read: (text: string) => readonly Problem[]]>>> = {
  plan: ['buildrunner/specs/plan.json', 'text', (text) => parsePlan(text).problems],
  policy: ['governance/policy.yml', 'yaml', (text) => parsePolicy(text).problems],
  template: ['template.yml', 'yaml', (text) => parseTemplate(text).problems],
}

const fence = (language: string, text: string): string => `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``

/** The problem of this code that reading a text finds. @throws Error when it finds none */
export function problemIn(code: ExplainedCode, text: string): Problem {
  const problems = READERS[code.family]![2](text)
  const found = problems.find((problem) => problem.code === code.code)
  if (found === undefined) {
    const others = problems.map((problem) => problem.code).join(', ')
    throw new Error(`docs-site/errors/${code.family}.yml: the text of ${code.code} has no such problem, but ${others || 'none'}.`)
  }
  return found
}

function ofText(code: ExplainedCode, text: string): string {
  const [file, language] = READERS[code.family]!
  const { severity = 'error', line, column, message, remedy } = problemIn(code, text)
  const place = line === undefined ? file : `${file}:${line}:${column}`
  // What is wrong in its very form is shown as it is.
  const isData = language === 'text' || parseDocument(text).errors.length === 0
  return `${fence(isData ? language : 'text', text)}\n\n${fence('text', `${place}  ${severity} ${code.code}  ${message}\n  ${remedy}`)}`
}

/** The block that shows a code; undefined where there is none to show. */
export function exampleOf(code: ExplainedCode, { text, says, with: parameters }: ErrorText): string | undefined {
  if (text !== undefined) return ofText(code, text)
  if (parameters !== undefined) {
    const { message, remedy } = failure(code.code as never, parameters as never)
    return fence('text', `✗ ${message}${remedy === undefined ? '' : `\n  ${remedy}`}`)
  }
  return says === undefined ? undefined : fence('text', says.replaceAll(/[‹›]/g, ''))
}
