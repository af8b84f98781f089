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

/** What connections have in common. */
interface Tally {
  readonly name: string
  count: number
}

const credentialOf = ({ apiKeyId, sessionId }: Actor): string => (apiKeyId === null ? `session:${sessionId}` : `key:${apiKeyId}`)

export function createPlaces({ maxConnections, maxConnectionsPerIp, maxConnectionsPerCredential }: RealtimeLimits): Places {
  const tallies = new Map<string, Tally>()
  let total = 0

  const count = (name: string): number => tallies.get(name)?.count ?? 0

  function add(name: string): Tally {
    let tally = tallies.get(name)
    if (tally === undefined) tallies.set(name, (tally = { name, count: 0 }))
    tally.count++
    return tally
  }

  function remove(tally: Tally): void {
    if (--tally.count === 0) tallies.delete(tally.name)
  }

  class Taken implements Place {
    #address: Tally | undefined
    #credential: Tally | undefined

    constructor(address: string) {
      this.#address = add(address)
      total++
    }

    claim(actor: Actor): Crowded | undefined {
      const credential = credentialOf(actor)
      if (count(credential) >= maxConnectionsPerCredential) return `This key or session has ${maxConnectionsPerCredential} connections already. Share one.`
      this.#credential = add(credential)
      return undefined
    }

    leave(): void {
      if (this.#address === undefined) return
      total--
      remove(this.#address)
      if (this.#credential !== undefined) remove(this.#credential)
      this.#address = this.#credential = undefined
    }
  }

  return {
    enter(address) {
      const network = `address:${networkOf(address ?? 'unknown')}`
      if (total >= maxConnections) return 'The server holds as many connections as it may. Try again later.'
      if (count(network) >= maxConnectionsPerIp) return `Your address has ${maxConnectionsPerIp} connections already. Close some.`
      return new Taken(network)
    },
    count: () => total,
  }
}
