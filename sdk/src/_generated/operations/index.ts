// Generated from sdk/operations by `npm run generate`. Do not edit.
import { audit } from './audit.ts'
import { comments } from './comments.ts'
import { events } from './events.ts'
import { execution } from './execution.ts'
import { health } from './health.ts'
import { viewer } from './identity.ts'
import { keys } from './keys.ts'
import { planning } from './plans.ts'
import { projects } from './projects.ts'

/** The operations of the catalogue, by group and method. */
export const groups = { audit, comments, events, execution, health, keys, planning, projects, viewer }
