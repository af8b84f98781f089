// Generated from sdk/operations by `npm run generate`. Do not edit.
import { admin } from './admin.ts'
import { analytics } from './analytics.ts'
import { audit } from './audit.ts'
import { auth } from './auth.ts'
import { comments } from './comments.ts'
import { events } from './events.ts'
import { execution } from './execution.ts'
import { health } from './health.ts'
import { viewer } from './identity.ts'
import { keys } from './keys.ts'
import { members } from './members.ts'
import { notifications } from './notifications.ts'
import { organisations } from './organisations.ts'
import { planning } from './plans.ts'
import { presence } from './presence.ts'
import { projects } from './projects.ts'
import { qa } from './qa.ts'
import { sync } from './sync.ts'
import { teams } from './teams.ts'
import { webhooks } from './webhooks.ts'

/** The operations of the catalogue, by group and method. */
export const groups = { admin, analytics, audit, auth, comments, events, execution, health, keys, members, notifications, organisations, planning, presence, projects, qa, sync, teams, viewer, webhooks }
