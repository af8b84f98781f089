/** What the test server keeps: projects with their plans and events, and the answers under idempotency keys. */
import type { CommentAttachment } from '../_generated/comments.ts'
import type { ViewerGetData } from '../_generated/identity.ts'
import { applyChanges } from '../domain/plans/changes.ts'
import { EMPTY_PLAN } from '../domain/plans/flat.ts'
import type { FlatPlan, PlanChange } from '../domain/plans/types.ts'
import { forbidden, invalid, keyReused, notFound, taken, unauthenticated } from './refusals.ts'

/** What a row has beside the item it holds. */
export interface Stamp {
  readonly id: string
  readonly createdAt: string
  updatedAt: string
}

/** Somebody, as others see them: a node id, and a name. */
export interface Person {
  readonly id: string
  readonly name: string
}

/** A comment. Ids are UUIDs without dashes. */
export interface StoredComment {
  readonly id: string
  /** Stays when the item goes. */
  readonly itemId: string
  /** Id of the first comment of its thread. */
  readonly threadId: string
  /** What it answers; null for the first of a thread. */
  readonly parentId: string | null
  readonly author: Person
  readonly createdAt: string
  /** Null once deleted. */
  body: string | null
  editedAt: string | null
  editedBy: Person | null
  deletedAt: string | null
  resolvedAt: string | null
  resolvedBy: Person | null
  replyCount: number
  /** Of the event that it was added with. */
  readonly sequence: number
  /** Earlier texts, oldest first. */
  revisions: { body: string; writtenAt: string; writtenBy: Person }[]
  /** In the order of the reactions. */
  reactions: { emoji: string; person: Person }[]
  attachments: CommentAttachment[]
  /** Id of the microstep that it was promoted to. */
  promotedTo: string | null
  /** First comments only: sequence of the last comment that each person has read. */
  readonly readBy: Map<string, number>
}

export interface StoredEvent {
  readonly sequence: number
  readonly kind: string
  readonly version: number
  readonly actor: string
  readonly origin: string
  readonly requestId: string
  readonly createdAt: string
  readonly data: unknown
}

export interface ProjectState {
  /** UUID without dashes, as in node ids. */
  readonly id: string
  readonly createdAt: string
  slug: string
  name: string
  description: string | null
  updatedAt: string
  archivedAt: string | null
  plan: FlatPlan
  stamps: Map<string, Stamp>
  /** By id. */
  readonly comments: Map<string, StoredComment>
  /** What the last sync of a file left in conflict, by the person. */
  readonly fileConflicts: Map<string, ReadonlySet<string>>
  readonly events: StoredEvent[]
}

/** One request, as the operations see it. */
export interface Call {
  readonly state: State
  readonly requestId: string
  readonly origin: string
  /** Null without a valid key. */
  readonly scopes: readonly string[] | null
  /** Who acts, where that is not the viewer. */
  readonly person?: Person
}

export type NodePrefix = 'prj' | 'mil' | 'stp' | 'mic' | 'cmt' | 'att'

const NODE_ID = /^([a-z]{3})_([0-9a-f]{32})$/
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

/** Reads an id that may be a node id of one of `prefixes`, a bare UUID, or else a name (slug, key). */
export function parseReference(value: string, ...prefixes: NodePrefix[]): { id: string; name?: undefined } | { id?: undefined; name: string } {
  const [, prefix = '', id = ''] = NODE_ID.exec(value) ?? []
  if ((prefixes as string[]).includes(prefix)) return { id }
  return UUID.test(value) ? { id: value.replaceAll('-', '').toLowerCase() } : { name: value }
}

/** The usual form of a UUID without dashes, as events have it. */
export const uuidOf = (id: string): string => id.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-')

export class State {
  readonly projects: ProjectState[] = []
  readonly viewer: ViewerGetData
  readonly #now: () => number
  readonly #answers = new Map<string, { request: string; answer: unknown }>()
  #ids = 0

  constructor(viewer: ViewerGetData, now: () => number) {
    this.viewer = viewer
    this.#now = now
  }

