/** How an offline store fails. */
import { BuildRunnerError } from '../../errors.ts'

/**
 * The offline store cannot do this: `STORE_FULL` (disk or quota), `STORE_UNAVAILABLE` (the folder or database cannot be read or written),
 * `STORE_CORRUPT` (what is stored was damaged, and not by an interrupted write), `STORE_TOO_NEW` (a newer version of the SDK wrote it),
 * `STORE_CLOSED`. After a commit that failed the store holds what it held before.
 */
export class OfflineStoreError extends BuildRunnerError {
  override get name(): string {
    return 'OfflineStoreError'
  }
}

/** `STORE_STALE`: another tab or process committed since the revision that was read. Read again, then decide. */
export class StaleStoreError extends OfflineStoreError {
  constructor(expected: number, actual: number) {
    super({ code: 'STORE_STALE', message: `The offline store is at revision ${actual}, not ${expected}: read it again.`, details: { expected, actual } })
  }

  /** The revision of the store. */
  get actual(): number {
    return this.details['actual'] as number
  }

  override get name(): string {
    return 'StaleStoreError'
  }
}

/** @internal */
export const closedError = (): OfflineStoreError => new OfflineStoreError({ code: 'STORE_CLOSED', message: 'The offline store is closed.' })
