/**
 * What a condition may speak of: one table of typed facts, from which the type checker, the documentation and the suggestions are
 * made, and the shape in which the server supplies them.
 *
 * Nothing is ever null in a condition: what is absent is `''`, `0`, `false` or an empty list, and `present` tells whether there is
 * an item at all. Numbers are numbers: whole ones and fractions compare and add as one expects.
 */

/** What a fact costs to know. A server loads what is not of the request only when a rule that is asked speaks of it. */
export type FactSource =
  /** Known with every request. */
  | 'request'
  /** Who the actor is beyond id and roles. */
  | 'actor'
  /** The whole plan: ancestors, dependencies, progress, hours. */
  | 'plan'
  /** Evidence of the item's criteria. */
  | 'evidence'
  /** Comments of the item. */
  | 'comments'

/** `timestamp` compares with others and with `timestamp('2026-12-01T00:00:00Z')`. */
export type FactType = 'string' | 'number' | 'bool' | 'timestamp' | 'list<string>' | ObjectType

/** Names of the types of objects. */
export type ObjectType = 'Actor' | 'Project' | 'Plan' | 'Criteria' | 'CriteriaBefore' | 'Evidence' | 'Comments' | 'Item' | 'ItemBefore' | 'Change' | 'Cost'

/** One fact. */
export interface FactField {
  /** Of its values. */
  readonly type: FactType
  /** What it costs to know. */
  readonly from: FactSource
  /** What it says, in a sentence. */
  readonly description: string
}

const fact = (type: FactType, description: string, from: FactSource = 'request'): FactField => ({ type, from, description })

const ITEM = {
  present: fact('bool', 'There is such an item; false for `item` of a deletion, for `before` of an addition, and where no item is changed.'),
  id: fact('string', 'The author\'s own id.'),
  kind: fact('string', '`milestone`, `step` or `microstep`.'),
  title: fact('string', 'Its title.'),
  status: fact('string', 'Of a microstep: `todo`, `in_progress`, `blocked`, `in_review`, `done` or `cancelled`; empty otherwise.'),
  assignee: fact('string', 'Who does it; empty: nobody.'),
  priority: fact('string', '`low`, `medium`, `high`, `critical`, or empty.'),
  labels: fact('list<string>', 'Its labels.'),
  dependsOn: fact('list<string>', 'Ids of what must be finished first.'),
  estimateHours: fact('number', 'Expected hours of a microstep; 0 without an estimate.'),
  phase: fact('string', 'Of the milestone that it is or lies in.', 'plan'),
  dueDate: fact('string', '`YYYY-MM-DD` of the milestone that it is or lies in; empty: none.', 'plan'),
  path: fact('list<string>', 'Titles of the items it lies in, from the milestone down.', 'plan'),
  openDependencies: fact('number', 'How many items it waits for are unfinished; those of its parents count too.', 'plan'),
}

