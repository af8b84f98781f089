import { performance } from 'node:perf_hooks'

/** Shows what a start is doing: one line that is rewritten on a terminal, plain lines elsewhere. */
export interface Progress {
  step(text: string): void
  /** Marks the last step as done. */
  end(): void
}

export function createProgress(output: NodeJS.WriteStream): Progress {
  let current: { text: string; startedAt: number } | undefined
  const end = (): void => {
    if (current && output.isTTY) output.write(`\r\x1b[2K✓ ${current.text} (${seconds(current.startedAt)})\n`)
    current = undefined
  }
  return {
    step(text) {
      end()
      current = { text, startedAt: performance.now() }
      output.write(output.isTTY ? `… ${text}` : `${text}\n`)
    },
    end,
  }
}

/** Time since `startedAt` (of `performance.now()`), as people read it. */
export function seconds(startedAt: number): string {
  return `${((performance.now() - startedAt) / 1000).toFixed(1)} s`
}
