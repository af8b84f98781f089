/** What a call of the SDK answers, for a component: read again when what it depends on changes, and cancelled when nobody waits. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { BuildRunnerError, Request } from '@buildrunner/sdk'

export interface Call<Data> {
  /** What arrived last; stays while it is read again. */
  readonly data: Data | undefined
  readonly error: BuildRunnerError | undefined
  /** True until the first answer, and again when the question is another one. */
  readonly loading: boolean
  /** Asks again; resolves with the answer. */
  reload(): Promise<void>
  /** Puts another answer in its place, for a change that is known already. */
  replace(update: (data: Data) => Data): void
}

interface State<Data> {
  readonly question: readonly unknown[]
  readonly data?: Data | undefined
  readonly error?: BuildRunnerError | undefined
}

const same = (a: readonly unknown[], b: readonly unknown[]): boolean => a.length === b.length && a.every((value, index) => Object.is(value, b[index]))

/**
 * @param make makes the request; null: nothing is asked yet
 * @param question what the request depends on; with another one the answer before is gone
 */
export function useCall<Data>(make: () => Request<Data> | null, question: readonly unknown[]): Call<Data> {
  const [state, setState] = useState<State<Data>>({ question })
  const latest = useRef(make)
  latest.current = make
  const running = useRef<Request<Data> | null>(null)
  const reload = useCallback(async () => {
    running.current?.cancel()
    const request = (running.current = latest.current())
    if (request === null) return
    const { data, error } = await request
    if (running.current !== request) return
    setState((before) => ({ question, data: data ?? (same(before.question, question) ? before.data : undefined), error }))
  }, question)
  useEffect(() => {
    void reload()
    return () => {
      running.current?.cancel()
      running.current = null
    }
  }, [reload])
  const replace = useCallback((update: (data: Data) => Data) => setState((before) => (before.data === undefined ? before : { ...before, data: update(before.data) })), [])
  const answered = same(state.question, question)
  const [data, error] = answered ? [state.data, state.error] : [undefined, undefined]
  return { data, error, loading: data === undefined && error === undefined, reload, replace }
}
