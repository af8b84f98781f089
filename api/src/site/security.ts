/** What pages of the site may do in a browser: their own scripts run, named one by one, and nothing else does. */
import { createHash } from 'node:crypto'

/** Scripts within a page. What says a type that is no script's (structured data) is not executed and needs no leave. */
const INLINE_SCRIPT = /<script(?![^>]*\ssrc=)(?![^>]*\stype="application\/)[^>]*>([\s\S]*?)<\/script>/g

/** `'sha256-...'` of each script within a page (CSP Level 3, 2.3.1). */
export const scriptHashes = (html: string): string[] => [...new Set([...html.matchAll(INLINE_SCRIPT)].map(([, script = '']) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`))]

/**
 * The policy of a page.
 *
 * @param path the console speaks with its own server alone: it holds a session. A page of the documentation may try things with the
 *   reader's server, wherever that is, and runs what the reader wrote from a blob.
 */
export function contentSecurityPolicy(html: string, path: string): string {
  const isConsole = path.startsWith('/console/')
  return [
    "default-src 'self'",
    // search and audit log compute in WebAssembly
    `script-src 'self' 'wasm-unsafe-eval'${isConsole ? '' : ' blob:'} ${scriptHashes(html).join(' ')}`,
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: https:",
    isConsole ? "connect-src 'self'" : "connect-src 'self' https: http://localhost:* http://127.0.0.1:* wss: ws://localhost:* ws://127.0.0.1:*",
    "worker-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ')
}

/** Of every answer. */
export const SECURITY_HEADERS = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'strict-origin-when-cross-origin',
  'cross-origin-opener-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
} as const
