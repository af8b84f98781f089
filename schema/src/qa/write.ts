/** The write path of quality: read what a write is about, let it decide, commit that with one event in the project's stream. */
import type { AuditAction } from '../audit/actions.ts'
import type { Context } from '../context.ts'
import { governedProject } from '../governance/governed.ts'
import { authorise, commitWrite, idempotentRequest, replayed, retryOnRace } from '../shared/write.ts'
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

export function writeQuality<Target extends ProjectTarget, Result extends object>(ctx: Context, write: QaWrite<Target, Result>): Promise<Result & Written> {
  const { projectId, idempotencyKey } = write.input
  const request = idempotentRequest(idempotencyKey, write.action, write.input)
  return retryOnRace(projectId, async () => {
    const target = await write.read()
    authorise(ctx, 'qa.run', { id: target.project_id, kind: 'project', ref: projectId, path: ['projectId'] }, write.action, { projectArchived: target.archived })
    const earlier = replayed<Result & Written>(request, target)
    if (earlier !== null) return earlier
    const change = await write.decide(target)
    if ('unchanged' in change) return { ...change.unchanged, sequence: target.sequence }
    const result = { ...change.result, sequence: target.sequence + 1 }
    const sequence = await commitWrite(ctx, {
      action: write.action, target: change.target, organisationId: target.organisation_id, stream: { id: target.project_id, expected: target.sequence },
      governed: { project: governedProject(target), itemKey: change.itemKey ?? null },
      event: { kind: change.event.kind, version: 1, data: JSON.stringify(change.event.data) },
      before: change.before === null ? null : JSON.stringify(change.before), after: JSON.stringify(change.after), rows: change.rows, idempotency: request, result,
    })
    return sequence === null ? null : result
  })
}
