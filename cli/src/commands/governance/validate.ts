/** `br governance validate`: every problem of a policy file, offline. Loads nothing but the policy engine. */
import { text as readStream } from 'node:stream/consumers'
import { parseOperatorPolicy, parsePolicy } from '@buildrunner/sdk/policy'
import { Option, type Command } from 'commander'
import { examples } from '../../core/command.ts'
import { EXIT } from '../../core/exit-codes.ts'
import { readPolicyFile } from '../../governance/policy-file.ts'
import { t } from '../../text/text.ts'
import type { PolicyFile } from '../../governance/policy-file.ts'
import { githubLines, problemLines, sarifOf } from '../../governance/report.ts'
import { countProblems, problemSummary } from '../../plan/problems.ts'
import type { Context } from '../../core/context.ts'

export interface ValidateOptions {
  operator?: boolean
  strict?: boolean
  format: 'text' | 'json' | 'sarif' | 'github'
}

export function define(command: Command): void {
  command
    .argument('[file]', 'the policy file; - reads stdin (default: the nearest governance/policy.yml)')
    .option('--operator', "the file of a server's operator")
    .option('--strict', 'warnings fail too')
    .addOption(new Option('--format <format>', 'who reads it').choices(['text', 'json', 'sarif', 'github']).default('text'))
  examples(command, [
    ['br governance validate', 'exit code 12 when the policy has errors'],
    ['br governance validate --format github', 'annotations in a workflow of GitHub Actions'],
    ['br governance validate --format sarif > policy.sarif', 'for code scanning'],
    ['git show main:governance/policy.yml | br governance validate -', 'a policy from a pipe'],
  ])
}

export async function run(context: Context, { format, strict, operator }: ValidateOptions, [file]: string[]): Promise<number> {
  const { out } = context
  const { text, display, uri } = await source(context, file)
  const { problems } = operator === true ? parseOperatorPolicy(text) : parsePolicy(text)
  const counts = countProblems(problems)
  const summary = { file: display, ...counts, problems }
  if (format === 'sarif') out.raw(`${JSON.stringify(sarifOf(problems, uri), null, 2)}\n`)
  else if (format === 'json') out.raw(`${JSON.stringify(summary, null, 2)}\n`)
  else if (format === 'github') out.raw(githubLines(problems, uri).map((line) => `${line}\n`).join(''))
  else out.result(summary, () => [...problemLines(problems, display, out.style), `${problemSummary(counts, out.style)} ${out.style.dim(t('in {display}', { display }))}`])
  return counts.errors > 0 || (strict === true && counts.warnings > 0) ? EXIT.policyErrors : EXIT.ok
}

async function source(context: Context, file: string | undefined): Promise<PolicyFile> {
  if (file !== '-') return readPolicyFile(context, file)
  return { text: await readStream(context.stdin), display: '(stdin)', uri: 'governance/policy.yml' }
}
