/** What is made of a report. */
import type { CheckOutcome } from './report.ts'

/** An outcome, and why. */
export interface Judgement {
  /** `errored`: there was nothing to judge by. */
  outcome: Extract<CheckOutcome, 'passed' | 'failed' | 'errored'>
  /** One line without a full stop. */
  message: string
  /** What there is to see of it; empty where the message says all. */
  output: string
}

export const plural = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`
