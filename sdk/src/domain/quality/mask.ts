/** Taking secrets out of what a check printed, by their shapes. Values that only the environment knows, a runner masks on top. */

/** What stands where a secret stood. */
export const MASK = '***'

/** Shapes that nothing but a secret has. */
const SHAPES: readonly RegExp[] = [
  /\bbr_[a-z0-9]{8}_[A-Za-z0-9_-]{20,}/g, // BuildRunner
  /\b(?:gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{22,})/g,
  /\bglpat-[A-Za-z0-9_-]{20,}/g,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bxox[abeoprs]-[A-Za-z0-9-]{10,}/g,
  /https:\/\/hooks\.slack\.com\/services\/[A-Za-z0-9/_-]+/g,
  /\bnpm_[A-Za-z0-9]{36,}/g,
  /\bpypi-[A-Za-z0-9_-]{50,}/g,
  /\b[rs]k_(?:live|test)_[A-Za-z0-9]{16,}/g,
  /\bsk-[A-Za-z0-9_-]{20,}/g,
  /\bAIza[A-Za-z0-9_-]{35}/g,
  /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*/g, // JSON Web Tokens
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(?:-----END [A-Z ]*PRIVATE KEY-----|$)/g,
]
/** A password in a URL: user and host stay. */
const URL_PASSWORD = /(\b[a-z][a-z0-9+.-]*:\/\/[^\s:@/]*:)[^\s@/]+(?=@)/gi
/** A credential of a header: its scheme stays. */
const AUTHORIZATION = /(\bauthorization["']?\s*[:=]\s*["']?(?:(?:bearer|basic|token)\s+)?)(?:\*{3}|[^\s"',;]{6,})/gi

/** The text with {@link MASK} for what has the shape of a secret: keys of well-known services, tokens, private keys, passwords in URLs. */
export function maskTokens(text: string): string {
  let masked = text
  for (const shape of SHAPES) masked = masked.replace(shape, MASK)
  return masked.replace(URL_PASSWORD, `$1${MASK}`).replace(AUTHORIZATION, `$1${MASK}`)
}
