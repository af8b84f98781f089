/** One line that says how far checks are, where a person watches. */
import { oneLine } from '../plan/describe.ts'
import { durationText } from './describe.ts'
import { t } from '../text/text.ts'
import type { Output } from '../core/output.ts'
import type { Target } from './targets.ts'

const EVERY_MS = 500

export class Progress {
  readonly #out: Output
  /** What runs, and since when. */
  readonly #running = new Map<Target, number>()
  #total = 0
  #done = 0
  #timer: NodeJS.Timeout | undefined

  constructor(out: Output) {
    this.#out = out
  }

  begin(total: number): void {
    this.#total = total
    if (this.#out.showsProgress) this.#timer = setInterval(() => this.#show(), EVERY_MS).unref()
  }

  add(targets: readonly Target[]): void {
    for (const target of targets) this.#running.set(target, performance.now())
    this.#show()
  }

  remove(target: Target): void {
    this.#running.delete(target)
    this.#done++
  }

  end(): void {
    clearInterval(this.#timer)
    this.#out.clearProgress()
  }

  #show(): void {
    const [oldest] = this.#running
    if (oldest === undefined) return
    const others = this.#running.size - 1
    const what = `${oneLine(oldest[0].item)} ${durationText(performance.now() - oldest[1])}${others > 0 ? ` ${t('and {others, plural, one {# other} other {# others}}', { others })}` : ''}`
    this.#out.progress(t('{done} of {total, plural, one {# check} other {# checks}}; {what}', { done: this.#done, total: this.#total, what }))
  }
}
