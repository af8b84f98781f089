/** How many connections may wait for events: in all, of one address, and of one API key or session. */
import type { Actor } from '@buildrunner/schema/context'
import type { RealtimeLimits } from '@buildrunner/schema/shared/operator-policy'
import { networkOf } from '../plugins/use-rate-limits.ts'

/** Why a connection is one too many. */
export type Crowded = string

export interface Places {
  /** Takes a place for a connection from an address. A string says why there is none. */
  enter(address: string | null): Place | Crowded
  /** How many are taken. */
  count(): number
}

/** Of one connection. */
export interface Place {
  /** Tells who it belongs to, as soon as that is known. A string says that they have too many. */
  claim(actor: Actor): Crowded | undefined
  /** Again, it changes nothing. */
  leave(): void
}

class Tally {
  readonly #counts = new Map<string, number>()

  count(name: string): number {
    return this.#counts.get(name) ?? 0
  }

  add(name: string): void {
    this.#counts.set(name, this.count(name) + 1)
  }

  remove(name: string): void {
    const left = this.count(name) - 1
    if (left > 0) this.#counts.set(name, left)
    else this.#counts.delete(name)
  }
}

const credentialOf = ({ apiKeyId, sessionId }: Actor): string => (apiKeyId === null ? `session:${sessionId}` : `key:${apiKeyId}`)

export function createPlaces({ maxConnections, maxConnectionsPerIp, maxConnectionsPerCredential }: RealtimeLimits): Places {
  const taken = new Tally()
  let total = 0

  class Taken implements Place {
    #names: string[]

    constructor(address: string) {
      this.#names = [address]
      total++
      taken.add(address)
    }

    claim(actor: Actor): Crowded | undefined {
      const credential = credentialOf(actor)
      if (taken.count(credential) >= maxConnectionsPerCredential) return `This key or session has ${maxConnectionsPerCredential} connections already. Share one.`
      taken.add(credential)
      this.#names.push(credential)
      return undefined
    }

    leave(): void {
      if (this.#names.length > 0) total--
      for (const name of this.#names.splice(0)) taken.remove(name)
    }
  }

  return {
    enter(address) {
      const network = `address:${networkOf(address ?? 'unknown')}`
      if (total >= maxConnections) return 'The server holds as many connections as it may. Try again later.'
      if (taken.count(network) >= maxConnectionsPerIp) return `Your address has ${maxConnectionsPerIp} connections already. Close some.`
      return new Taken(network)
    },
    count: () => total,
  }
}
