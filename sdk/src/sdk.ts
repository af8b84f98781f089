/** The client with every method of the catalogue. */
import { groups } from './_generated/operations/index.ts'
import type { Groups } from './_generated/index.ts'
import { auditTools } from './audit.ts'
import type { AuditTools } from './audit.ts'
import { call, list, watch } from './call.ts'
import { Client } from './client.ts'
import type { BuildRunnerOptions } from './config.ts'
import { presenceTools } from './presence.ts'
import type { PresenceTools } from './presence.ts'
import type { Operation } from './request.ts'

/**
 * A client of the BuildRunner API. Cheap to make, opens nothing until a call, safe to share.
 *
 * @example
 * ```ts
 * const client = new BuildRunnerSDK({ apiKey: 'br_...', projectId: 'website', baseUrl: 'https://api.buildrunner.com' })
 * const { data, error } = await client.projects.list()
 * ```
 *
 * @throws ConfigurationError when an option or a `BUILDRUNNER_*` variable is wrong
 */
export class BuildRunnerSDK extends Client {
  constructor(options?: BuildRunnerOptions) {
    super(options)
    for (const [group, operations] of Object.entries<Readonly<Record<string, Operation>>>(groups)) {
      const methods = Object.entries(operations).map(([method, operation]) => [method, binderOf(operation).bind(undefined, this, operation)])
      Object.assign(this, { [group]: Object.fromEntries(methods) as unknown })
    }
    Object.assign(this.audit, auditTools(this))
    Object.assign(this.presence, presenceTools(this))
  }
}

/** The methods of the catalogue, and what some groups can do beside them; the constructor makes them. */
export interface BuildRunnerSDK extends Groups {
  /** {@inheritDoc Groups.audit} */
  readonly audit: Groups['audit'] & AuditTools
  /** {@inheritDoc Groups.presence} */
  readonly presence: Groups['presence'] & PresenceTools
}

type Bind = (client: Client, operation: Operation, variables?: object, options?: object) => unknown

const binderOf = ({ kind, items }: Operation): Bind => (kind === 'subscription' ? watch : items ? list : call)
