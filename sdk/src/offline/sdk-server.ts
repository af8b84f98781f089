/** The server, through the operations of the catalogue. */
import { comments_add, comments_delete, comments_edit, comments_get, comments_list, comments_react, comments_replies, comments_reply, comments_resolve, comments_unreact } from '../_generated/operations/comments.ts'
import { events_watch } from '../_generated/operations/events.ts'
import { health_check } from '../_generated/operations/health.ts'
import { projects_get, projects_list } from '../_generated/operations/projects.ts'
import { sync_listConflicts, sync_pull, sync_push, sync_resolveConflict } from '../_generated/operations/sync.ts'
import type { EventMessage } from '../_generated/events.ts'
import type { HealthCheckData } from '../_generated/health.ts'
import { call, list, watch } from '../call.ts'
import type { Client } from '../client.ts'
import type { Operation } from '../request.ts'
import type { CallOptions } from '../transport.ts'
import { kept } from './comments.ts'
import type { ProjectEntry, Pulled, Pushed, Resolved, ServerCall, ServerComment, ServerConflict, SyncServer } from './server.ts'
import type { OfflineCall } from './store/types.ts'

const CALLS: Record<OfflineCall['method'], Operation> = {
  'comments.add': comments_add, 'comments.reply': comments_reply, 'comments.edit': comments_edit, 'comments.delete': comments_delete,
  'comments.resolve': comments_resolve, 'comments.react': comments_react, 'comments.unreact': comments_unreact,
}

/** The engine decides itself when to try again. */
const once = ({ signal, timeoutMs, override }: ServerCall = {}): CallOptions => ({ signal, timeoutMs, override, maxRetries: 0 })

/** Binds the port to a client. */
export const sdkServer = (client: Client): SyncServer => ({
  project: (projectId, options) => call<ProjectEntry>(client, projects_get, { projectId }, once(options)).orThrow(),
  projects: (options) => list<unknown, ProjectEntry>(client, projects_list, {}, once(options)).toArray(),
  async health(options) {
    const { status, targets } = await call<HealthCheckData>(client, health_check, {}, once(options)).orThrow()
    return [{ target: 'server', status, latencyMs: null, message: null }, ...targets.map(({ name, status: answered, latencyMs, message }) => ({ target: name, status: answered, latencyMs, message }))]
  },
  pull: (projectId, since, options) => call<Pulled>(client, sync_pull, { projectId, since }, once(options)).orThrow(),
  push: (projectId, { replicaId, baseSequence, writes }, options) => call<Pushed>(client, sync_push, { projectId, replicaId, baseSequence, writes }, once(options)).orThrow(),
  async comments(projectId, itemId, options) {
    const threads = await list<unknown, ServerComment & { replyCount: number }>(client, comments_list, { projectId, itemId }, once(options)).toArray()
    const answered = threads.filter(({ replyCount }) => replyCount > 0)
    const replies = await Promise.all(answered.map(({ id }) => list<unknown, ServerComment>(client, comments_replies, { commentId: id }, once(options)).toArray()))
    return [...threads, ...replies.flat()]
  },
  async comment(projectId, { method, variables }, idempotencyKey, options) {
    const given = method === 'comments.add' ? { projectId, ...variables } : variables
    const { comment } = await call<{ comment: ServerComment }>(client, CALLS[method], given, { ...once(options), idempotencyKey }).orThrow()
    return kept(comment)
  },
  readComment: async (commentId, options) => kept(await call<ServerComment>(client, comments_get, { commentId }, once(options)).orThrow()),
  conflicts: (projectId, options) => list<unknown, ServerConflict>(client, sync_listConflicts, { projectId, open: true }, once(options)).toArray(),
  resolve(_, conflictId, decision, { dryRun, key }, options) {
    const decided = 'changes' in decision ? { strategy: 'MERGE', changes: decision.changes } : { strategy: decision.keep === 'local' ? 'KEEP_LOCAL' : 'TAKE_REMOTE' }
    return call<Resolved>(client, sync_resolveConflict, { conflictId, ...decided, dryRun }, { ...once(options), idempotencyKey: key }).orThrow()
  },
  async *events(projectId, since, { signal, onOpen }) {
    const onState = (state: 'connecting' | 'open'): void => {
      if (state === 'open') onOpen()
    }
    for await (const { sequence } of watch<EventMessage>(client, events_watch, { projectId, since }, { signal, onState })) yield sequence
  },
})