/** Types of objects, with their fields. */
export const FACT_TYPES: Readonly<Record<ObjectType, Readonly<Record<string, FactField>>>> = {
  Actor: {
    id: fact('string', 'Node id of the person.'),
    name: fact('string', 'Name of the person.', 'actor'),
    email: fact('string', 'E-mail address of the person.', 'actor'),
    roles: fact('list<string>', 'The role in the project, and the one in the organisation.'),
    teams: fact('list<string>', 'Slugs of the teams.', 'actor'),
    kind: fact('string', '`person` for a session, `key` for an API key.'),
    keyName: fact('string', 'Name of the API key; empty for a person.', 'actor'),
    impersonated: fact('bool', 'Somebody else acts in the person\'s name.'),
  },
  Project: {
    id: fact('string', 'Node id of the project.'),
    slug: fact('string', 'Its slug.'),
    name: fact('string', 'Its name.'),
    tier: fact('string', 'Tier of the organisation: `free`, `pro`, `team` or `enterprise`.'),
    archived: fact('bool', 'The project is archived.'),
  },
  Plan: {
    items: fact('number', 'Milestones, steps and microsteps after the change.', 'plan'),
    microsteps: fact('number', 'Microsteps after the change.', 'plan'),
    done: fact('number', 'Microsteps that are done after the change.', 'plan'),
    progress: fact('number', 'Share of the work that is done after the change, 0 to 1.', 'plan'),
    remainingHours: fact('number', 'Estimated hours of what is unfinished after the change.', 'plan'),
  },
  Criteria: {
    total: fact('number', 'Acceptance criteria of the item.'),
    met: fact('number', 'Those whose newest evidence passed and is fresh.', 'evidence'),
    stale: fact('number', 'Those whose evidence is of another text or check, or of a commit that left the branch.', 'evidence'),
  },
  CriteriaBefore: { total: fact('number', 'Acceptance criteria the item had.') },
  Evidence: {
    passed: fact('bool', 'Every criterion has fresh evidence that passed; false without criteria.', 'evidence'),
    count: fact('number', 'Pieces of evidence of the item.', 'evidence'),
  },
  Comments: { open: fact('number', 'Threads of the item that are not resolved.', 'comments') },
  Item: {
    ...ITEM,
    criteria: fact('Criteria', 'Its acceptance criteria.'),
    evidence: fact('Evidence', 'What was reported of its criteria.'),
    comments: fact('Comments', 'What was said about it.'),
  },
  ItemBefore: { ...ITEM, criteria: fact('CriteriaBefore', 'Its acceptance criteria.') },
  Change: {
    op: fact('string', '`add`, `update`, `move`, `remove` or `rename` of an item, `head` of the plan; empty where no plan is changed.'),
    fields: fact('list<string>', 'Names of the fields that change; of `policy.change` the ids of the rules.'),
  },
  Cost: {
    plannedHours: fact('number', 'Estimated hours of the whole plan after the change.', 'plan'),
    remainingHours: fact('number', 'Estimated hours of what is unfinished after the change.', 'plan'),
    addedHours: fact('number', 'How much the change adds to the plan; negative: takes away.', 'plan'),
  },
}

/** What stands at the top of a condition. */
export const FACTS: Readonly<Record<keyof PolicyFacts, FactField>> = {
  action: fact('string', 'What was asked for, as the audit log names it.'),
  time: fact('timestamp', 'When, by the server\'s clock.'),
  actor: fact('Actor', 'Who asks.'),
  project: fact('Project', 'Where.'),
  plan: fact('Plan', 'The whole plan.', 'plan'),
  item: fact('Item', 'The changed item as it will be.'),
  before: fact('ItemBefore', 'The changed item as it was.'),
  change: fact('Change', 'What kind of change.'),
  cost: fact('Cost', 'Hours of the plan.', 'plan'),
}

/** Who asks. */
export interface ActorFacts {
  /** Node id of the person. */
  readonly id: string
  /** The role in the project, and the one in the organisation. */
  readonly roles: readonly string[]
  /** `person` for a session, `key` for an API key. */
  readonly kind: 'person' | 'key'
  /** Somebody else acts in the person's name. */
  readonly impersonated: boolean
  /** Name of the person. This one and the next three only when `needs(...)` names `actor`. */
  readonly name?: string
  /** E-mail address of the person. */
  readonly email?: string
  /** Slugs of the teams. */
  readonly teams?: readonly string[]
  /** Name of the API key; empty for a person. */
  readonly keyName?: string
}

/** Where it is asked for. */
export interface ProjectFacts {
  /** Node id of the project. */
  readonly id: string
  /** Its slug. */
  readonly slug: string
  /** Its name. */
  readonly name: string
  /** Tier of the organisation: `free`, `pro`, `team` or `enterprise`. */
  readonly tier: string
  /** The project is archived. */
  readonly archived: boolean
}

/** The whole plan, as it will be. */
export interface PlanFacts {
  /** Milestones, steps and microsteps after the change. */
  readonly items: number
  /** Microsteps after the change. */
  readonly microsteps: number
  /** Microsteps that are done after the change. */
  readonly done: number
  /** Share of the work that is done after the change, 0 to 1. */
  readonly progress: number
  /** Estimated hours of what is unfinished after the change. */
  readonly remainingHours: number
}

