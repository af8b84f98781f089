/** The format of a project's policy: what each key accepts, in the order in which people read it. */
import { isScalar } from 'yaml'
import type { Node, Scalar } from 'yaml'
import { nearest } from '../plans/suggest.ts'
import { readCondition } from './condition.ts'
import { decimal, described, listOf, mapping, oneOf, shownPath, text, whole } from './fields.ts'
import type { Field, JsonSchema } from './fields.ts'
import { WHEN_NAMES, meansAction } from './names.ts'
import { POLICY_ACTIONS } from './actions.ts'
import type { PolicyProblemCode } from './problems.ts'
import { placesOf } from './source.ts'
import { readTemplate } from './template.ts'
import type { ApprovalRule, Effect, NotifyRule, PhaseGate, PolicyRole, PolicyRule } from './types.ts'

/** The major version of the format. */
export const POLICY_FORMAT_VERSION = 1
/** The address that a policy may name for editors; it is also the schema's `$id`. */
export const POLICY_SCHEMA_ID = `https://buildrunner.cloud/schemas/policy.v${POLICY_FORMAT_VERSION}.json`
export const MAX_RULES = 500

/** Every effect, the one that decides first. */
export const EFFECTS = ['block', 'require_approval', 'warn', 'notify'] as const satisfies readonly Effect[]
/** Every role that a rule may name. */
export const POLICY_ROLES = ['PM', 'TechLead', 'QA', 'Contributor', 'Viewer', 'TenantAdmin', 'Member'] as const satisfies readonly PolicyRole[]

/** A rule, a phase, and what it asks for, as the file has them: what is known from the place in it is not there yet. */
export type RuleText = Omit<PolicyRule, 'line' | 'digest'>
export type PhaseText = Omit<PhaseGate, 'line' | 'digest'>
type RequireText = PhaseGate['require']

export interface PolicyText {
  readonly version: 1
  readonly rules: readonly RuleText[]
  readonly phases: readonly PhaseText[]
}

/** A mapping that may be absent, with its own values for what it leaves out. */
const optional = <Value>(field: Field<Value>, defaults: Value): Field<Value | null> => ({
  accepts: field.accepts,
  schema: () => field.schema(defaults),
  read: (node, place) => field.read(node, { ...place, fallback: defaults }),
})

/** A scalar text whose content is read further; faults count its characters. */
function readText(accepts: string, max: number, inspect: (value: string, report: Report) => void): Field<string> {
  const plain = text(accepts, /\S/, max)
  return {
    ...plain,
    read(node, place) {
      const value = plain.read(node, place)
      if (value === undefined || !isScalar(node)) return undefined
      const places = placesOf(place.source.text, node as Scalar)
      inspect(value, (start, end, finding) => place.source.report([places[start] as number, places[Math.min(end, value.length)] as number], { ...finding, path: place.path }))
      return value
    },
  }
}

type Report = (start: number, end: number, finding: { code: PolicyProblemCode; message: string; remedy: string }) => void

const condition = readText('an expression such as item.status == \'done\'', 2_000, (value, report) => {
  const read = readCondition(value)
  if ('code' in read) report(read.start, read.end, read)
})

const template = (accepts: string): Field<string> => readText(accepts, 1_000, (value, report) => {
  for (const { fact, isObject, start, end } of readTemplate(value).faults) {
    report(start, end, { code: 'unknown-fact', message: isObject ? `${fact} is no single value.` : `There is no fact ${fact}.`, remedy: 'Name one value, such as {{item.id}}.' })
  }
})

/** A name or glob of `when`. */
const WHEN: Field<string> = {
  accepts: 'the name of an action or event, or a glob such as plan.*',
  schema: (): JsonSchema => ({ anyOf: [{ enum: WHEN_NAMES }, { type: 'string', pattern: '\\*' }] }),
  read(node: Node, { source, path }) {
    const value = isScalar(node) ? node.value : undefined
    if (typeof value !== 'string') return void source.report(node, { code: 'invalid-value', path, message: `${shownPath(path)} is no text.`, remedy: `Write ${this.accepts}.` })
    if (POLICY_ACTIONS.some((action) => meansAction(value, action))) return value
    const meant = nearest(value.replace(/\.?\*$/, ''), WHEN_NAMES)
    source.report(node, { code: 'unknown-action', path, message: `Nothing is called ${value}.`, remedy: meant === undefined ? 'See the list of actions in the documentation of policies.' : `Did you mean ${meant}?` })
    return undefined
  },
}

