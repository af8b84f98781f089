/** An input for every mutation of the schema that succeeds when its person has the permission: what the matrix test sends. */
import type { Person } from '@buildrunner/schema/testing/people'
import { samplePlan } from '@buildrunner/schema/testing/plans'

/** What an input can be prepared with. */
export interface Stage {
  /** Who will send the mutation. */
  readonly person: Person
  /** A name that nothing else has. */
  readonly fresh: (prefix: string) => string
  /** Runs an operation as the administrator of the organisation. */
  readonly admin: (query: string, variables?: object) => Promise<any>
  /** Runs SQL. */
  readonly sql: (text: string, values?: unknown[]) => Promise<any[]>
}

export type Input = Readonly<Record<string, unknown>>

export interface Prepared {
  readonly input: (stage: Stage) => Input | Promise<Input>
  /** The same for what belongs to somebody else. */
  readonly others?: (stage: Stage) => Input | Promise<Input>
  /** Puts back what a success changed for the cells that follow. */
  readonly undo?: (stage: Stage) => Promise<unknown>
}

/** Slug of the project in which roles are held. It has two milestones `m1` and `m2`, of two steps with three microsteps each. */
export const PROJECT = 'demo'
const projectId = PROJECT

const addItem = async ({ admin, fresh }: Stage, kind: 'Milestone' | 'Step' | 'Microstep', parent?: string): Promise<string> => {
  const key = fresh('x')
  await admin(`mutation ($input: Add${kind}Input!) { add${kind}(input: $input) { __typename } }`, { input: { projectId, key, title: 'Made to be deleted', ...(parent && { parent }) } })
  return key
}

/** A comment of the person, or of the administrator. */
async function comment({ admin, person, sql }: Stage, author: 'person' | 'administrator'): Promise<Input> {
  const { data } = await admin(`mutation { addComment(input: { projectId: "${PROJECT}", itemId: "m1", body: "Said." }) { ... on AddCommentPayload { comment { id } } } }`)
  const { id } = data.addComment.comment as { id: string }
  if (author === 'person') await sql('UPDATE comments SET author_id = $1 WHERE id = $2', [person.userId, id.slice(4)])
  return { commentId: id }
}

const itemMutations = (kind: 'Milestone' | 'Step' | 'Microstep', parent: string | undefined, id: string): Readonly<Record<string, Prepared>> => ({
  [`add${kind}`]: { input: ({ fresh }) => ({ projectId, key: fresh('n'), title: 'New', ...(parent && { parent }) }) },
  [`update${kind}`]: { input: ({ fresh }) => ({ projectId, id, title: fresh('Title ') }) },
  [`move${kind}`]: { input: () => ({ projectId, id, after: null }) },
  [`delete${kind}`]: { input: async (stage) => ({ projectId, id: await addItem(stage, kind, parent) }) },
})

export const PREPARED: Readonly<Record<string, Prepared>> = {
  createProject: { input: ({ fresh }) => ({ name: fresh('Project ') }) },
  updateProject: { input: ({ fresh }) => ({ projectId, description: fresh('About ') }) },
  archiveProject: {
    input: () => ({ projectId }),
    undo: ({ admin }) => admin(`mutation { archiveProject(input: { projectId: "${PROJECT}", archived: false }) { __typename } }`),
  },

  ...itemMutations('Milestone', undefined, 'm2'),
  ...itemMutations('Step', 'm1', 'm1.s2'),
  ...itemMutations('Microstep', 'm1.s1', 'm1.s1.k3'),
  setStatus: { input: () => ({ projectId, id: 'm1.s1.k1', status: 'DONE' }) },
  importPlan: { input: () => ({ projectId, document: samplePlan(), replace: true }) },
  applyPlanChanges: { input: ({ fresh }) => ({ projectId, changes: [{ op: 'update', id: 'm1', set: { title: fresh('Title ') } }] }) },
  syncPlan: { input: ({ fresh }) => ({ projectId, changes: [{ op: 'add', kind: 'milestone', parentId: null, after: null, item: { id: fresh('s'), title: 'Synced', steps: [] } }] }) },

  addComment: { input: () => ({ projectId, itemId: 'm1', body: 'Hello.' }) },
  replyToComment: { input: async (stage) => ({ ...(await comment(stage, 'administrator')), body: 'Hello back.' }) },
  editComment: {
    input: async (stage) => ({ ...(await comment(stage, 'person')), body: 'Better said.' }),
    others: async (stage) => ({ ...(await comment(stage, 'administrator')), body: 'Better said.' }),
  },
  deleteComment: { input: (stage) => comment(stage, 'person'), others: (stage) => comment(stage, 'administrator') },
  resolveComment: { input: (stage) => comment(stage, 'administrator') },
}

/** Mutations that need no permission, each with its reason. */
export const WITHOUT_PERMISSION: Readonly<Record<string, string>> = {}
