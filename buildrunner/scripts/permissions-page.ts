/**
 * Renders the permission matrix as a page of the documentation: which role has which permission, and which permission each
 * field of the schema and each REST route needs. Run by `npm run generate`.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { getOperationAST, parse } from 'graphql'
import type { FieldNode, GraphQLObjectType } from 'graphql'
import { OPERATIONS } from '../../api/src/rest/index.ts'
import { ROUTES } from '../../api/src/rest/routes.ts'
import { schema } from '../../schema/src/schema.ts'
import { permissionForOthersOf, permissionOf } from '../../schema/src/shared/field-permissions.ts'
import { ORGANISATION_ROLES, PERMISSIONS, PERMISSION_NAMES, PLATFORM_ROLES, PROJECT_ROLES, grants } from '../../schema/src/shared/permissions.ts'
import type { Role } from '../../schema/src/shared/permissions.ts'

const LEVELS = [
  ['project', 'In a project', 'Held in one project. A TenantAdmin acts as PM in every project of the organisation.', [...PROJECT_ROLES, 'TenantAdmin']],
  ['organisation', 'In an organisation', 'Held by members, whatever their roles in projects.', ORGANISATION_ROLES],
  ['platform', 'On the server', 'Held by who runs the server; a TenantAdmin may impersonate members of the own organisation.', ['TenantAdmin', ...PLATFORM_ROLES]],
] as const satisfies readonly (readonly [string, string, string, readonly Role[]])[]

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string => [row(head), row(head.map(() => '---')), ...rows.map(row)].join('\n')
const code = (text: string): string => `\`${text}\``

function matrix(level: string, roles: readonly Role[]): string {
  const names = PERMISSION_NAMES.filter((name) => PERMISSIONS[name].level === level)
  return table(['Permission', ...roles, 'What it allows'], names.map((name) => [code(name), ...roles.map((role) => (grants(role, name) ? 'yes' : '–')), PERMISSIONS[name].description]))
}

/** REST routes by the root field that they execute. */
function routesByField(): Map<string, string[]> {
  const routes = new Map<string, string[]>()
  for (const { operation, method, path } of ROUTES) {
    const [root] = getOperationAST(parse(OPERATIONS.get(operation)?.text ?? ''))?.selectionSet.selections ?? []
    const name = (root as FieldNode).name.value
    routes.set(name, [...(routes.get(name) ?? []), code(`${method} /api${path}`)])
  }
  return routes
}

/** What each root field of one kind needs. */
function needs(kind: GraphQLObjectType | null | undefined): string {
  const routes = routesByField()
  return table(['Field', 'Permission', 'REST'], Object.values(kind?.getFields() ?? {}).map((field) => {
    const [permission, others] = [permissionOf(field), permissionForOthersOf(field)]
    const needed = permission === null ? 'none' : others === null ? code(permission) : `${code(permission)}; for what is somebody else's ${code(others)}`
    return [code(field.name), needed, (routes.get(field.name) ?? []).join('<br>')]
  }))
}

const page = `---
# Made by npm run generate from schema/src/shared/permissions.ts and the schema. Do not edit.
title: Roles and permissions
description: What each role may do in a project and in an organisation, and the permission of each mutation and route.
---

A request may do what the role of its person grants *and* the scopes of its API key cover. A scope has the name of its permission; \`*\` covers all; a session covers all.
Whoever lacks a permission gets the error \`FORBIDDEN\`, which names it. What belongs to another organisation, or lies in a project that one does not see, does not exist: \`NOT_FOUND\`.

${LEVELS.map(([level, heading, text, roles]) => `## ${heading}\n\n${text}\n\n${matrix(level, roles)}`).join('\n\n')}

## What each operation needs

Fields of types ask for the same permissions as the operations that read them. \`none\`: the operation concerns the caller alone, or is open to everybody.

### Mutations

${needs(schema.getMutationType())}

### Queries

${needs(schema.getQueryType())}

### Subscriptions

${needs(schema.getSubscriptionType())}
`

const folder = new URL('../../docs-site/src/content/docs/reference/', import.meta.url)
mkdirSync(folder, { recursive: true })
writeFileSync(new URL('permissions.md', folder), page)
