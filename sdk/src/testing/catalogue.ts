/** What each operation of the catalogue does here, and what its document says of it. */
import { documents } from '../_generated/documents.ts'
import { groups } from '../_generated/operations/index.ts'
import type { Operation } from '../request.ts'
import { VERSION } from '../version.ts'
import { addComment, deleteComment, editComment, getComment, listComments, listReplies, replyToComment, resolveComment } from './comments.ts'
import {
  attachToComment, countUnread, detachFromComment, listRevisions, markAllRead, markRead, promoteComment, reactToComment, unreactToComment,
} from './comment-parts.ts'
import { addItem, deleteItem, moveItem, setStatus, updateItem } from './items.ts'
import type { DataOf, OperationName, VariablesOf } from './operations.ts'
import { applyPlanChanges, importPlan, sync } from './plans.ts'
import { archiveProject, createProject, getProject, listProjects, updateProject } from './projects.ts'
import { getAnalysis, getDocument, getItem, getPlan, listEvents, listItems, whatIf } from './reads.ts'
import { badInput, unauthenticated } from './refusals.ts'
import type { Call } from './state.ts'

/**
 * Groups whose operations are not simulated: people, their keys, the audit log, what reaches people, evidence, figures of time, and templates. What they are worth lies in the server's
 * cryptography, mail and roles; an imitation would prove nothing. A test that needs one gives a handler. So are two single operations
 * that live of the server's renderer and of the people in its organisation.
 */
export const NOT_SIMULATED = ['auth', 'organisations', 'members', 'teams', 'keys', 'audit', 'admin', 'presence', 'notifications', 'webhooks', 'governance', 'qa', 'analytics', 'templates', 'sync', 'comments_render', 'comments_suggestMentions'] as const

type Simulated = Exclude<OperationName, (typeof NOT_SIMULATED)[number] | `${(typeof NOT_SIMULATED)[number]}_${string}`>
type Resolvers = { readonly [Name in Simulated]: (call: Call, variables: VariablesOf<Name>) => DataOf<Name> }

const UNLIMITED = 1_000_000

/** Each answers its operation, or throws the error that the server would answer. */
const resolvers = {
  health_check: () => ({ status: 'ok', version: VERSION, mode: 'NORMAL', database: 'ok', redis: 'not configured', migrations: 'ok', targets: [] }),
  viewer_get: ({ state, scopes }) => {
    if (scopes === null) throw unauthenticated()
    return state.viewer
  },

  // nothing is counted here
  viewer_rateLimit: ({ state }) => ({ limit: UNLIMITED, cost: 1, remaining: UNLIMITED, resetAt: new Date(Date.parse(state.now()) + 60_000).toISOString() }),

  projects_list: listProjects,
  projects_get: getProject,
  projects_create: createProject,
  projects_update: updateProject,
  projects_archive: archiveProject,

  planning_getPlan: getPlan,
  planning_getDocument: getDocument,
  planning_listMilestones: listItems('milestone'),
  planning_listSteps: listItems('step'),
  planning_listMicrosteps: listItems('microstep'),
  planning_getItem: getItem,
  planning_getAnalysis: getAnalysis,
  planning_whatIf: whatIf,

  planning_importPlan: importPlan,
  planning_applyChanges: applyPlanChanges,
  planning_setStatus: setStatus,
  planning_addMilestone: addItem('milestone'),
  planning_updateMilestone: updateItem('milestone'),
  planning_moveMilestone: moveItem('milestone'),
  planning_deleteMilestone: deleteItem('milestone'),
  planning_addStep: addItem('step'),
  planning_updateStep: updateItem('step'),
  planning_moveStep: moveItem('step'),
  planning_deleteStep: deleteItem('step'),
  planning_addMicrostep: addItem('microstep'),
  planning_updateMicrostep: updateItem('microstep'),
  planning_moveMicrostep: moveItem('microstep'),
  planning_deleteMicrostep: deleteItem('microstep'),

  comments_list: listComments,
  comments_get: getComment,
  comments_replies: listReplies,
  comments_add: addComment,
  comments_reply: replyToComment,
  comments_edit: editComment,
  comments_delete: deleteComment,
  comments_resolve: resolveComment,
  comments_promote: promoteComment,
  comments_react: reactToComment,
  comments_unreact: unreactToComment,
  comments_attach: attachToComment,
  comments_detach: detachFromComment,
  comments_revisions: listRevisions,
  comments_markRead: markRead,
  comments_markAllRead: markAllRead,
  comments_unread: countUnread,

  execution_sync: sync,
  events_list: listEvents,
} satisfies Resolvers

type Resolver = (call: Call, variables: Readonly<Record<string, unknown>>) => unknown

export const isSimulated = (name: string): boolean => [name, name.slice(0, name.indexOf('_'))].every((one) => !(NOT_SIMULATED as readonly string[]).includes(one))

export const resolverOf = (name: string): Resolver | undefined => (resolvers as Readonly<Record<string, unknown>>)[name] as Resolver | undefined

/** What the document of an operation says of its answer. */
export interface Shape {
  readonly kind: Operation['kind']
  /** The fields that lead to what the client's method answers. */
  readonly path: readonly string[]
  /** What a mutation answers when it succeeds. */
  readonly payload: string | undefined
  readonly declared: readonly { name: string; type: string; required: boolean }[]
}

const operations = new Map(Object.values<Readonly<Record<string, Operation>>>(groups).flatMap((group) => Object.values(group).map((operation) => [operation.name, operation])))

/** The shape of an operation of the catalogue; undefined for another name. */
export function shapeOf(name: string): Shape | undefined {
  const operation = operations.get(name)
  const text = (documents as Readonly<Record<string, string>>)[name]
  if (operation === undefined || text === undefined) return undefined
  const [head = '', declarations = ''] = /^\w+ \w+(?:\(([^)]*)\))?/.exec(text) ?? []
  const fields = [...text.slice(head.length).matchAll(/\{(\w+)/g)].map(([, field = '']) => field)
  const [, payload] = /\.\.\.on (\w+Payload)\b/.exec(text) ?? []
  const declared = [...declarations.matchAll(/\$(\w+):([\w[\]!]+)(=)?/g)]
  return {
    kind: operation.kind,
    path: fields.slice(0, operation.depth ?? 1),
    payload,
    declared: declared.map(([, variable = '', type = '', given]) => ({ name: variable, type, required: type.endsWith('!') && given === undefined })),
  }
}

/** The first thing that GraphQL checks of a request. @throws InputError */
export function checkVariables({ declared }: Shape, variables: Readonly<Record<string, unknown>>): void {
  for (const { name, type, required } of declared) {
    if (required && variables[name] === undefined) throw badInput(`Variable "$${name}" of required type "${type}" was not provided.`)
    if (type.endsWith('!') && variables[name] === null) throw badInput(`Variable "$${name}" of non-null type "${type}" must not be null.`)
  }
}
