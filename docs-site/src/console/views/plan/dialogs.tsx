/** What the plan asks before it does something, and its keys. */
import type { ReactNode } from 'react'
import type { FlatPlan, PlanChange, PlanItem } from '@buildrunner/sdk/plans'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { countInside, dependentsOn, removal } from './model/removal.ts'
import type { PlanText } from './plan-text.ts'

interface RemoveProps {
  readonly plan: FlatPlan
  readonly item: PlanItem
  /** @param changes that remove it */
  remove(changes: readonly PlanChange[]): void
  close(): void
  readonly t: PlanText
}

export function RemoveDialog({ plan, item, remove, close, t }: RemoveProps): ReactNode {
  const inside = countInside(plan, item.id)
  const dependents = dependentsOn(plan, item.id)
  const actions = (
    <>
      <Button onClick={close}>{t('remove.keep')}</Button>
      <Button look="danger" icon="trash" autoFocus onClick={() => remove(removal(plan, item.id))}>{t('remove.do')}</Button>
    </>
  )
  return (
    <Dialog title={t('remove.title', { title: item.fields.title })} close={close} actions={actions}>
      {inside > 0 && <p>{t('remove.inside', { count: inside })}</p>}
      {dependents.length > 0 && <p>{t('remove.dependents', { count: dependents.length, ids: dependents.slice(0, 5).map(({ id }) => id).join(', ') })}</p>}
      <p className="fine">{t('remove.undo')}</p>
    </Dialog>
  )
}

const KEYS = [
  ['↑ ↓', 'key.move'], ['→ ←', 'key.fold'], ['*', 'key.foldAll'], ['Home End', 'key.ends'], ['Page ↑ ↓', 'key.page'], ['Shift + A–Z', 'key.type'], ['Enter', 'key.open'], ['E, F2', 'key.title'], ['S', 'key.status'], ['U', 'key.assignee'],
  ['T', 'key.estimate'], ['A', 'key.add'], ['C', 'key.addInside'], ['Delete', 'key.remove'], ['Alt + ↑ ↓', 'key.reorder'], ['Ctrl + Z', 'key.undo'], ['/', 'key.filter'], ['?', 'key.help'],
] as const

export function ShortcutsDialog({ close, t }: { close(): void; readonly t: PlanText }): ReactNode {
  return (
    <Dialog title={t('shortcuts')} close={close} wide>
      <dl className="plan-keys">
        {KEYS.map(([keys, text]) => (
          <div key={text}>
            <dt>{keys.split(', ').map((key) => <kbd key={key}>{key}</kbd>)}</dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}
