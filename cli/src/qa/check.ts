/** What a check is given, and what comes of it. */
import type { CheckOutcome } from '@buildrunner/sdk/quality'

/** The world of a check. */
export interface CheckContext {
  /** Real path of the folder that holds `buildrunner/`. */
  readonly root: string
  readonly env: NodeJS.ProcessEnv
  /** Ends what runs. */
  readonly signal: AbortSignal
  /** Takes secrets out of a text. */
  mask(text: string): string
}

/** What came of carrying a check out once. */
export interface Attempt {
  readonly outcome: CheckOutcome
  /** One line without a full stop. */
  readonly message: string
  /** What there is to see, masked. */
  readonly output?: string
}

/** A check cannot be carried out. The message is one line without a full stop. */
export class CheckError extends Error {
  override readonly name = 'CheckError'
}
