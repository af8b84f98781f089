/** Secrets of the environment: kept from commands that do not name them, and masked in everything that a check says. */
import { MASK, maskTokens } from '@buildrunner/sdk/quality'
import { MARGIN } from './output.ts'

/** Some words mean it wherever a name ends in them (`PGPASSWORD`), others only by themselves (`KEY`, but not `MONKEY`). */
const SECRET_NAME = /(?:(?:TOKEN|SECRET|PASSWORD|PASSWD|PASSPHRASE|APIKEY)|(?:^|_)(?:PASS|PWD|KEY|CREDENTIAL|PAT|DSN|COOKIE|AUTH))S?(?:_|$)/i
/** `SSH_AUTH_SOCK`, `GOOGLE_CREDENTIALS_FILE`: they say where, not what. */
const PLACE_NAME = /_(?:SOCK|FILE|PATH|DIR|HOME|HOST|PORT|URL|ID|NAME|USER|TYPE)$/i
const WELL_KNOWN = /^(?:OLD)?PWD$/
/** Shorter values would take ordinary words out of what is shown. */
const SHORTEST = 6

/** A variable that looks like a secret: by its name, or by a password or token in its value. */
export function isSecret(name: string, value: string): boolean {
  if (value === '' || WELL_KNOWN.test(name)) return false
  return (SECRET_NAME.test(name) && !PLACE_NAME.test(name)) || maskTokens(value) !== value
}

/** The environment of a command: everything but secrets, and those secrets that it names. */
export function environmentOf(env: NodeJS.ProcessEnv, named: readonly string[] = []): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name, value]) => value !== undefined && (named.includes(name) || !isSecret(name, value))))
}

/** A value as programs print it: as it is, each of its lines, in JSON, in a URL, in base 64. */
function formsOf(value: string): string[] {
  const lines = value.split(/\r?\n/).map((line) => line.trim())
  return [value, ...lines, JSON.stringify(value).slice(1, -1), encodeURIComponent(value), Buffer.from(value).toString('base64').replace(/=+$/, '')]
}

/** @param more secrets that the environment does not hold. @returns a function that masks them all, and whatever has the shape of a secret. */
export function secretMask(env: NodeJS.ProcessEnv, more: readonly string[] = []): (text: string) => string {
  const values = Object.entries(env).flatMap(([name, value]) => (value !== undefined && isSecret(name, value) ? [value] : []))
  const forms = [...new Set([...values, ...more].flatMap((value) => formsOf(value.slice(0, MARGIN / 4))))].filter((form) => form.length >= SHORTEST)
  // The longest first: a secret may begin another.
  const known = forms.sort((a, b) => b.length - a.length).map((form) => form.replace(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`))
  const pattern = known.length === 0 ? undefined : new RegExp(known.join('|'), 'g')
  return (text) => maskTokens(pattern === undefined ? text : text.replace(pattern, MASK))
}