const ROLES = listOf(oneOf(POLICY_ROLES), 'a list of roles such as [QA, TechLead]', { max: POLICY_ROLES.length })

const APPROVALS = optional(mapping<ApprovalRule>({
  roles: described('Each approver has one of them when deciding.', listOf(oneOf(POLICY_ROLES), 'a list of roles such as [QA, TechLead]', { min: 1, max: POLICY_ROLES.length })),
  count: described('How many different people; the requester is never one.', whole(1, 20)),
  expiresHours: described('Hours until the approval lapses.', decimal(0.25, 8_760)),
}, { required: ['roles'] }), { roles: [], count: 1, expiresHours: 72 })

const NOTIFY = optional(mapping<NotifyRule>({
  roles: described('Everybody with one of these roles is told.', ROLES),
  people: described('E-mail addresses of people in the organisation.', listOf(text('an e-mail address', /^[^\s@]+@[^\s@]+$/, 320), 'a list of e-mail addresses', { max: 50 })),
  priority: oneOf(['low', 'normal', 'high', 'urgent']),
}), { roles: [], people: [], priority: 'normal' })

export const RULE: Field<RuleText> = mapping<RuleText>({
  id: described('Names the rule in refusals, overrides and reports.', text('an id such as done-needs-evidence: letters a to z, digits and hyphens', /^[a-z0-9][a-z0-9-]{0,63}$/, 64)),
  when: described('Actions and events that the rule is asked for; * stands for anything.', listOf(WHEN, 'a list such as [plan.status.set]', { min: 1, max: 50 })),
  condition: described('CEL over the facts; without it the rule always applies.', condition),
  effect: described('What the rule does where it applies.', oneOf(EFFECTS)),
  approvals: APPROVALS,
  notify: NOTIFY,
  message: described('What people are told; {{item.id}} is filled in.', template('what people are told')),
  remedy: described('What would satisfy the rule; {{item.id}} is filled in.', template('what would satisfy the rule') as Field<string | null>),
}, { required: ['id', 'when', 'effect', 'message'] })

const RULE_DEFAULTS: RuleText = { id: '', when: [], condition: '', effect: 'block', approvals: null, notify: null, message: '', remedy: null }
const REQUIRE_DEFAULTS: RequireText = { criteria: null, approvals: null, previews: 0 }

const PHASE: Field<PhaseText> = mapping<PhaseText>({
  phase: described('As milestones name it.', text('the name of a phase', /\S/, 100)),
  require: {
    ...optional(mapping<RequireText>({
      criteria: described('met: of everything in milestones of the phases above.', oneOf(['met']) as Field<'met' | null>),
      approvals: APPROVALS,
      previews: described('Live previews of the milestone, at least.', whole(0, 100)),
    }), REQUIRE_DEFAULTS) as Field<RequireText>,
  },
}, { required: ['phase'] })

const VERSION: Field<1> = {
  accepts: '1',
  schema: () => ({ const: POLICY_FORMAT_VERSION }),
  read(node, { source, path }) {
    const value = isScalar(node) ? node.value : undefined
    if (value === POLICY_FORMAT_VERSION) return 1
    const isNewer = typeof value === 'number' && value > POLICY_FORMAT_VERSION
    source.report(node, { code: isNewer ? 'newer-version' : 'invalid-value', path, message: `The version is ${JSON.stringify(value) ?? 'no number'}.`, remedy: isNewer ? 'Read it with a newer release.' : 'Write 1.' })
    return undefined
  },
}

/** @param sections of the operator's file, which are let through */
export const policyField = (sections: ReadonlySet<string>): Field<PolicyText> => mapping<PolicyText>({
  version: described('The major version of this format.', VERSION),
  rules: described('Asked in this order.', listOf(RULE, 'a list of rules, each beginning with "- id:"', { max: MAX_RULES, element: RULE_DEFAULTS })),
  phases: described('The phases of the project in their order, with what entering them asks for.', listOf(PHASE, 'a list of phases, each beginning with "- phase:"', { max: 50, element: { phase: '', require: REQUIRE_DEFAULTS } })),
}, { required: ['version'], others: sections })

export const POLICY_DEFAULTS: PolicyText = { version: 1, rules: [], phases: [] }
