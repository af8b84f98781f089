// Generated from sdk/operations/templates.graphql by `npm run generate`. Do not edit.
import type { CallOptions, ListRequest, Request } from '../request.ts'
import type { TemplateKind } from './schema.ts'
import type { PageInfo } from './shared.ts'

/** A version of a template or pack. What it says never changes. */
export interface Template {
  /** What it is called, in commands too. */
  name: string
  /** Semantic version. */
  version: string
  /** What it is for. */
  kind: TemplateKind
  /** For people. */
  title: string
  /** What it plans. */
  description: string
  /** Words to find it by. */
  tags: string[]
  /** SHA-256 (hexadecimal) of its content. */
  digest: string
  /** It comes with BuildRunner. */
  builtIn: boolean
  /** Why nobody should begin with it any more; null while people should. */
  deprecatedReason: string | null
  /** Since when. */
  deprecatedAt: string | null
  /** Who published it; null for a built-in one. */
  publishedBy: {
    /** Node id of the user. */
    id: string
    /** Display name. */
    name: string
  } | null
  /** When; null for a built-in one. */
  publishedAt: string | null
}

/** What `templates.list` takes. */
export interface TemplatesListVariables {
  /** Only versions of this one. */
  name?: string | null
  /** Only those. Default: both. */
  kind?: TemplateKind | null
  /** Default: 50. */
  first?: number
  after?: string | null
}

/** What `templates.list` answers. */
export interface TemplatesListData {
  templates: Template[]
  pageInfo: PageInfo
  /** How many match, on all pages. */
  totalCount: number
}

/** What `templates.builtIn` answers. */
export type TemplatesBuiltInData = Template[]

/** What `templates.get` takes. */
export interface TemplatesGetVariables {
  /** `NAME`, for the newest version that is not deprecated, or `NAME@RANGE`: `web-app@^1.0.0`. */
  template: string
}

/** What `templates.get` answers. */
export type TemplatesGetData = Template & {
  /** All of it: parameters, plan, policy, anchors and joins. */
  document: unknown
}

/** What `templates.instantiate` takes. */
export interface TemplatesInstantiateVariables {
  /** `NAME` or `NAME@RANGE`, 1 to 20. What they require comes by itself. */
  templates: readonly string[]
  /** Values of parameters: texts, numbers, truth values, lists of texts. `auth.methods` is for the template `auth` alone. */
  values?: unknown
}

/** What `templates.instantiate` answers. */
export interface TemplatesInstantiateData {
  /** The plan, as in plan.json, with `x-template`; null where a value is wrong or a conflict is an error. */
  document: unknown
  /** Rules and gates for `governance/policy.yml`: `{ rules, phases }`. */
  policy: unknown
  /** What the templates disagree about. */
  conflicts: Array<{
    /** `id`, `variable`, `rule`, `phase`, `requirement`, `join` or `cycle`. */
    kind: string
    /** `error`: there is no plan; `warning`: `resolution` says what was done. */
    severity: string
    /** Between which. */
    templates: string[]
    /** What it is about: an id, a parameter, an anchor. */
    name: string
    /** For people. */
    message: string
    /** What was done, or has to be. */
    resolution: string
  }>
  /** Values that are missing, wrong or unknown; `pointer` is `/variables/<name>`. */
  problems: Array<{
    /** Stable; match on this. */
    code: string
    /** `error` or `warning`. */
    severity: string
    /** JSON pointer (RFC 6901) of the offending value. */
    pointer: string
    /** What is wrong. */
    message: string
    /** What to do about it. */
    remedy: string
  }>
  /** The templates, those that others require among them. */
  used: Array<{
    /** Its name. */
    name: string
    /** Its version. */
    version: string
    /** SHA-256 (hexadecimal) of its content. */
    digest: string
    /** Values that were given. */
    values: unknown
  }>
}

