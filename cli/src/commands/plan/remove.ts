/** `br plan remove`: an item and everything in it. */
import { t } from '../../text/text.ts'
import type { FlatPlan, PlanChange } from '@buildrunner/sdk/plans'
import { examples, planFileOption, type PlanFileOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { confirmDestructive } from '../../core/prompts.ts'
import { findWorkspace } from '../../files/workspace.ts'
import { changeLines } from '../../plan/describe.ts'
import { changePlan, loadPlan, requireItem } from '../../plan/session.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface RemoveOptions extends PlanFileOptions {
  yes?: boolean
  detach?: boolean
}

export function define(command: Command): void {
  command.argument('<id>', 'the item').option('-y, --yes', 'do not ask').option('--detach', 'also remove dependencies on what goes')
  planFileOption(command)
  examples(command, [
    ['br plan remove T3', 'asks first'],
    ['br plan remove S4 --yes', 'a step and its microsteps, without asking'],
    ['br plan remove T3 --detach', 'and let nothing depend on it any more'],
  ])
}

export async function run(context: Context, options: RemoveOptions, [id = '']: string[]): Promise<void> {
  const workspace = findWorkspace(context.cwd, options.file)
  // Asked before the lock is taken: nothing waits for a person.
  const inside = subtree(loadPlan(workspace).flat, id).size - 1
  await confirmDestructive(context, { what: inside > 0 ? t('Removing {id} with the {inside, plural, one {# item} other {# items}} in it', { id, inside }) : t('Removing {id}', { id }), yes: options.yes })
  const { before, changes } = await changePlan(workspace, ({ flat }) => removal(flat, id, options.detach === true))
  context.out.result({ id, removed: [...subtree(before.flat, id)], changes }, () => changeLines(changes, before.flat, context.out.style))
}

function removal(flat: FlatPlan, id: string, detach: boolean): PlanChange[] {
  const gone = subtree(flat, id)
  const changes: PlanChange[] = []
  const dependents: string[] = []
  for (const item of flat.items.values()) {
    const list = item.fields.dependsOn
    if (gone.has(item.id) || list?.some((dependency) => gone.has(dependency)) !== true) continue
    dependents.push(item.id)
    changes.push({ op: 'update', id: item.id, set: { dependsOn: list.filter((dependency) => !gone.has(dependency)) } })
  }
  if (dependents.length > 0 && !detach) {
    throw failure('USAGE', {
      text: t('{count, plural, one {# item depends} other {# items depend}} on it: {dependents}.', { count: dependents.length, dependents: dependents.slice(0, 5).join(', ') }),
      remedy: t('Pass --detach to remove those dependencies too.'),
    })
  }
  return [...changes, { op: 'remove', id }]
}

function subtree(flat: FlatPlan, id: string): Set<string> {
  requireItem(flat, id)
  const ids = new Set([id])
  for (const each of ids) for (const child of flat.children.get(each) ?? []) ids.add(child)
  return ids
}
