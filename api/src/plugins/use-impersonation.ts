/** Says in every answer who really acts, when somebody is impersonated: in `extensions.impersonation` and in a header. */
import type { Actor, Context } from '@buildrunner/schema/context'
import { encodeNodeId } from '@buildrunner/schema/shared/ids'
import type { ExecutionArgs } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { RequestHead, ServerContext } from '../context.ts'
import { createAnswerNotes, extended } from './answer-notes.ts'
import type { Answered } from './answer-notes.ts'

export interface ImpersonationBanner {
  readonly id: string
  readonly impersonator: { readonly id: string; readonly name: string }
  readonly user: { readonly id: string; readonly name: string }
  readonly reason: string
  readonly endsAt: string
}

export interface ImpersonationBanners {
  readonly plugin: Plugin
  /** Header fields of a request that was made in somebody else's name; none otherwise. */
  headersOf(req: RequestHead): Record<string, string>
}

/** `impersonator=usr_...; user=usr_...; ends-at=...; reason=...`, the reason percent-encoded. */
export const IMPERSONATION_HEADER = 'buildrunner-impersonation'

function bannerOf(actor: Actor | null): ImpersonationBanner | null {
  if (actor === null || actor.impersonator === null) return null
  const { impersonationId, userId, name, actsAs, reason, endsAt } = actor.impersonator
  return {
    id: encodeNodeId('Impersonation', impersonationId), impersonator: { id: encodeNodeId('User', userId), name }, user: { id: encodeNodeId('User', actor.userId), name: actsAs },
    reason, endsAt: endsAt.toISOString(),
  }
}

const headerOf = ({ impersonator, user, endsAt, reason }: ImpersonationBanner): string =>
  `impersonator=${impersonator.id}; user=${user.id}; ends-at=${endsAt}; reason=${encodeURIComponent(reason)}`

export function createImpersonationBanners(): ImpersonationBanners {
  const { set, headersOf, onResponse } = createAnswerNotes<ImpersonationBanner>((banner) => ({ [IMPERSONATION_HEADER]: headerOf(banner) }))

  function noted({ contextValue }: ExecutionArgs): ImpersonationBanner | null {
    const { actor, req } = contextValue as Context & ServerContext
    const banner = bannerOf(actor)
    if (banner !== null) set(req, banner)
    return banner
  }

  const show = (impersonation: ImpersonationBanner) => ({ result, setResult }: Answered): void => setResult(extended(result, { impersonation }))

  const plugin: Plugin = {
    onExecute({ args }) {
      const banner = noted(args as unknown as ExecutionArgs)
      return banner === null ? undefined : { onExecuteDone: show(banner) as never }
    },
    onSubscribe({ args }) {
      const banner = noted(args as unknown as ExecutionArgs)
      return banner === null ? undefined : { onSubscribeResult: () => ({ onNext: show(banner) as never }) }
    },
    onResponse,
  }
  return { plugin, headersOf }
}
