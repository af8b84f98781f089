/** The plan on paper: everything that is shown, however far one has scrolled. */
import { useEffect, useState } from 'react'
import type { ReactNode } from 'react'
import { flushSync } from 'react-dom'
import { formatEstimate } from './model/estimate.ts'
import type { RollUp, Row } from './model/rows.ts'
import type { PlanText } from './plan-text.ts'

function useIsPrinting(): boolean {
  const [printing, setPrinting] = useState(false)
  useEffect(() => {
    const begin = (): void => flushSync(() => setPrinting(true))
    const end = (): void => setPrinting(false)
    addEventListener('beforeprint', begin)
    addEventListener('afterprint', end)
    return () => {
      removeEventListener('beforeprint', begin)
      removeEventListener('afterprint', end)
    }
  }, [])
  return printing
}

export function PrintedPlan({ rows, rollUps, t }: { readonly rows: readonly Row[]; readonly rollUps: ReadonlyMap<string, RollUp>; readonly t: PlanText }): ReactNode {
  if (!useIsPrinting()) return null
  return (
    <table className="plan-print">
      <thead>
        <tr>{(['title', 'status', 'assignee', 'estimate'] as const).map((column) => <th key={column} scope="col">{t(`column.${column}`)}</th>)}</tr>
      </thead>
      <tbody>
        {rows.map(({ item: { id, kind, fields }, level }) => (
          <tr key={id} className={kind}>
            <th scope="row" style={{ paddingInlineStart: `${level - 1}rem` }}>{fields.title} <small>{id}</small></th>
            <td>{kind === 'microstep' ? t(`status.${fields.status ?? 'todo'}`) : t('row.share', { done: rollUps.get(id)?.done ?? 0, total: rollUps.get(id)?.total ?? 0 })}</td>
            <td>{fields.assignee}</td>
            <td>{formatEstimate(fields.estimate)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
