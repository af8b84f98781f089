/** The whole plan in an editor. What was changed there is applied to the plan as it is by then, so nobody else's edit is lost. */
import { diffPlans, unflattenPlan } from '@buildrunner/sdk/plans'
import { editText } from '../core/editor.ts'
import { CliError } from '../core/errors.ts'
import { confirmPlain } from '../core/prompts.ts'
import { parseLoaded } from './session.ts'
import { t } from '../text/text.ts'
import type { FlatPlan } from '@buildrunner/sdk/plans'
import type { Changed, WorkingCopy } from '../offline/working-copy.ts'
import type { Context } from '../core/context.ts'

/** @throws EDITOR_MISSING, EDITOR_FAILED, CHANGE_REFUSED; PLAN_HAS_ERRORS when the person does not want to go on */
export async function editInEditor(context: Context, copy: WorkingCopy): Promise<Changed> {
  const before = await copy.read()
  let text = `${JSON.stringify(unflattenPlan(before), null, 2)}\n`
  for (;;) {
    text = await editText(context, 'plan.json', text)
    const after = await parseEdited(context, text)
    if (after !== undefined) return copy.change(() => diffPlans(before, after))
  }
}

/** @returns undefined when the text has errors and is to be edited again */
async function parseEdited(context: Context, text: string): Promise<FlatPlan | undefined> {
  try {
    return parseLoaded(text, t('The edited plan')).flat
  } catch (error) {
    if (!(error instanceof CliError) || !context.interactive) throw error
    context.out.error(error)
    if (!(await confirmPlain(t('Edit it again?')))) throw error
    return undefined
  }
}