  now(): string {
    return new Date(this.#now()).toISOString()
  }

  /** Counted up, so that a test sees the same ids in every run; in the form of a version 7 UUID. */
  newId(): string {
    return `0000000000007000a000${(++this.#ids).toString(16).padStart(12, '0')}`
  }

  /** @throws NotFoundError */
  project(ref: string): ProjectState {
    const { id, name } = parseReference(ref, 'prj')
    const found = this.projects.find((project) => (id === undefined ? project.slug === name : project.id === id))
    if (found === undefined) throw notFound('project', ref, ['projectId'])
    return found
  }

  /** @throws AlreadyExistsError */
  add(fields: { id?: string | undefined; slug: string; name: string; description: string | null }): ProjectState {
    const id = fields.id ?? this.newId()
    if (this.projects.some((project) => project.slug === fields.slug)) throw slugTaken(fields.slug, ' Give another slug.')
    const now = this.now()
    const project: ProjectState = { ...fields, id, createdAt: now, updatedAt: now, archivedAt: null, plan: EMPTY_PLAN, stamps: new Map(), comments: new Map(), fileConflicts: new Map(), events: [] }
    this.projects.push(project)
    return project
  }

  /** Appends to a project's stream. @returns the event's sequence */
  append(call: Call, project: ProjectState, kind: string, data: unknown): number {
    const sequence = project.events.length + 1
    const { origin, requestId } = call
    const createdAt = this.now()
    // Talk about a project does not change it.
    if (!kind.startsWith('comment.')) project.updatedAt = createdAt
    project.events.push({ sequence, kind, version: 1, actor: personOf(call).id, origin, requestId, createdAt, data })
    return sequence
  }

  /**
   * The answer of an earlier request under the same key, if there was one.
   *
   * @throws IdempotencyConflictError when that request was another one
   */
  replayed<Answer>(key: string | null | undefined, action: string, input: object): Answer | undefined {
    if (key === null || key === undefined) return undefined
    checkIdempotencyKey(key)
    const earlier = this.#answers.get(key)
    if (earlier !== undefined && earlier.request !== digest(action, input)) throw keyReused(key)
    return earlier?.answer as Answer | undefined
  }

  remember(key: string | null | undefined, action: string, input: object, answer: unknown): void {
    if (key !== null && key !== undefined) this.#answers.set(key, { request: digest(action, input), answer })
  }
}

export const slugTaken = (slug: string, remedy = ''): Error => taken(`A project with the slug ${JSON.stringify(slug)} exists already.${remedy}`, ['slug'])

/** The order in which a client writes its variables is no part of what it asks for. */
const digest = (action: string, input: object): string => `${action}\n${JSON.stringify(Object.entries(input).sort(([a], [b]) => (a < b ? -1 : 1)))}`

/** @throws ValidationError */
export function checkIdempotencyKey(key: string | null | undefined): void {
  if (key === '' || (key?.length ?? 0) > 200) throw invalid('An idempotency key has 1 to 200 characters.', ['idempotencyKey'])
}

/** Who acts. */
export const personOf = ({ person, state: { viewer } }: Call): Person => person ?? { id: viewer.id, name: viewer.name }

export const sequenceOf = (project: ProjectState): number => project.events.length

/** Whether the scopes of the key name a permission. */
export const isAllowed = ({ scopes }: Pick<Call, 'scopes'>, permission: string): boolean => scopes !== null && (scopes.includes('*') || scopes.includes(permission))

/** @throws UnauthenticatedError without a key, ForbiddenError naming the permission that is missing */
export function requirePermission({ scopes }: Call, permission: string): void {
  if (scopes === null) throw unauthenticated()
  if (!isAllowed({ scopes }, permission)) throw forbidden(permission)
}

/** The plan as it was at a sequence: today's, with newer batches undone, newest first. @throws ValidationError */
export function planAsOf(project: ProjectState, sequence: number, path: string): FlatPlan {
  const newest = sequenceOf(project)
  if (sequence < 0) throw invalid('A sequence is 0 or more.', [path])
  if (sequence > newest) throw invalid(`The project is at sequence ${newest}; there is no ${sequence} yet. Was the file synchronised with another server?`, [path])
  if (sequence === 0) return EMPTY_PLAN
  const later = project.events.slice(sequence).filter((event) => event.kind === 'plan.changed').reverse()
  return later.reduce((plan, event) => applyChanges(plan, (event.data as { inverse: PlanChange[] }).inverse), project.plan)
}
