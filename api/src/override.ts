/**
 * What a request says it writes in spite of: in GraphQL `extensions: { override: { rules, reason } }`, over REST the header
 * `buildrunner-override: rules=done-needs-evidence,freeze; reason=Hotfix%20for%204711`, the reason percent-encoded.
 */
import type { Override } from '@buildrunner/schema/governance/governed'
import { GraphQLError } from 'graphql'

export const OVERRIDE_HEADER = 'buildrunner-override'

const MAX_RULES = 50

/** @throws GraphQLError `BAD_USER_INPUT` for what is no override */
export function overrideOf(extensions: Readonly<Record<string, unknown>> | undefined): Override | null {
  const given = extensions?.['override']
  if (given === undefined || given === null) return null
  const { rules, reason } = given as Partial<Override>
  const isRules = Array.isArray(rules) && rules.length > 0 && rules.length <= MAX_RULES && rules.every((rule) => typeof rule === 'string')
  if (isRules && typeof reason === 'string') return { rules, reason }
  throw new GraphQLError(`extensions.override reads { rules: ["id-of-a-rule"], reason: "why" }, with 1 to ${MAX_RULES} rules.`, { extensions: { code: 'BAD_USER_INPUT', path: ['override'] } })
}

/** The header's value as an extension of GraphQL; null for what is no override. */
export function readOverrideHeader(value: string): Override | null {
  try {
    const fields = new Map(value.split(';').map((part) => [part.slice(0, part.indexOf('=')).trim(), decodeURIComponent(part.slice(part.indexOf('=') + 1).trim())] as const))
    const [rules, reason] = [fields.get('rules')?.split(',').map((rule) => rule.trim()).filter((rule) => rule !== ''), fields.get('reason')]
    return rules === undefined || rules.length === 0 || reason === undefined ? null : { rules, reason }
  } catch {
    return null // what decodeURIComponent cannot read
  }
}
