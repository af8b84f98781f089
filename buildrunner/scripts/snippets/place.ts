/** Where a snippet is executed: with everything that the literals of its example name. */
import type { Actor, Context } from '@buildrunner/schema/context'
import { mutate, people } from '@buildrunner/schema/authentication/testing/people'
import type { Answer } from '@buildrunner/schema/authentication/testing/people'
import type { TestWorkspace } from '@buildrunner/schema/testing/workspace'
import { createOrganisation } from '@buildrunner/schema/workspace/service'
import { EXAMPLES, EXAMPLE_PROJECT, planBefore } from '../../../api/src/rest/examples.ts'
import { prepare } from './prepare.ts'

export interface Place {
  /** A key of the organisation's administrator; a session where the operation is about one's own account. */
  readonly apiKey: string
  readonly projectId: string
  /** The real value of each literal that the example names. */
  readonly values: ReadonlyMap<string, string>
}

/** What a place is prepared with. */
export interface Stage {
  readonly workspace: TestWorkspace
  readonly operation: string
  /** The organisation's administrator. */
  readonly actor: Actor
  readonly email: string
  readonly projectId: string
  /** An address that nobody else has. */
  readonly address: (name: string) => string
  /** Executes a mutation as the administrator. @throws Error when it is refused */
  readonly ask: (mutation: string, input: object, select?: string) => Promise<Answer>
  /** A new request of the administrator. */
  readonly context: () => Context
}

type Host = Pick<Stage, 'actor' | 'email'> & Pick<Place, 'apiKey'>

async function founded({ services }: TestWorkspace, slug: string, email: string, operator: boolean): Promise<Host> {
  const administrator = { email, name: 'Ada', ...(operator && { platformRole: 'GlobalAdmin' as const }) }
  const { ctx, apiKey } = await createOrganisation(services, { organisation: { slug, name: 'Acme' }, administrator })
  return { actor: ctx.actor as Actor, email, apiKey }
}

async function signedUp(workspace: TestWorkspace, email: string): Promise<Host> {
  const { token, ctx } = await people(workspace).session(email, { organisationName: 'Analytical Engines' })
  return { actor: ctx.actor as Actor, email, apiKey: token }
}

/** What only touches its own project needs no organisation of its own: hashing a key costs more than all else here. */
const IN_A_PROJECT = /^(planning|execution|comments|events|health)_|^projects_(get|update|archive)$/

async function hostOf(workspace: TestWorkspace, operation: string, slug: string, email: string): Promise<Host> {
  if (IN_A_PROJECT.test(operation)) return { actor: workspace.actor, email: 'ada@example.com', apiKey: workspace.apiKey }
  return operation.startsWith('auth_') ? signedUp(workspace, email) : founded(workspace, slug, email, operation.startsWith('admin_'))
}

/** Prepares an execution. @param variant tells the executions of one operation apart */
export async function placeFor(workspace: TestWorkspace, operation: string, variant: string): Promise<Place> {
  const name = `${operation}-${variant}`.toLowerCase().replaceAll(/[^a-z]+/g, '-')
  const address = (who: string): string => `${who}@${name}.example.com`
  const host = await hostOf(workspace, operation, name, address('ada'))
  const project = IN_A_PROJECT.test(operation) ? name : EXAMPLE_PROJECT
  const context = (): Context => workspace.context(host.actor)
  const ask: Stage['ask'] = async (mutation, input, select = '__typename') => {
    const answer = await mutate(workspace, mutation, { input, select, ctx: context() })
    if (answer.code !== undefined) throw new Error(`${operation}: ${mutation} is refused: ${JSON.stringify(answer)}`)
    return answer
  }
  if (operation !== 'projects_create') {
    await ask('createProject', { name: 'Website', slug: project })
    await ask('importPlan', { projectId: project, document: planBefore(EXAMPLES[operation] ?? { variables: {} }) })
  }
  const values = await prepare({ workspace, operation, actor: host.actor, email: host.email, projectId: project, address, ask, context })
  return { apiKey: host.apiKey, projectId: project, values }
}
