/** What rows ask the tree for. One object for the tree's life, so that a row is drawn again only when it changes. */
import type { ItemKind } from '@buildrunner/sdk/plans'

export type EditField = 'title' | 'assignee' | 'estimate'

export interface TreeActions {
  /** It has the focus now. */
  activate(id: string): void
  /** It shall have the focus. */
  focus(id: string): void
  toggle(id: string, isExpanded: boolean): void
  edit(id: string, field: EditField): void
  chooseStatus(id: string, anchor: Element): void
  /** @returns false: it stays open, `value` is nothing that the field takes */
  commit(id: string, field: EditField, value: string): boolean
  /** Ends an edit. @param refocus whether the focus goes back to the row */
  cancel(refocus: boolean): void
  create(title: string, place: Place): void
}

/** Where a new item goes. */
export interface Place {
  readonly kind: ItemKind
  readonly parentId: string | null
  readonly after: string | null
}
