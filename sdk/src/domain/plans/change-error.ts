/** Codes of everything that can be wrong with a change of the plan, each with its meaning in one line. Codes are stable: tools match on them. */
export const CHANGE_PROBLEMS = {
  'invalid-change': 'The change does not have the form of one.',
  'unknown-item': 'The plan has no item of this id.',
  'duplicate-id': 'The plan has an item of this id already.',
  'wrong-parent-kind': 'A step lies in a milestone and a microstep in a step; the parent is another kind.',
  'unknown-sibling': 'The item to stand behind is not in the parent.',
  'reserved-field': 'The field is changed by a change of its own kind: id, parent or children.',
  'required-field': 'A field that every item has cannot be taken away.',
} as const

/** Why a change is impossible. */
export type PlanChangeErrorCode = keyof typeof CHANGE_PROBLEMS

/**
 * A change that cannot be applied. `invalid-change` is one of the wrong shape; the other codes are changes of the right
 * shape that do not fit the plan. A cycle of parents needs no code: kinds nest strictly, so it is a `wrong-parent-kind`.
 */
export class PlanChangeError extends Error {
  override readonly name = 'PlanChangeError'
  /** Stable; switch on it. */
  readonly code: PlanChangeErrorCode
  /** Which change of the batch, counted from 0; -1 when the batch itself is at fault. */
  readonly index: number
  /** JSON pointer (RFC 6901) into the batch. */
  readonly pointer: string

  constructor(code: PlanChangeErrorCode, index: number, message: string, pointer = index < 0 ? '' : `/${index}`) {
    super(index < 0 ? message : `change ${index}: ${message}`)
    this.code = code
    this.index = index
    this.pointer = pointer
  }
}
