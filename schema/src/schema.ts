/** The schema: every domain imported once, in the order in which they build on each other. */
import './shared/scalars.ts'
import './shared/error-types.ts'
import './identity/index.ts'
import './authentication/index.ts'
import './keys/index.ts'
import './impersonation/index.ts'
import './admin/index.ts'
import './projects/index.ts'
import './organisations/index.ts'
import './plans/index.ts'
import './comments/index.ts'
import './events/index.ts'
import './audit/index.ts'
import './health/index.ts'
import './limits/index.ts'
import { builder } from './builder.ts'

export const schema = builder.toSchema({ sortSchema: true })
