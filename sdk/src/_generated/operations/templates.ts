// Generated from sdk/operations/templates.graphql by `npm run generate`. Do not edit.
import type { Operation } from '../../request.ts'

export const templates_list: Operation = { name: 'templates_list', kind: 'query', items: 'templates' }
export const templates_builtIn: Operation = { name: 'templates_builtIn', kind: 'query' }
export const templates_get: Operation = { name: 'templates_get', kind: 'query' }
export const templates_instantiate: Operation = { name: 'templates_instantiate', kind: 'query' }
export const templates_publish: Operation = { name: 'templates_publish', kind: 'mutation' }
export const templates_deprecate: Operation = { name: 'templates_deprecate', kind: 'mutation' }

export const templates = {
  list: templates_list,
  builtIn: templates_builtIn,
  get: templates_get,
  instantiate: templates_instantiate,
  publish: templates_publish,
  deprecate: templates_deprecate,
}
