/** People who sign up and in, for tests of this domain. */
import type { Context } from '../../context.ts'
import type { TestWorkspace } from '../../testing/workspace.ts'

export const PASSWORD = 'correct horse battery staple'

/** A clock that starts now: better-auth looks at the machine's. */
export function adjustableClock() {
  let offset = 0
  return { now: () => new Date(Date.now() + offset), advance: (ms: number) => void (offset += ms) }
}

export const tokenIn = (text: string): string => /token=([\w-]+)/.exec(text)?.[1] ?? ''

export interface Answer {
  readonly __typename: string
  readonly code?: string
  readonly [field: string]: any
}

/** Executes one mutation; its input and what to select of its payload as GraphQL has them. */
export async function mutate(workspace: TestWorkspace, name: string, { input, select = '', ctx = workspace.context(null) }: { input?: object; select?: string; ctx?: Context } = {}): Promise<Answer> {
  const type = `${name[0]?.toUpperCase()}${name.slice(1)}`
  const [head, pass] = input === undefined ? ['', ''] : [`($input: ${type}Input!)`, '(input: $input)']
  const source = `mutation ${head} { answer: ${name}${pass} { __typename ... on Error { code message path } ${select && `... on ${type}Payload { ${select} }`} } }`
  const { data, errors } = await workspace.run<{ answer: Answer }>(source, { input }, ctx)
  if (data?.answer === undefined) throw new Error(JSON.stringify(errors))
  return data.answer
}

const SIGNED_IN = 'token sessionId challenge { token }'

export function people(workspace: TestWorkspace) {
  const auth = {
    signUp: (email: string, more: object = {}) => mutate(workspace, 'signUp', { input: { email, password: PASSWORD, name: 'Grace Hopper', ...more }, select: 'email' }),
    signIn: (email: string, password = PASSWORD) => mutate(workspace, 'signIn', { input: { email, password }, select: SIGNED_IN }),
    complete: (challenge: string, code: string) => mutate(workspace, 'completeSignIn', { input: { challenge, code }, select: SIGNED_IN }),
    /** Somebody who signed up and verified the address. */
    async verified(email: string, more: object = {}): Promise<void> {
      workspace.takeMails()
      await auth.signUp(email, more)
      const [mail] = workspace.takeMails()
      await mutate(workspace, 'verifyEmail', { input: { token: tokenIn(mail?.text ?? '') } })
    },
    /** A request of whoever has this token. */
    async as(token: string | null): Promise<Context> {
      return workspace.context(await workspace.services.credentials.verify(token ?? ''))
    },
    async session(email: string, more: object = {}): Promise<{ token: string; ctx: Context }> {
      await auth.verified(email, more)
      const { token } = await auth.signIn(email)
      return { token, ctx: await auth.as(token) }
    },
  }
  return auth
}
