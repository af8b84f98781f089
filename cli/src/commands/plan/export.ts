/** `br plan export`: the plan as markdown (which `br plan import` reads back unchanged) or JSON. */
import * as fs from 'node:fs'
import path from 'node:path'
import { Option, type Command } from 'commander'
import { planToMarkdown, type Plan } from '@buildrunner/sdk/plans'
import { examples, planFileOption, type PlanFileOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { writeFileAtomic } from '@buildrunner/sdk/offline/files'
import { findWorkspace } from '../../files/workspace.ts'
import { loadPlan } from '../../plan/session.ts'
import type { Context } from '../../core/context.ts'

export interface ExportOptions extends PlanFileOptions {
  format: 'markdown' | 'json'
  out?: string
  yes?: boolean
}

export function define(command: Command): void {
  command
    .addOption(new Option('--format <format>', 'the form').choices(['markdown', 'json']).default('markdown'))
    .option('-o, --out <file>', 'where it goes (default: stdout)')
    .option('-y, --yes', 'replace a file that is there')
  planFileOption(command)
  examples(command, [
    ['br plan export > PLAN.md', 'markdown on stdout'],
    ['br plan export --format json --out plan.json', 'JSON without the link to the server'],
    ['br plan export --json', 'the same, on stdout'],
  ])
}

export function run(context: Context, options: ExportOptions): void {
  const { plan } = loadPlan(findWorkspace(context.cwd, options.file))
  const json = context.out.json || options.format === 'json'
  const text = json ? `${JSON.stringify(withoutLink(plan), null, 2)}\n` : planToMarkdown(plan)
  if (options.out === undefined) {
    context.out.raw(text)
    return
  }
  const target = path.resolve(context.cwd, options.out)
  if (fs.existsSync(target) && options.yes !== true) throw failure('FILE_EXISTS', { path: options.out })
  writeFileAtomic(target, text)
  context.out.result({ written: options.out, format: json ? 'json' : 'markdown' }, () => `${context.out.style.green('✓')} ${options.out}`)
}

/** A copy of a plan is not synced: two files with one mark would each undo the other. */
function withoutLink({ 'x-sync': _, ...plan }: Plan): object {
  return plan
}
