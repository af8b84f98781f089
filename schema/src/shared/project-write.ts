/** The way of a write that is one event of a project's stream: read the project with what is written, decide, commit. Each domain says what it reads and decides. */
import type { AuditAction } from '../audit/actions.ts'
import type { Context } from '../context.ts'
import { GOVERNED_COLUMNS, governedProject } from '../governance/governed.ts'
import type { Governed, GovernedColumns } from '../governance/governed.ts'
import type { Named, Permission } from './permissions.ts'
import { authorise, commitWrite, idempotentRequest, replayed, retryOnRace } from './write.ts'
import type { RecordedRequest, Write } from './write.ts'

/** What every such write reads of its project. */
export interface ProjectRead extends RecordedRequest, GovernedColumns {
  organisation_id: string
  sequence: number
}

/** Columns of a project `p`, its stream `s` and an earlier request `r`: those of `ProjectRead`. */
export const PROJECT_COLUMNS = `p.id AS project_id, p.organisation_id, ${GOVERNED_COLUMNS}, s.sequence, r.request_hash, r.result`
/** Joins the earlier request; `$3` is the person, `$4` the idempotency key. */
export const RECORDED_REQUEST = 'LEFT JOIN idempotency_records r ON r.actor_id = $3::uuid AND r.key = $4::text'

export interface ProjectChange<Result> extends Pick<Write, 'target' | 'before' | 'after' | 'details' | 'rows'> {
  readonly event: { readonly kind: string; readonly data: object }
  /** What the write is about, for the rules of the project. */
  readonly about?: Pick<Governed, 'fields' | 'itemKey'>
  readonly result: Result
}

/** What changes; or what is answered where everything is as it should be. */
export type ProjectDecision<Result> = ProjectChange<Result> | { readonly unchanged: Result }

export interface ProjectWrite<Read extends ProjectRead, Result> {
  readonly action: AuditAction
  readonly permission: Permission
  /** Names what is written, so that writers of this process take turns. */
  readonly lock: string
  /** How the caller named what it is about. */
  readonly named: Named
  /** What the idempotency key stands for. */
  readonly input: { readonly idempotencyKey?: string | null | undefined }
  read(): Promise<Read>
  decide(read: Read): ProjectDecision<Result> | Promise<ProjectDecision<Result>>
}

export interface ProjectWritten<Result> {
  /** `sequence` is that of the event, or the newest one where nothing had to be written. */
  readonly result: Result & { readonly sequence: number }
  /** The request was carried out before, and this is the answer it had. */
  readonly replayed: boolean
}

/** JSON of what was there or is there now; null for nothing. */
export const jsonOf = (value: object | null): string | null => (value === null ? null : JSON.stringify(value))

/** @throws the errors of `read`, `authorise`, `decide` and `commitWrite` */
export function changeInProject<Read extends ProjectRead, Result extends object>(ctx: Context, write: ProjectWrite<Read, Result>): Promise<ProjectWritten<Result>> {
  const request = idempotentRequest(write.input.idempotencyKey, write.action, write.input)
  return retryOnRace(write.lock, async () => {
    const found = await write.read()
    const project = governedProject(found)
    authorise(ctx, write.permission, { id: project.id, ...write.named }, write.action, { projectArchived: project.archived })
    const earlier = replayed<ProjectWritten<Result>['result']>(request, found)
    if (earlier !== null) return { result: earlier, replayed: true }
    const decision = await write.decide(found)
    if ('unchanged' in decision) return { result: { ...decision.unchanged, sequence: found.sequence }, replayed: false }
    const { event: { kind, data }, about, result: decided, ...change } = decision
    const result = { ...decided, sequence: found.sequence + 1 }
    const sequence = await commitWrite(ctx, {
      ...change, action: write.action, organisationId: found.organisation_id, stream: { id: project.id, expected: found.sequence }, governed: { project, ...about },
      event: { kind, version: 1, data: JSON.stringify(data) }, idempotency: request, result,
    })
    return sequence === null ? null : { result, replayed: false }
  })
}
