/** Progress from status counts, one rule for project, milestone and step. */
import type { Status } from '@buildrunner/sdk/plans'

export interface Progress {
  readonly todo: number
  readonly inProgress: number
  readonly blocked: number
  readonly inReview: number
  readonly done: number
  readonly cancelled: number
}

export const progressOf = (count: (status: Status) => number): Progress => ({
  todo: count('todo'), inProgress: count('in_progress'), blocked: count('blocked'), inReview: count('in_review'), done: count('done'), cancelled: count('cancelled'),
})

/** Microsteps that count: cancelled ones do not. */
export const totalOf = (progress: Progress): number => progress.todo + progress.inProgress + progress.blocked + progress.inReview + progress.done

/** 0 to 100 with one decimal; an empty scope is at 0. */
export function percentOf(progress: Progress): number {
  const total = totalOf(progress)
  return total === 0 ? 0 : Math.round((progress.done / total) * 1000) / 10
}
