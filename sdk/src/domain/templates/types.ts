/** The types of templates. Types only: importing this file pulls neither zod nor the expression language into a program. */
import type { Plan } from '../plans/types.ts'
import type { TemplateProblemCode } from './problems.ts'

/** A template begins a project; a pack adds one concern to it. */
export type TemplateKind = 'template' | 'pack'
/** What a parameter may hold. `choice` is a text of its `choices`; `list` is a list of texts. */
export type VariableType = 'string' | 'number' | 'boolean' | 'choice' | 'list'
/** A value of a parameter. */
export type TemplateValue = string | number | boolean | readonly string[]
/** Values by the name of their parameter. `auth.provider` is for the template `auth` alone. */
export type TemplateValues = Readonly<Record<string, TemplateValue>>

/** A parameter. */
export interface TemplateVariable {
  /** How expressions name it. */
  name: string
  /** What it may hold. */
  type: VariableType
  /** The question on a terminal. */
  prompt: string
  /** Why it is asked, or what it changes. */
  description?: string | undefined
  /** What it holds when nobody says otherwise. Without one the parameter must be given, unless `required` is false. */
  default?: TemplateValue | undefined
  /** Default: true where there is no default. */
  required?: boolean | undefined
  /** Texts, and elements of lists: a regular expression that the whole text matches. */
  pattern?: string | undefined
  /** Of a choice, or the only elements that a list may have. */
  choices?: string[] | undefined
  /** What stands for it where nothing was given, in lint alone. */
  example?: TemplateValue | undefined
}

/** What may be said of any element of a list: an item, a criterion, a rule. */
export interface Repeatable {
  /** A CEL expression over the parameters: the element is left out where it is false. */
  if?: string | undefined
  /** Once for each element of a list: `in` is a CEL expression, `as` names the element in expressions of this element. */
  forEach?: { as: string; in: string } | undefined
}

/** A milestone, step or microstep of a template: as in plan.json, with `{{expression}}` in its texts. */
export interface TemplateItem extends Repeatable {
  [key: string]: unknown
  /** Its identity in the template; in a loop with the loop's name in it. */
  id: string
  /** One line. */
  title: string
  /** Items of this template, by the ids that they have in it. */
  dependsOn?: string[] | undefined
  /** Of a milestone. */
  steps?: TemplateItem[] | undefined
  /** Of a step. */
  microsteps?: TemplateItem[] | undefined
}

/** An item that other templates can join: `foundation`, `release`. */
export interface TemplateAnchor {
  /** The word that joins use. */
  name: string
  /** The id of the item, as it stands in the template. */
  item: string
  /** What holds once the item is done. */
  description?: string | undefined
}

/** How a pack takes its place among others: its item waits for their anchors, or their anchors wait for it. */
export interface TemplateJoin {
  /** The id of an item of this template, as it stands there. */
  item: string
  /** Anchors of others that must be finished first. */
  dependsOn?: string[] | undefined
  /** Anchors of others that wait for this item. */
  blocks?: string[] | undefined
}

/** Another template that must be used too. */
export interface TemplateRequirement {
  /** Of the template. */
  name: string
  /** `^1.2.0`, `~1.2.0`, `>=1.2.0`, `1.2.0`, `*`. */
  version: string
}

/** The part of a project's policy that a template brings: rules and gates as in `governance/policy.yml`. */
export interface TemplatePolicy {
  /** Each with its `id`. */
  rules?: Record<string, unknown>[] | undefined
  /** Each with its `phase`. */
  phases?: Record<string, unknown>[] | undefined
}

/** A template or pack. */
export interface Template {
  /** The major version of this format. */
  format: 1
  /** Unique in a registry. */
  name: string
  /** Semantic version. A version that was published never changes. */
  version: string
  /** Whether it begins a project or adds to one. */
  kind: TemplateKind
  /** For people. */
  title: string
  /** What it plans, and for whom. */
  description: string
  /** Words to find it by. */
  tags?: string[] | undefined
  /** Its parameters, in the order in which they are asked. */
  variables?: TemplateVariable[] | undefined
  /** The plan that it makes. A pack names no project. */
  plan: { project?: { [key: string]: unknown; name: string } | undefined; milestones: TemplateItem[] }
  /** Rules and gates that it brings. */
  policy?: TemplatePolicy | undefined
  /** What others can join. */
  anchors?: TemplateAnchor[] | undefined
  /** Where it takes its place among others. */
  joins?: TemplateJoin[] | undefined
  /** What has to be used with it. */
  requires?: TemplateRequirement[] | undefined
}

/** A template with what was said about it. */
export interface TemplateUse {
  /** The template. */
  readonly template: Template
  /** Values that were given; parameters left out hold their defaults. */
  readonly values?: TemplateValues | undefined
  /** Ids that this template's items have in the plan, by the ids that the template gives them, where the two differ. */
  readonly ids?: Readonly<Record<string, string>> | undefined
}

/** What a plan says of a template that it was made from: an entry of `x-template`. */
export interface UsedTemplate {
  /** Its name. */
  name: string
  /** Its version. */
  version: string
  /** SHA-256 of the template, as `templateDigest` makes it. */
  digest: string
  /** Those that were given. */
  values: Record<string, TemplateValue>
  /** Ids in the plan by the ids of the template, where the two differ. */
  ids?: Record<string, string> | undefined
}

/** A fault of a template or of a value. */
export interface TemplateProblem {
  /** Stable: tools match on it. */
  code: TemplateProblemCode
  /** An `error` makes the template unusable, or leaves no plan. */
  severity: 'error' | 'warning'
  /** JSON pointer (RFC 6901) into the template; `/variables/<name>` for a value. */
  pointer: string
  /** One-based; present when the text was given. */
  line?: number
  /** One-based, in UTF-16 units. */
  column?: number
  /** What is wrong. */
  message: string
  /** What to do about it. */
  remedy: string
}

/** What templates disagree about when they are used together. Nothing is decided silently: `resolution` says what was done. */
export interface TemplateConflict {
  /**
   * - `id`: two gave one id to an item; the later one's was changed.
   * - `variable`: two declare one parameter with different types or choices; it must be given as `<template>.<name>`.
   * - `rule`, `phase`: two brought different rules of one id, or gates of one phase.
   * - `requirement`: a template that is required is absent, or its version is out of range.
   * - `join`: nobody offers the anchor that a join names.
   * - `cycle`: a join would close a circle of dependencies.
   */
  kind: 'id' | 'variable' | 'rule' | 'phase' | 'requirement' | 'join' | 'cycle'
  /** An `error` leaves no plan to use. */
  severity: 'error' | 'warning'
  /** The templates between which it is, in the order they were given. */
  templates: string[]
  /** What it is about: an id, a parameter, an anchor. */
  name: string
  /** For people. */
  message: string
  /** What was done, or has to be. */
  resolution: string
}

/** What templates become with values. */
export interface Instantiation {
  /** Absent where a value is wrong or a conflict is an error. */
  plan?: Plan | undefined
  /** Rules and gates, as they go into `governance/policy.yml`. */
  policy: Required<TemplatePolicy>
  /** What the templates disagree about. */
  conflicts: TemplateConflict[]
  /** Wrong values and, where the templates were not linted, faults of the plan that they make. */
  problems: TemplateProblem[]
  /** What the plan has to remember of the templates. */
  used: UsedTemplate[]
  /** Where each item of the plan comes from, by its id. */
  origins: ReadonlyMap<string, { readonly template: string; readonly id: string }>
}
