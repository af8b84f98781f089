import { builder } from '../builder.ts'
import { CREATE_ERRORS, LIMITED_ERRORS, WRITE_ERRORS } from '../shared/error-types.ts'
import { PlanLimitError } from '../shared/errors.ts'
import { idempotencyKey, projectId } from '../shared/inputs.ts'
import { archiveProject, createProject, updateProject } from './service.ts'
import type { ProjectWritten } from './service.ts'
import { Project } from './types.ts'

/** Every project mutation answers with the project and the sequence of its event. */
const payload = (name: string) =>
  builder.objectRef<ProjectWritten>(name).implement({
    description: 'The project after the write.',
    fields: (t) => ({
      sequence: t.exposeInt('sequence', { description: "Sequence of the write's event in the project's stream." }),
      project: t.prismaField({
        type: Project,
        description: 'The project as it is now.',
        resolve: (query, written, _args, ctx) => ctx.prisma.project.findUniqueOrThrow({ ...query, where: { id: written.projectId } }),
      }),
    }),
  })

const CreateProjectInput = builder.inputType('CreateProjectInput', {
  description: 'A new project.',
  fields: (t) => ({
    id: t.id({ description: 'An id made by the client (UUID or prj_...), so that a retry creates nothing twice.' }),
    name: t.string({ required: true, description: 'Display name, 1 to 200 characters.' }),
    slug: t.string({ description: 'a-z, 0-9 and dashes. Default: made of the name.' }),
    description: t.string({ description: 'Markdown.' }),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('createProject', (t) =>
  t.field({
    type: payload('CreateProjectPayload'),
    description: 'Creates an empty project.',
    extensions: { permission: 'projects.create' },
    errors: { types: LIMITED_ERRORS, union: { name: 'CreateProjectResult' } },
    args: { input: t.arg({ type: CreateProjectInput, required: true, description: 'The project.' }) },
    resolve: (_root, { input }, ctx) => createProject(ctx, input),
  }),
)

const UpdateProjectInput = builder.inputType('UpdateProjectInput', {
  description: 'What to change of a project; absent fields stay.',
  fields: (t) => ({
    projectId: projectId(t),
    name: t.string({ description: 'Display name.' }),
    slug: t.string({ description: 'a-z, 0-9 and dashes.' }),
    description: t.string({ description: 'Markdown; null removes it.' }),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('updateProject', (t) =>
  t.field({
    type: payload('UpdateProjectPayload'),
    description: 'Changes name, slug or description of a project.',
    extensions: { permission: 'projects.write' },
    errors: { types: CREATE_ERRORS, union: { name: 'UpdateProjectResult' } },
    args: { input: t.arg({ type: UpdateProjectInput, required: true, description: 'What to change.' }) },
    resolve: (_root, { input }, ctx) => updateProject(ctx, input),
  }),
)

const ArchiveProjectInput = builder.inputType('ArchiveProjectInput', {
  description: 'Which project to archive or restore.',
  fields: (t) => ({
    projectId: projectId(t),
    archived: t.boolean({ defaultValue: true, description: 'false restores it.' }),
    idempotencyKey: idempotencyKey(t),
  }),
})

builder.mutationField('archiveProject', (t) =>
  t.field({
    type: payload('ArchiveProjectPayload'),
    description: 'Archives a project, so that it can be read and not changed; or restores it.',
    extensions: { permission: 'projects.write' },
    errors: { types: [...WRITE_ERRORS, PlanLimitError], union: { name: 'ArchiveProjectResult' } },
    args: { input: t.arg({ type: ArchiveProjectInput, required: true, description: 'Which project.' }) },
    resolve: (_root, { input }, ctx) => archiveProject(ctx, { ...input, archived: input.archived ?? true }),
  }),
)
