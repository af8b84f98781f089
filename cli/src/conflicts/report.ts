/** How conflicts and previews of decisions read for people. */
import { changeLines, valueText } from '../plan/describe.ts'
import { heading } from './side-by-side.ts'
import { t } from '../text/text.ts'
import type { FlatPlan } from '@buildrunner/sdk/plans'
import type { Style } from '../core/style.ts'
import { placeOf, type Before, type Decision, type OpenConflict, type Preview } from './conflict.ts'

export function listLines(conflicts: readonly OpenConflict[], style: Style): string[] {
  if (conflicts.length === 0) return [`${style.green('✓')} ${t('no conflicts')}`]
  const value = (side: unknown): string => (side === null ? style.dim(t('(absent)')) : valueText(side))
  return [
    ...conflicts.flatMap((conflict) => [
      heading(conflict, style),
      ...(['base', 'local', 'remote'] as const).map((side) => `    ${style.dim(side.padEnd(6))}  ${value(conflict[side])}`),
    ]),
    '',
    style.dim(t('{conflicts, plural, one {# conflict} other {# conflicts}}; each side keeps its own until you decide: br conflicts resolve {conflicts2} --keep local', { conflicts: conflicts.length, conflicts2: placeOf(conflicts[0]!) })),
  ]
}

export const decisionText = (decision: Decision): string => ('keep' in decision ? (decision.keep === 'local' ? t('keep local') : t('take remote')) : t('merge: {merge}', { merge: valueText(decision.merge) }))

/** What a decision does to the plan on the server and to the file, and the criteria to look at again. */
export function previewLines(decision: Decision, { server, file, affectedCriteria }: Preview, before: Before, style: Style): string[] {
  const changes = (title: string, list: Preview['server'], plan: FlatPlan): string[] => (list.length === 0 ? [] : [`  ${style.dim(title)}`, ...changeLines(list, plan, style).map((line) => `    ${line}`)])
  const criteria = affectedCriteria.map(({ itemKey, text }) => `    ${style.bold(itemKey)}  ${text}`)
  return [
    style.bold(decisionText(decision)),
    ...changes(t('on the server'), server, before.server),
    ...changes(t('in the plan file'), file, before.file),
    ...(server.length + file.length === 0 ? [`  ${style.dim(t('no plan changes'))}`] : []),
    ...(criteria.length === 0 ? [] : [`  ${style.dim(t('acceptance criteria to look at again'))}`, ...criteria]),
  ]
}
