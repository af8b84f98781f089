/** The policy of templates: rules and gates with values filled in, several put together, and merged into a project's own. */
import { isEqual } from '../plans/equal.ts'
import { mergeRecords, type FieldConflict, type Side } from '../plans/merge-fields.ts'
import { FACTS } from '../policy/facts.ts'
import type { Expressions, ExpressionValue, Scope, TextOptions } from './expressions.ts'
import { fillIn } from './fill-in.ts'
import type { Template, TemplateConflict, TemplatePolicy } from './types.ts'

type Entry = Record<string, unknown>
type ListName = 'rules' | 'phases'
const IDENTITY = { rules: 'id', phases: 'phase' } as const

/** `{{item.id}}` in a message is a fact that the policy engine fills in. */
const isFact = (expression: string): boolean => Object.hasOwn(FACTS, /^\s*([A-Za-z_]\w*)/.exec(expression)?.[1] ?? '')
/** JSON is CEL: a value stands in a condition as a literal, whatever characters it has. */
const asLiteral = (value: ExpressionValue): string => JSON.stringify(value)
const TEXTS: TextOptions = { isForeign: isFact }
const CONDITION: TextOptions = { isForeign: isFact, print: asLiteral }
const optionsOf = (key: string): TextOptions => (key === 'condition' ? CONDITION : TEXTS)

interface PolicyPart {
  readonly template: Template
  readonly scope: Scope
  readonly expressions: Expressions
}

/** Rules and gates of all parts. Of two different ones with one identity the first stands, and the conflict is told. @throws ExpressionError */
export function composePolicy(parts: readonly PolicyPart[]): { policy: Required<TemplatePolicy>; conflicts: TemplateConflict[] } {
  const conflicts: TemplateConflict[] = []
  const listOf = (list: ListName): Entry[] => {
    const byId = new Map<unknown, { entry: Entry; owner: string }>()
    for (const { template, scope, expressions } of parts) {
      for (const entry of fillIn(template.policy?.[list] ?? [], scope, expressions, optionsOf) as Entry[]) {
        const id = entry[IDENTITY[list]]
        const known = byId.get(id)
        if (known === undefined) byId.set(id, { entry, owner: template.name })
        else if (!isEqual(known.entry, entry)) conflicts.push(different(list, String(id), known.owner, template.name))
      }
    }
    return [...byId.values()].map(({ entry }) => entry)
  }
  return { policy: { rules: listOf('rules'), phases: listOf('phases') }, conflicts }
}

const different = (list: ListName, name: string, first: string, second: string): TemplateConflict => ({
  kind: list === 'rules' ? 'rule' : 'phase', severity: 'warning', templates: [first, second], name,
  message: `${first} and ${second} bring different ${list === 'rules' ? `rules "${name}"` : `gates of the phase ${name}`}.`, resolution: `That of ${first} stands.`,
})

/** A rule or gate that both sides changed, each in its own way. */
export interface PolicyConflict {
  /** Where it stands in the file. */
  list: ListName
  /** The id of the rule, or the phase of the gate. */
  id: string
  /** The whole entry; undefined where a side does not have it. */
  base: unknown
  /** The project's. */
  local: unknown
  /** The templates'. */
  remote: unknown
}

/** Decides a conflict of policies, or all of them where `id` is absent. */
export interface PolicyResolution {
  /** Default: both lists. */
  list?: ListName
  /** Of the rule, or the phase of the gate. Default: all. */
  id?: string
  /** The side that stands. */
  keep: Side
}

/** What becomes of a project's policy. */
export interface PolicyMerge {
  /** The project's next rules and gates; in a conflict that is not decided the project's own stand. */
  policy: Required<TemplatePolicy>
  /** Entries to set in the file, by list and identity; null takes one away. */
  changes: { list: ListName; id: string; entry: Entry | null }[]
  /** What is not decided. */
  conflicts: PolicyConflict[]
}

/**
 * Merges policies entry by entry: rules by their id, gates by their phase. An entry is merged as a whole, for half of one rule and
 * half of another is a rule that nobody wrote.
 *
 * @param base what the templates brought before
 * @param local the project's own
 * @param remote what the templates bring now
 */
export function mergePolicies(base: TemplatePolicy, local: TemplatePolicy, remote: TemplatePolicy, resolutions: readonly PolicyResolution[] = []): PolicyMerge {
  const merge: PolicyMerge = { policy: { rules: [], phases: [] }, changes: [], conflicts: [] }
  for (const list of ['rules', 'phases'] as const) {
    const own = byIdentity(local[list], list)
    const found: FieldConflict[] = []
    const decide = (id: string): Side | undefined => resolutions.findLast((resolution) => (resolution.list ?? list) === list && (resolution.id ?? id) === id)?.keep
    const { local: merged } = mergeRecords({ base: byIdentity(base[list], list), local: own, remote: byIdentity(remote[list], list) }, decide, found)
    for (const { field: id, base: before, local: mine, remote: theirs } of found) merge.conflicts.push({ list, id, base: before, local: mine, remote: theirs })
    const order = new Set([...Object.keys(own), ...(remote[list] ?? []).map((entry) => String(entry[IDENTITY[list]]))])
    for (const id of order) {
      const entry = merged[id] as Entry | undefined
      if (entry !== undefined) merge.policy[list].push(entry)
      if (!isEqual(own[id], entry)) merge.changes.push({ list, id, entry: entry ?? null })
    }
  }
  return merge
}

const byIdentity = (entries: readonly Entry[] | undefined, list: ListName): Record<string, Entry> =>
  Object.fromEntries((entries ?? []).map((entry) => [String(entry[IDENTITY[list]]), entry]))