/** An item as it was; `phase`, `dueDate`, `path` and `openDependencies` when `needs(...)` names `plan`. */
export interface ItemBeforeFacts {
  /** The author's own id. */
  readonly id: string
  /** `milestone`, `step` or `microstep`. */
  readonly kind: 'milestone' | 'step' | 'microstep'
  /** Its title. */
  readonly title: string
  /** Of a microstep: `todo`, `in_progress`, `blocked`, `in_review`, `done` or `cancelled`; empty otherwise. */
  readonly status?: string | undefined
  /** Who does it; empty: nobody. */
  readonly assignee?: string | undefined
  /** `low`, `medium`, `high`, `critical`, or empty. */
  readonly priority?: string | undefined
  /** Its labels. */
  readonly labels?: readonly string[] | undefined
  /** Ids of what must be finished first. */
  readonly dependsOn?: readonly string[] | undefined
  /** Expected hours of a microstep; 0 without an estimate. */
  readonly estimateHours?: number | undefined
  /** Of the milestone that it is or lies in. */
  readonly phase?: string | undefined
  /** `YYYY-MM-DD` of the milestone that it is or lies in; empty: none. */
  readonly dueDate?: string | undefined
  /** Titles of the items it lies in, from the milestone down. */
  readonly path?: readonly string[] | undefined
  /** How many items it waits for are unfinished; those of its parents count too. */
  readonly openDependencies?: number | undefined
  /** Its acceptance criteria: how many. */
  readonly criteria: { readonly total: number }
}

/** An item as it will be; what is of evidence and comments when `needs(...)` names them. */
export interface ItemFacts extends ItemBeforeFacts {
  /** Its acceptance criteria: how many, how many are met, and of how many the evidence is stale. */
  readonly criteria: { readonly total: number; readonly met?: number; readonly stale?: number }
  /** What was reported of its criteria. */
  readonly evidence?: { readonly passed: boolean; readonly count: number } | undefined
  /** What was said about it. */
  readonly comments?: { readonly open: number } | undefined
}

/** What kind of change is made to the item or the plan. */
export interface ChangeFacts {
  /** `add`, `update`, `move`, `remove` or `rename` of an item, `head` of the plan; empty where no plan is changed. */
  readonly op: 'add' | 'update' | 'move' | 'remove' | 'rename' | 'head'
  /** Names of the fields that change; of `policy.change` the ids of the rules. */
  readonly fields: readonly string[]
}

/** Hours of the plan; money is none of them. */
export interface CostFacts {
  /** Estimated hours of the whole plan after the change. */
  readonly plannedHours: number
  /** Estimated hours of what is unfinished after the change. */
  readonly remainingHours: number
  /** How much the change adds to the plan; negative: takes away. */
  readonly addedHours: number
}

/**
 * What is known of one write, or of one changed item of a write.
 *
 * @remarks A fact that a rule speaks of and that was not supplied makes the rule's condition fail, and a rule whose condition
 * fails applies: what cannot be judged is not allowed. `item`, `before`, `change` may be left out where nothing of the kind is
 * changed; conditions then see `present: false`.
 */
export interface PolicyFacts {
  /** What was asked for, as the audit log names it. */
  readonly action: string
  /** When, by the server's clock. */
  readonly time: Date
  /** Who asks. */
  readonly actor: ActorFacts
  /** Where. */
  readonly project: ProjectFacts
  /** The whole plan. */
  readonly plan?: PlanFacts | undefined
  /** The changed item as it will be. */
  readonly item?: ItemFacts | undefined
  /** The changed item as it was. */
  readonly before?: ItemBeforeFacts | undefined
  /** What kind of change. */
  readonly change?: ChangeFacts | undefined
  /** Hours of the plan. */
  readonly cost?: CostFacts | undefined
}
