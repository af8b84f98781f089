/** Tells screen readers what changed without a doing of theirs: one live region for the whole console. */
import { createContext, use, useCallback, useRef, useState } from 'react'
import type { ReactNode } from 'react'

const Announce = createContext<(text: string) => void>(() => {})

/** Says it when the person pauses. The same text twice in a row is said twice. */
export const useAnnounce = (): ((text: string) => void) => use(Announce)

/** What arrives within this time is said together: a batch of changes is no hail of words. */
const TOGETHER_MS = 400

export function Announcer({ children }: { readonly children: ReactNode }): ReactNode {
  const [said, say] = useState<{ text: string; turn: number }>({ text: '', turn: 0 })
  const waiting = useRef<string[]>([])
  const announce = useCallback((text: string) => {
    if (waiting.current.push(text) > 1) return
    setTimeout(() => {
      const texts = [...new Set(waiting.current.splice(0))]
      say(({ turn }) => ({ text: texts.slice(-3).join(' '), turn: turn + 1 }))
    }, TOGETHER_MS)
  }, [])
  return (
    <Announce value={announce}>
      {children}
      <div role="status" aria-live="polite" className="visually-hidden" data-announcer>
        <span key={said.turn}>{said.text}</span>
      </div>
    </Announce>
  )
}
