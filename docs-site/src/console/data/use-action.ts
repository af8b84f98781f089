/** Something that somebody does through the SDK: whether it is under way, and what went wrong. */
import { useCallback, useRef, useState } from 'react'
import type { BuildRunnerError } from '@buildrunner/sdk'

interface Answer<Data> {
  readonly data?: Data | undefined
  readonly error?: BuildRunnerError | undefined
}

export interface Action<Input extends readonly unknown[], Data> {
  /** Does it; undefined where it failed, or is under way already. */
  run(...input: Input): Promise<Data | undefined>
  readonly busy: boolean
  /** Of the last time. */
  readonly error: BuildRunnerError | undefined
  /** Forgets the error. */
  clear(): void
}

/**
 * @example
 * ```ts
 * const create = useAction((name: string) => client.teams.create({ name }))
 * const created = await create.run('Web')
 * ```
 */
export function useAction<Input extends readonly unknown[], Data>(make: (...input: Input) => PromiseLike<Answer<Data>>): Action<Input, Data> {
  const [state, setState] = useState<{ busy: boolean; error?: BuildRunnerError | undefined }>({ busy: false })
  const latest = useRef(make)
  latest.current = make
  const isRunning = useRef(false)
  const run = useCallback(async (...input: Input) => {
    if (isRunning.current) return undefined
    isRunning.current = true
    setState({ busy: true })
    const { data, error } = await latest.current(...input)
    isRunning.current = false
    setState({ busy: false, error })
    return error ? undefined : data
  }, [])
  const clear = useCallback(() => setState({ busy: false }), [])
  return { run, busy: state.busy, error: state.error, clear }
}
