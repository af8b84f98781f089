/** Deciding an approval that somebody else asked for: what `br governance approve` and `br governance refuse` have in common. */
import { connect } from '../server/connection.ts'
import { approvalLines } from './describe.ts'
import type { ServerOptions } from '../core/command.ts'
import type { Context } from '../core/context.ts'

export interface DecideOptions extends ServerOptions {
  comment?: string
}

export async function decide(decision: 'approve' | 'refuse', context: Context, { comment, ...options }: DecideOptions, approvalId: string): Promise<void> {
  const { client, ask } = await connect(context, options)
  const { approval } = await ask(client.governance[decision]({ approvalId, comment }))
  context.out.result({ approval }, () => approvalLines(approval, context.out.style))
}
