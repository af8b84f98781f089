/** The write path of quality: read what a write is about, let it decide, commit that with one event in the project's stream. */
import type { AuditAction } from '../audit/actions.ts'
import type { Context } from '../context.ts'
import { changeInProject, jsonOf } from '../shared/project-write.ts'
import type { ProjectDecision } from '../shared/project-write.ts'
import type { RowChange } from '../shared/write.ts'
import type { ProjectRequest, ProjectTarget } from './targets.ts'

/** Every write tells the sequence of its event, or the newest one where nothing had to be written. */
export interface Written {
  readonly sequence: number
}

export interface QaChange<Result> {
  readonly target: { readonly type: string; readonly id: string }
  /** The one item that it is about, where it is one. */
  readonly itemKey?: string
  readonly event: { readonly kind: string; readonly data: object }
  readonly before: object | null
  readonly after: object
  readonly rows: readonly RowChange[]
  readonly result: Result
}

interface QaWrite<Target extends ProjectTarget, Result> {
  readonly action: AuditAction
  /** What the idempotency key stands for. */
  readonly input: ProjectRequest
  read(): Promise<Target>
  /** What changes; or the answer where everything is as it should be. */
  decide(target: Target): QaChange<Result> | { readonly unchanged: Result } | Promise<QaChange<Result> | { readonly unchanged: Result }>
}

export async function writeQuality<Target extends ProjectTarget, Result extends object>(ctx: Context, write: QaWrite<Target, Result>): Promise<Result & Written> {
  const { projectId } = write.input
  const { result } = await changeInProject(ctx, {
    ...write, permission: 'qa.run', lock: projectId, named: { kind: 'project', ref: projectId, path: ['projectId'] },
    async decide(target: Target): Promise<ProjectDecision<Result>> {
      const decision = await write.decide(target)
      if ('unchanged' in decision) return decision
      const { itemKey = null, before, after, ...change } = decision
      return { ...change, about: { itemKey }, before: jsonOf(before), after: jsonOf(after) }
    },
  })
  return result
}
