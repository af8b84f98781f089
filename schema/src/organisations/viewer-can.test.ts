import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import type { Actor } from '../context.ts'
import { may } from '../shared/permissions.ts'
import { createTestWorkspace } from '../testing/workspace.ts'
import type { TestWorkspace } from '../testing/workspace.ts'
import { fieldOf, permissionsOf } from './viewer-can.ts'

let workspace: TestWorkspace
let projectId: string
beforeAll(async () => {
  workspace = await createTestWorkspace()
  for (let index = 0; index < 20; index++) await workspace.project(`p${index}`)
  projectId = (await workspace.pool.query("SELECT id FROM projects WHERE slug = 'p0'")).rows[0].id as string
})

const fields = (level: 'project' | 'organisation'): string => permissionsOf(level).map(fieldOf).join(' ')

test.each(['project', 'organisation'] as const)("the SDK asks for every permission of a %s", (level) => {
  const text = readFileSync(join(import.meta.dirname, `../../../sdk/operations/${level}s.graphql`), 'utf8')
  const fragment = /fragment \w+Permissions on \w+Permissions \{([^}]*)\}/.exec(text)?.[1] ?? ''
  expect(fragment.trim().split(/\s+/)).toEqual(permissionsOf(level).map(fieldOf))
})

test('a client is told exactly what its requests may do', async () => {
  const actors: [string, Partial<Actor>][] = [
    ['administrator', {}], ['viewer', { organisationRole: 'Member' }], ['qa', { organisationRole: 'Member', projectRoles: new Map([[projectId, 'QA']]) }],
    ['narrow key', { scopes: new Set(['projects.read', 'organisation.read', 'comments.write']) }], ['bound key', { projectId }],
  ]
  for (const [name, more] of actors) {
    const actor = { ...workspace.actor, ...more }
    const { data } = await workspace.run<any>(`{ project(projectId: "p0") { viewerCan { ${fields('project')} } } organisation { viewerCan { ${fields('organisation')} } } }`, {}, workspace.context(actor))
    const expected = (level: 'project' | 'organisation') => Object.fromEntries(permissionsOf(level).map((permission) => [fieldOf(permission), may(actor, permission, projectId)]))
    expect([name, data.project.viewerCan, data.organisation.viewerCan]).toEqual([name, expected('project'), expected('organisation')])
  }
})

test('it takes no statement of its own', async () => {
  const count = async (selection: string): Promise<number> => {
    workspace.takeStatements()
    const { data } = await workspace.run<any>(`{ projects(first: 20) { nodes { ${selection} } } }`)
    expect(data.projects.nodes).toHaveLength(20)
    return workspace.takeStatements().length
  }
  expect([await count('slug'), await count(`slug viewerCan { ${fields('project')} }`)]).toEqual([1, 1])
})
