/** What whoever asks may do, for clients that show only what works: one field a permission, made of the matrix. */
import { builder } from '../builder.ts'
import type { Context } from '../context.ts'
import { Organisation } from '../identity/types.ts'
import { Project } from '../projects/types.ts'
import { PERMISSIONS, PERMISSION_NAMES, may } from '../shared/permissions.ts'
import type { Permission } from '../shared/permissions.ts'

/** `comments.moderate` is `commentsModerate`. */
export const fieldOf = (permission: Permission): string => permission.replace(/\.([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** Permissions that are held in a project, or in an organisation. */
export const permissionsOf = (level: 'project' | 'organisation'): Permission[] => PERMISSION_NAMES.filter((name) => PERMISSIONS[name].level === level)

type Holder = 'project' | 'organisation'

function permissionsType<Row extends { readonly id: string }>(level: Holder, name: string, can: (ctx: Context, permission: Permission, row: Row) => boolean) {
  return builder.objectRef<Row>(name).implement({
    description: `What whoever asks may do in ${level === 'project' ? 'a project' : 'an organisation'}.`,
    fields: (t) => Object.fromEntries(permissionsOf(level).map((permission) => [fieldOf(permission), t.boolean({
      description: `${permission}: ${PERMISSIONS[permission].description}`, resolve: (row, _args, ctx) => can(ctx, permission, row),
    })])),
  })
}

const inProject = permissionsType('project', 'ProjectPermissions', ({ actor }, permission, { id }) => actor !== null && may(actor, permission, id))
// roles are known of one organisation: the one that the key or session belongs to
const inOrganisation = permissionsType('organisation', 'OrganisationPermissions', ({ actor }, permission, { id }) => actor !== null && actor.organisationId === id && may(actor, permission))

builder.prismaObjectField(Project, 'viewerCan', (t) => t.field({ type: inProject, select: { id: true }, description: 'What whoever asks may do in it.', resolve: ({ id }) => ({ id }) }))
builder.prismaObjectField(Organisation, 'viewerCan', (t) => t.field({ type: inOrganisation, select: { id: true }, description: 'What whoever asks may do in it.', resolve: ({ id }) => ({ id }) }))
