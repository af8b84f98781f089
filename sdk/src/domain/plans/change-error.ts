/** Why a change is impossible. */
export type PlanChangeErrorCode =
  | 'invalid-change' | 'unknown-item' | 'duplicate-id' | 'wrong-parent-kind' | 'unknown-sibling' | 'reserved-field' | 'required-field'

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
