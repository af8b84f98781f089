// Generated from sdk/operations/templates.graphql by `npm run generate`. Do not edit.
import { call, list } from '../../call.ts'
import type { Client } from '../../client.ts'
import type { CallOptions, ListRequest, Request } from '../../request.ts'
import type { TemplatesBuiltInData, TemplatesDeprecateData, TemplatesDeprecateVariables, TemplatesGetData, TemplatesGetVariables, TemplatesInstantiateData, TemplatesInstantiateVariables, TemplatesListData, TemplatesListVariables, TemplatesPublishData, TemplatesPublishVariables } from '../templates.ts'
import { templates_builtIn, templates_deprecate, templates_get, templates_instantiate, templates_list, templates_publish } from '../operations/templates.ts'

export type * from '../templates.ts'

/**
 * Versions of templates that the organisation published, newest first.
 *
 * Versions that the organisation published, newest first; without their content.
 *
 * @example
 * ```ts
 * for await (const template of listTemplates(client, { kind: 'PACK' })) console.log(template.name, template.version, template.title)
 * ```
 */
export function listTemplates(client: Client, variables?: TemplatesListVariables, options?: CallOptions): ListRequest<TemplatesListData, TemplatesListData['templates'][number]> {
  return list(client, templates_list, variables, options)
}

/**
 * The templates and packs that come with BuildRunner, by name.
 *
 * The same as `builtInTemplates` of `@buildrunner/sdk/built-in-templates`, in the versions that the server has.
 *
 * @example
 * ```ts
 * const { data } = await listBuiltInTemplates(client)
 * ```
 */
export function listBuiltInTemplates(client: Client, variables?: Record<string, never>, options?: CallOptions): Request<TemplatesBuiltInData> {
  return call(client, templates_builtIn, variables, options)
}

/**
 * A version of a template; the organisation's go before built-in ones. NOT_FOUND when there is none.
 *
 * With its content. `template` is `NAME`, for the newest version, or `NAME@RANGE`.
 *
 * @example
 * ```ts
 * const { data } = await getTemplate(client, { template: 'web-app' })
 * ```
 */
export function getTemplate(client: Client, variables: TemplatesGetVariables, options?: CallOptions): Request<TemplatesGetData> {
  return call(client, templates_get, variables, options)
}

/**
 * What templates and packs become together. Nothing is written: `importPlan` takes the document.
 *
 * Nothing is written: `planning.importPlan` takes the document, `br template use` and `br template update` bring templates into a plan
 * that is there.
 *
 * @example
 * ```ts
 * const { data } = await instantiateTemplates(client, { templates: ['web-app', 'auth'], values: { name: 'Shop', 'auth.secondFactor': false } })
 * ```
 */
export function instantiateTemplates(client: Client, variables: TemplatesInstantiateVariables, options?: CallOptions): Request<TemplatesInstantiateData> {
  return call(client, templates_instantiate, variables, options)
}

/**
 * Publishes a version of a template for the organisation. It never changes: the same content again changes nothing, other content is refused.
 *
 * A version never changes: the same content again changes nothing, other content is refused.
 *
 * Its own errors: `AlreadyExistsError`, `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await publishTemplate(client, { document: { format: 1, name: 'spike', version: '1.0.0', kind: 'template', title: 'Spike', description: 'A question that is answered in days.', plan: { milestones: [{ id: 'answer', title: 'The question is answered', acceptanceCriteria: [{ text: 'The answer is written down.' }] }] } } })
 * ```
 */
export function publishTemplate(client: Client, variables: TemplatesPublishVariables, options?: CallOptions): Request<TemplatesPublishData> {
  return call(client, templates_publish, variables, options)
}

/**
 * Says of a version that nobody should begin with it any more. Plans that were made from it can still be updated.
 *
 * Plans that were made from it can still be updated. `reason: null` takes the deprecation back.
 *
 * Its own errors: `ConflictError`, `ForbiddenError`, `IdempotencyConflictError`, `NotFoundError`, `PolicyError`, `UnauthenticatedError`, `ValidationError`.
 *
 * @example
 * ```ts
 * const { data, error } = await deprecateTemplate(client, { name: 'spike', version: '0.9.0', reason: 'Use 1.0.0: it has criteria.' })
 * ```
 */
export function deprecateTemplate(client: Client, variables: TemplatesDeprecateVariables, options?: CallOptions): Request<TemplatesDeprecateData> {
  return call(client, templates_deprecate, variables, options)
}
