/** Who looks at the same item, and who is writing. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { PresenceSession, PresentPerson } from '@buildrunner/sdk'
import { useOpenProject } from '../project/scope.tsx'
import { useSession } from '../session/session.tsx'

/** Whoever has not typed for so long does not type. */
const TYPING_MS = 4_000

export interface Here {
  /** Others on the item, in the order in which they came. */
  readonly others: readonly PresentPerson[]
  /** Tells the others that one is writing; it passes by itself. */
  type(isTyping: boolean): void
}

export function useHere(itemKey: string): Here {
  const { project: { id: projectId }, can } = useOpenProject()
  const { client, userId } = useSession()
  const [people, setPeople] = useState<readonly PresentPerson[]>([])
  const session = useRef<PresenceSession | null>(null)
  const item = useRef(itemKey)
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => {
    if (!can.presenceRead) return
    const watching = client.presence.watch({ projectId })
    void (async () => {
      for await (const presence of watching) setPeople(presence.people)
    })().catch(() => setPeople([])) // who is here is no more than a courtesy
    return () => watching.close()
  }, [client, projectId, can.presenceRead])
  useEffect(() => {
    if (!can.presenceWrite) return
    let isWanted = true
    void client.presence.join({ projectId, itemId: item.current }).then(
      (joined) => {
        if (!isWanted) return joined.leave()
        session.current = joined
        joined.update({ itemId: item.current })
      },
      () => {},
    )
    return () => {
      isWanted = false
      clearTimeout(timer.current)
      void session.current?.leave()
      session.current = null
    }
  }, [client, projectId, can.presenceWrite])
  useEffect(() => {
    item.current = itemKey
    session.current?.update({ itemId: itemKey })
  }, [itemKey])
  const type = useCallback((isTyping: boolean) => {
    clearTimeout(timer.current)
    session.current?.update({ typing: isTyping })
    if (isTyping) timer.current = setTimeout(() => session.current?.update({ typing: false }), TYPING_MS)
  }, [])
  return { others: people.filter(({ person, itemKey: at }) => at === itemKey && person.id !== userId), type }
}
