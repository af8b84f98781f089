/** `br qa record`: a person looked, and found a criterion met or not. */
import * as fs from 'node:fs'
import { criteriaOf } from '@buildrunner/sdk/quality'
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { nearest } from '../../core/nearest.ts'
import { findWorkspace } from '../../files/workspace.ts'
import { oneLine } from '../../plan/describe.ts'
import { loadPlan } from '../../plan/session.ts'
import { commitState } from '../../qa/git.ts'
import { connect } from '../../server/connection.ts'
import { projectHere } from '../../sync/project-here.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface RecordOptions extends ServerOptions {
  pass?: boolean
  fail?: boolean
  note?: string
  url?: string
}

export function define(command: Command): void {
  command
    .argument('<id>', 'the item')
    .argument('<criterion>', 'its criterion: the id, the text, or how one of them begins')
    .option('--pass', 'it is met')
    .option('--fail', 'it is not met')
    .option('--note <text>', 'what you looked at')
    .option('--url <url>', 'where more is to be seen')
  serverOptions(command, { project: true })
  examples(command, [
    ['br qa record T3 usable --pass --note "Tried on staging."', 'a criterion that a person confirms'],
    ['br qa record T3 "It reads well" --fail', 'by the beginning of its text'],
  ])
}

export async function run(context: Context, { pass, fail, note, url, ...options }: RecordOptions, [itemId = '', named = '']: string[]): Promise<void> {
  if ((pass === true) === (fail === true)) throw failure('USAGE', { text: t('Is the criterion met or not?'), remedy: t('Pass either --pass or --fail.') })
  const criterion = criterionHere(context, itemId, named)
  const connection = await connect(context, options)
  const projectId = await projectHere(context, connection)
  const { commit = null, branch = null } = (await commitState(context.cwd, context.env)) ?? {}
  const { evidence } = await connection.ask(connection.client.qa.recordManual({ projectId, itemId, criterion, met: pass === true, note, url, commit, branch }))
  const { green, red, dim } = context.out.style
  context.out.result({ evidence }, () => `${pass === true ? green('✓') : red('✗')} ${oneLine(evidence.itemKey ?? '')}  ${oneLine(evidence.criterion)}  ${dim(evidence.id)}`)
}

/** The key of the criterion, by the plan in this folder if it knows the item. @throws NO_CRITERION */
function criterionHere({ cwd }: Context, item: string, named: string): string {
  const workspace = findWorkspace(cwd)
  const found = fs.existsSync(workspace.planFile) ? loadPlan(workspace).flat.items.get(item) : undefined
  if (found === undefined) return named
  const keys = [...criteriaOf(found.fields.acceptanceCriteria).keys()]
  const begun = keys.filter((key) => key.toLowerCase().startsWith(named.toLowerCase()))
  if (keys.includes(named)) return named
  if (begun.length === 1) return begun[0]!
  throw failure('NO_CRITERION', { item, criterion: named, similar: begun.length > 1 ? begun : nearest(named, keys) })
}
