/** Cross-origin requests: bearer keys, never cookies, so any origin may ask, with a key of its own. */
import type { OutgoingHttpHeaders } from 'node:http'
import { RATE_LIMIT_HEADERS } from '../limits/headers.ts'
import { OVERRIDE_HEADER } from '../override.ts'
import { IMPERSONATION_HEADER } from '../plugins/use-impersonation.ts'
import { WARNINGS_HEADER } from '../plugins/use-policy-warnings.ts'
import type { Match } from './router.ts'

const REQUEST_HEADERS = `authorization, ${OVERRIDE_HEADER}, content-encoding, content-type, idempotency-key, if-none-match, x-buildrunner-client, x-request-id`
const RESPONSE_HEADERS = ['etag', 'link', 'location', ...RATE_LIMIT_HEADERS, IMPERSONATION_HEADER, WARNINGS_HEADER, 'www-authenticate', 'x-request-id'].join(', ')

/** What every response of the facade says. */
export const corsHeaders: OutgoingHttpHeaders = { 'access-control-allow-origin': '*', 'access-control-expose-headers': RESPONSE_HEADERS }

/** The `Allow` header of a path (RFC 9110): what can be read can be asked for its head. */
export const allowed = ({ routes }: Match): string => [...routes.keys(), ...(routes.has('GET') ? ['HEAD'] : []), 'OPTIONS'].join(', ')

/** The answer to OPTIONS, whether a browser asks before its request or anybody asks what there is. */
export const preflight = (found: Match): OutgoingHttpHeaders => ({
  allow: allowed(found),
  'access-control-allow-methods': allowed(found),
  'access-control-allow-headers': REQUEST_HEADERS,
  'access-control-max-age': '86400',
})