/** What `templates.publish` takes. */
export interface TemplatesPublishVariables {
  /** The template, in format 1, at most 256 KB. */
  document: unknown
}

/** What `templates.publish` answers. */
export interface TemplatesPublishData {
  /** The version as it is now. */
  template: Template
  /** Sequence of the organisation's newest event after the write. */
  sequence: number
}

/** What `templates.deprecate` takes. */
export interface TemplatesDeprecateVariables {
  /** Its name. */
  name: string
  /** Its version. */
  version: string
  /** Why, and what to use instead: at most 500 characters. Null: it is recommended again. */
  reason?: string | null
}

/** What `templates.deprecate` answers. */
export interface TemplatesDeprecateData {
  /** The version as it is now. */
  template: Template
  /** Sequence of the organisation's newest event after the write. */
  sequence: number
}

/** Templates and packs: what an organisation published and what comes with BuildRunner, and plans made of them. */
export interface TemplatesGroup {
  /**
   * Versions of templates that the organisation published, newest first.
   *
   * Versions that the organisation published, newest first; without their content.
   *
   * @example
   * ```ts
   * for await (const template of client.templates.list({ kind: 'PACK' })) console.log(template.name, template.version, template.title)
   * ```
   */
  list(variables?: TemplatesListVariables, options?: CallOptions): ListRequest<TemplatesListData, TemplatesListData['templates'][number]>

  /**
   * The templates and packs that come with BuildRunner, by name.
   *
   * The same as `builtInTemplates` of `@buildrunner/sdk/built-in-templates`, in the versions that the server has.
   *
   * @example
   * ```ts
   * const { data } = await client.templates.builtIn()
   * ```
   */
  builtIn(variables?: Record<string, never>, options?: CallOptions): Request<TemplatesBuiltInData>

  /**
   * A version of a template; the organisation's go before built-in ones. NOT_FOUND when there is none.
   *
   * With its content. `template` is `NAME`, for the newest version, or `NAME@RANGE`.
   *
   * @example
   * ```ts
   * const { data } = await client.templates.get({ template: 'web-app' })
   * ```
   */
  get(variables: TemplatesGetVariables, options?: CallOptions): Request<TemplatesGetData>

  /**
   * What templates and packs become together. Nothing is written: `importPlan` takes the document.
   *
   * Nothing is written: `planning.importPlan` takes the document, `br template use` and `br template update` bring templates into a plan
   * that is there.
   *
   * @example
   * ```ts
   * const { data } = await client.templates.instantiate({ templates: ['web-app', 'auth'], values: { name: 'Shop', 'auth.secondFactor': false } })
   * ```
   */
  instantiate(variables: TemplatesInstantiateVariables, options?: CallOptions): Request<TemplatesInstantiateData>

  /**
   * Publishes a version of a template for the organisation. It never changes: the same content again changes nothing, other content is refused.
   *
   * A version never changes: the same content again changes nothing, other content is refused.
   *
   * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.templates.publish({ document: { format: 1, name: 'spike', version: '1.0.0', kind: 'template', title: 'Spike', description: 'A question that is answered in days.', plan: { milestones: [{ id: 'answer', title: 'The question is answered', acceptanceCriteria: [{ text: 'The answer is written down.' }] }] } } })
   * ```
   */
  publish(variables: TemplatesPublishVariables, options?: CallOptions): Request<TemplatesPublishData>

  /**
   * Says of a version that nobody should begin with it any more. Plans that were made from it can still be updated.
   *
   * Plans that were made from it can still be updated. `reason: null` takes the deprecation back.
   *
   * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
   *
   * @example
   * ```ts
   * const { data, error } = await client.templates.deprecate({ name: 'spike', version: '0.9.0', reason: 'Use 1.0.0: it has criteria.' })
   * ```
   */
  deprecate(variables: TemplatesDeprecateVariables, options?: CallOptions): Request<TemplatesDeprecateData>
}
