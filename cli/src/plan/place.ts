/** Where among its siblings an item goes. */
import { t } from '../text/text.ts'
import type { FlatPlan } from '@buildrunner/sdk/plans'
import { failure } from '../core/errors.ts'
import { requireItem } from './session.ts'

export interface PlaceOptions {
  after?: string
  first?: boolean
}

/**
 * The sibling that the item follows, null for the first place; the last place when the options name none.
 * @param moving the item itself when it is there already: it cannot follow itself.
 */
export function resolveAfter(plan: FlatPlan, parentId: string | null, { after, first }: PlaceOptions, moving?: string): string | null {
  if (after !== undefined && first === true) throw failure('USAGE', { text: t('--after and --first exclude each other.') })
  if (first === true) return null
  const siblings = (plan.children.get(parentId) ?? []).filter((id) => id !== moving)
  if (after === undefined) return siblings.at(-1) ?? null
  requireItem(plan, after)
  if (!siblings.includes(after)) {
    throw failure('USAGE', {
      text: t('{after} does not lie in {parentId}.', { after, parentId: parentId ?? t('the top of the plan') }),
      remedy: siblings.length > 0 ? t('There: {siblings}.', { siblings: siblings.join(', ') }) : undefined,
    })
  }
  return after
}
