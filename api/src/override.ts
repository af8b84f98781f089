/**
 * What a request says it writes in spite of: in GraphQL `extensions: { override: { rules, reason } }`, over REST, and where that is
 * easier, the header `buildrunner-override: rules=done-needs-evidence,freeze; reason=Hotfix%20for%204711`, the reason percent-encoded.
 */
import type { Override } from '@buildrunner/schema/governance/governed'
import { GraphQLError } from 'graphql'

export const OVERRIDE_HEADER = 'buildrunner-override'

const MAX_RULES = 50

const refused = (message: string): GraphQLError => new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', path: ['override'] } })

interface Asking {
  readonly extensions?: Readonly<Record<string, unknown>> | undefined
  readonly header?: string | string[] | undefined
}

/** @throws GraphQLError `BAD_USER_INPUT` for what is no override */
export function overrideOf({ extensions, header }: Asking): Override | null {
  const given = extensions?.['override'] ?? (typeof header === 'string' ? readHeader(header) : null)
  if (given === undefined || given === null) return null
  const { rules, reason } = given as Partial<Override>
  const isRules = Array.isArray(rules) && rules.length > 0 && rules.length <= MAX_RULES && rules.every((rule) => typeof rule === 'string')
  if (isRules && typeof reason === 'string') return { rules, reason }
  throw refused(`extensions.override reads { rules: ["id-of-a-rule"], reason: "why" }, with 1 to ${MAX_RULES} rules.`)
}

function readHeader(value: string): Override {
  try {
    const fields = new Map(value.split(';').map((part) => [part.slice(0, part.indexOf('=')).trim(), decodeURIComponent(part.slice(part.indexOf('=') + 1).trim())] as const))
    const [rules, reason] = [fields.get('rules')?.split(',').map((rule) => rule.trim()).filter((rule) => rule !== ''), fields.get('reason')]
    if (rules !== undefined && reason !== undefined) return { rules, reason }
  } catch {
    // what decodeURIComponent cannot read is told as what cannot be read at all
  }
  throw refused(`The header ${OVERRIDE_HEADER} reads: rules=id-of-a-rule,another; reason=why, with the reason percent-encoded.`)
}
