// Generated from sdk/operations/projects.graphql by `npm run generate`. Do not edit.
import type { Operation } from '../../request.ts'

export const projects_list: Operation = { name: 'projects_list', kind: 'query', items: 'projects' }
export const projects_get: Operation = { name: 'projects_get', kind: 'query', projectId: 'required' }
export const projects_create: Operation = { name: 'projects_create', kind: 'mutation' }
export const projects_update: Operation = { name: 'projects_update', kind: 'mutation', projectId: 'required' }
export const projects_archive: Operation = { name: 'projects_archive', kind: 'mutation', projectId: 'required' }

export const projects = {
  list: projects_list,
  get: projects_get,
  create: projects_create,
  update: projects_update,
  archive: projects_archive,
}
