/** Editing the copy of a project that this device keeps: each edit is queued until `br sync`. */
import { PlanChangeError, type FlatPlan, type PlanChange } from '@buildrunner/sdk/plans'
import { BuildRunnerError } from '@buildrunner/sdk'
import { t } from '../text/text.ts'
import type { OfflineClient } from '@buildrunner/sdk/offline'
import { failure } from '../core/errors.ts'
import { withProjectOffline } from './session.ts'
import type { ServerOptions } from '../core/command.ts'
import type { Context } from '../core/context.ts'
import type { WorkingCopy } from './working-copy.ts'

export const ofCache = (context: Context, options: ServerOptions): WorkingCopy => ({
  read: () => withProjectOffline(context, options, planOf),
  change: (build) =>
    withProjectOffline(context, options, async (offline) => {
      const before = await planOf(offline)
      const changes = build(before)
      if (changes.length > 0) await edit(offline, changes)
      return { before, changes, queued: offline.queue.status().queued }
    }),
})

const planOf = async (offline: OfflineClient): Promise<FlatPlan> => (await offline.plan({ from: 'cache' })).flat

async function edit(offline: OfflineClient, changes: PlanChange[]): Promise<void> {
  try {
    await offline.edit(changes)
  } catch (error) {
    if (!(error instanceof PlanChangeError) && !(error instanceof BuildRunnerError && error.code === 'VALIDATION_FAILED')) throw error
    throw failure('CHANGE_REFUSED', { first: error.message, remedy: t('br plan edit --offline without an id shows the plan as this device has it.') }, { cause: error })
  }
}
