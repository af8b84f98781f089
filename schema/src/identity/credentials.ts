/** What a request proves who it is with: an API key (`br_...`), or the token of a session (`bs_...`). */
import type { Actor, Clock } from '../context.ts'
import type { Database } from '../shared/database.ts'
import { createKeyVerifier } from './keys.ts'
import { createSessionVerifier } from './sessions.ts'

export interface CredentialVerifier {
  /** Who the token belongs to, or null when it is unknown, revoked or expired. */
  verify(token: string): Promise<Actor | null>
  /**
   * Calls `onLapse` once when the key or session of `actor` was revoked or has expired (with null), or when `holds` says that
   * whoever it belongs to may no longer do what they could (with who they are now): within a second. The returned function ends it.
   */
  watch(actor: Actor, holds: (now: Actor) => boolean, onLapse: (now: Actor | null) => void): () => void
  /**
   * What this process remembers of a session, or of everybody in an organisation, is read again with the next request: whoever
   * changed it sees that at once. Other processes see it a second later at most.
   */
  forget(id: string): void
}

export function createCredentialVerifier(db: Database, clock: Clock): CredentialVerifier {
  const keys = createKeyVerifier(db, clock)
  const sessions = createSessionVerifier(db, clock)
  return {
    verify: (token) => (token.startsWith('bs_') ? sessions : keys).verify(token),
    forget(id) {
      keys.forget(id)
      sessions.forget(id)
    },
    watch: (actor, holds, onLapse) => (actor.apiKeyId === null ? sessions : keys).watch(actor, holds, onLapse),
  }
}
