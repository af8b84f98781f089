/** Digests of policies and of single rules: SHA-256, hexadecimal. */
import { sha256Hex } from '../audit/hash.ts'
import type { PhaseGate, PolicyRule } from './types.ts'

/** Of a text, as UTF-8: of a whole policy, for the table of its versions. */
export const policyDigest = (text: string): string => sha256Hex(text)

/** Of what a rule decides, in whatever order and spelling it says it. What people are told is no part of it. */
export const ruleDigest = ({ id, when, condition, effect, approvals }: Omit<PolicyRule, 'digest'>): string =>
  policyDigest(JSON.stringify([id, when.toSorted(), condition.trim(), effect, approvals === null ? null : [approvals.roles.toSorted(), approvals.count, approvals.expiresHours]]))

export const gateDigest = ({ phase, require: { criteria, approvals, previews } }: Omit<PhaseGate, 'digest'>): string =>
  policyDigest(JSON.stringify([phase, criteria, previews, approvals === null ? null : [approvals.roles.toSorted(), approvals.count, approvals.expiresHours]]))
