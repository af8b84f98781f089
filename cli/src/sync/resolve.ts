/** Which conflicts `--keep` and `--item` decide. Ids may contain dots, so `a.b` is matched against the conflicts there are. */
import { failure } from '../core/errors.ts'

export interface Keep {
  side: 'local' | 'remote'
  /** `ID` or `ID.field`; empty for every conflict. */
  items: readonly string[]
}

/** As the API takes it. */
export interface Resolution {
  id: string | null
  field?: string
  keep: 'LOCAL' | 'REMOTE'
}

/** Its name on the command line: `ID`, `ID.field`, and `plan.field` for keys at the top of the document. */
export const conflictName = ({ id, field }: { id: string | null; field?: string | null | undefined }): string =>
  `${id ?? 'plan'}${field == null ? '' : `.${field}`}`

/** @throws CONFLICT_UNKNOWN for an item that is not in conflict. */
export function resolutionsFor(conflicts: readonly { id: string | null; field?: string | null | undefined }[], { side, items }: Keep): Resolution[] {
  const names = conflicts.map(conflictName)
  for (const item of items) {
    if (!conflicts.some((conflict) => names.includes(item) || (conflict.id ?? 'plan') === item)) throw failure('CONFLICT_UNKNOWN', { item, conflicts: names })
  }
  const chosen = conflicts.filter((conflict) => items.length === 0 || items.includes(conflictName(conflict)) || items.includes(conflict.id ?? 'plan'))
  return chosen.map(({ id, field }) => ({ id, ...(field == null ? {} : { field }), keep: side === 'local' ? 'LOCAL' : 'REMOTE' }))
}
