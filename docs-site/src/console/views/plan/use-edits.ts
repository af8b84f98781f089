/** Edits of the plan, each shown at once and undone by one key. */
import { useCallback, useRef, useState } from 'react'
import { BuildRunnerError } from '@buildrunner/sdk'
import { invertChanges } from '@buildrunner/sdk/plans'
import type { PlanChange } from '@buildrunner/sdk/plans'
import type { ProjectState } from '../../offline/use-project.tsx'

export interface Edits {
  /** @returns whether the plan allows it; else `error` says why not */
  run(changes: readonly PlanChange[]): Promise<boolean>
  /** Takes the last edit back. @returns false where there is none */
  undo(): Promise<boolean>
  readonly error: BuildRunnerError | undefined
  clearError(): void
}

const MAX_UNDO = 50

export function useEdits({ offline, flat }: ProjectState): Edits {
  const [error, setError] = useState<BuildRunnerError>()
  const undos = useRef<PlanChange[][]>([])
  const latest = useRef(flat)
  latest.current = flat
  const edit = useCallback(async (changes: readonly PlanChange[]) => {
    try {
      const undo = invertChanges(latest.current, changes)
      await offline.edit(changes)
      setError(undefined)
      return undo
    } catch (failure) {
      setError(failure instanceof BuildRunnerError ? failure : new BuildRunnerError({ code: 'INVALID_CHANGE', message: failure instanceof Error ? failure.message : String(failure), cause: failure }))
      return undefined
    }
  }, [offline])
  const run = useCallback(async (changes: readonly PlanChange[]) => {
    const undo = await edit(changes)
    if (undo !== undefined) undos.current = [...undos.current, undo].slice(-MAX_UNDO)
    return undo !== undefined
  }, [edit])
  const undo = useCallback(async () => {
    const last = undos.current.pop()
    return last !== undefined && (await edit(last)) !== undefined
  }, [edit])
  const clearError = useCallback(() => setError(undefined), [])
  return { run, undo, error, clearError }
}
