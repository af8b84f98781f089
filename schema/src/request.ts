/** From who asks to the context of a request: what its services reach is what the organisation of its actor may see. */
import type { Context, Services } from './context.ts'
import { organisationOf } from './shared/row-level-security.ts'

export function createContext(services: Services, request: Pick<Context, 'actor' | 'requestId' | 'origin' | 'address'> & Partial<Pick<Context, 'language' | 'override'>>): Context {
  const organisationId = organisationOf(request.actor)
  const reach = organisationId === null ? services : services.confinedTo(organisationId)
  return {
    ...services,
    db: reach.db,
    // made where it is used: most requests do without
    get prisma() {
      return reach.prisma
    },
    language: null,
    override: null,
    ...request,
    warnings: [],
    memo: new Map(),
  }
}
