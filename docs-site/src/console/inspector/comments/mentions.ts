/** Who can be mentioned where the cursor stands: asked of the server as one types. */
import { useEffect, useState } from 'react'
import { draftMention } from '@buildrunner/sdk/mentions'
import type { Typed } from '@buildrunner/sdk/mentions'
import type { CommentsSuggestMentionsData } from '@buildrunner/sdk'
import { useOpenProject } from '../../project/scope.tsx'
import { useSession } from '../../session/session.tsx'

export type Suggestion = CommentsSuggestMentionsData[number]

/** What is typed within this time is asked for once. */
const PAUSE_MS = 90
const SHOWN = 8

interface Suggestions {
  readonly prefix: string | undefined
  readonly found: readonly Suggestion[]
}

/** @param typed null: nobody is typing */
export function useSuggestions(typed: Typed | null): readonly Suggestion[] {
  const { client } = useSession()
  const { project: { id: projectId } } = useOpenProject()
  const prefix = typed === null ? undefined : draftMention(typed)?.prefix
  const [{ prefix: answered, found }, answer] = useState<Suggestions>({ prefix: undefined, found: [] })
  useEffect(() => {
    if (prefix === undefined) return answer({ prefix, found: [] })
    const asking = new AbortController()
    const timer = setTimeout(() => {
      void client.comments.suggestMentions({ projectId, prefix, first: SHOWN }, { signal: asking.signal }).then(({ data }) => {
        // without an answer, e.g. without network, a mention is written by hand
        if (!asking.signal.aborted) answer({ prefix, found: data ?? [] })
      })
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      asking.abort()
    }
  }, [client, projectId, prefix])
  // those of the letters before stay until there are others, so that the list does not flicker
  return prefix === undefined || answered === undefined ? [] : found
}
