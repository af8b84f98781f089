/** add, update, move and delete, for each of the three kinds. */
import type { ItemKind } from '@buildrunner/sdk/plans'
import { builder } from '../builder.ts'
import { CREATE_ERRORS, WRITE_ERRORS } from '../shared/error-types.ts'
import type { InputFields } from '../shared/inputs.ts'
import { addFields, editFields, itemFields, microstepFields, milestoneFields, moveFields, parentField, readItemFields } from './inputs.ts'
import { addItem, deleteItem, moveItem, setStatus, updateItem } from './service.ts'
import type { ItemWritten } from './service.ts'
import { Microstep, Milestone, StatusEnum, Step } from './types.ts'

interface Kind {
  readonly kind: ItemKind
  readonly name: 'Milestone' | 'Step' | 'Microstep'
  readonly type: typeof Milestone
  readonly parent: string | null
}

const KINDS: readonly Kind[] = [
  { kind: 'milestone', name: 'Milestone', type: Milestone, parent: null },
  { kind: 'step', name: 'Step', type: Step, parent: 'milestone' },
  { kind: 'microstep', name: 'Microstep', type: Microstep, parent: 'step' },
]

const ownFields = (kind: ItemKind, t: InputFields) => (kind === 'milestone' ? milestoneFields(t) : kind === 'microstep' ? microstepFields(t) : {})

/** The payload of a write to one item: the item under its kind's name, and the event's sequence. */
const payload = (name: string, { kind, type }: Kind) =>
  builder.objectRef<ItemWritten>(name).implement({
    description: 'The item after the write.',
    fields: (t) => ({
      sequence: t.exposeInt('sequence', { description: "Sequence of the project's newest event after the write." }),
      [kind]: t.field({ type, description: `The ${kind} as it is now.`, resolve: (written) => written.item }),
    }),
  })

interface PlaceInput {
  projectId: string
  parent?: string | null
  after?: string | null
  idempotencyKey?: string | null
}

function defineAdd(kind: Kind): void {
  const Input = builder.inputType(`Add${kind.name}Input`, {
    description: `A new ${kind.kind}.`,
    fields: (t) => ({ ...addFields(t), ...(kind.parent === null ? {} : { parent: parentField(t, kind.parent, true) }), ...itemFields(t), ...ownFields(kind.kind, t) }),
  })
  builder.mutationField(`add${kind.name}`, (t) =>
    t.field({
      type: payload(`Add${kind.name}Payload`, kind),
      description: `Adds a ${kind.kind} to the plan.`,
      extensions: { permission: 'planner.write' },
      errors: { types: CREATE_ERRORS, union: { name: `Add${kind.name}Result` } },
      args: { input: t.arg({ type: Input, required: true, description: `The ${kind.kind}.` }) },
      resolve: (_root, args, ctx) => {
        const input = args.input as PlaceInput & { key: string }
        return addItem(ctx, input, kind.kind, input.key, { parent: input.parent ?? null, after: input.after }, readItemFields(input))
      },
    }),
  )
}

function defineUpdate(kind: Kind): void {
  const Input = builder.inputType(`Update${kind.name}Input`, {
    description: `What to change of a ${kind.kind}: absent fields stay, null removes one.`,
    fields: (t) => ({ ...editFields(t), title: t.string({ description: 'One line.' }), ...itemFields(t), ...ownFields(kind.kind, t) }),
  })
  builder.mutationField(`update${kind.name}`, (t) =>
    t.field({
      type: payload(`Update${kind.name}Payload`, kind),
      description: `Changes fields of a ${kind.kind}.`,
      extensions: { permission: 'planner.write' },
      errors: { types: WRITE_ERRORS, union: { name: `Update${kind.name}Result` } },
      args: { input: t.arg({ type: Input, required: true, description: 'What to change.' }) },
      resolve: (_root, { input }, ctx) => updateItem(ctx, input, kind.kind, input.id, readItemFields(input)),
    }),
  )
}

function defineMove(kind: Kind): void {
  const Input = builder.inputType(`Move${kind.name}Input`, {
    description: `Where to move a ${kind.kind}.`,
    fields: (t) => ({ ...moveFields(t), ...(kind.parent === null ? {} : { parent: parentField(t, kind.parent, false) }) }),
  })
  builder.mutationField(`move${kind.name}`, (t) =>
    t.field({
      type: payload(`Move${kind.name}Payload`, kind),
      description: `Moves a ${kind.kind} to another place${kind.parent === null ? '' : `, in its ${kind.parent} or another one`}.`,
      extensions: { permission: 'planner.write' },
      errors: { types: WRITE_ERRORS, union: { name: `Move${kind.name}Result` } },
      args: { input: t.arg({ type: Input, required: true, description: 'What to move, and where.' }) },
      resolve: (_root, args, ctx) => {
        const input = args.input as PlaceInput & { id: string }
        return moveItem(ctx, input, kind.kind, input.id, { parent: input.parent ?? null, after: input.after })
      },
    }),
  )
}

const Deleted = (name: string) =>
  builder.objectRef<{ key: string; removed: number; sequence: number }>(name).implement({
    description: 'What was deleted.',
    fields: (t) => ({
      key: t.exposeString('key', { description: 'Key of the item.' }),
      removed: t.exposeInt('removed', { description: 'How many items went with it, itself included.' }),
      sequence: t.exposeInt('sequence', { description: "Sequence of the project's newest event after the write." }),
    }),
  })

function defineDelete(kind: Kind): void {
  const Input = builder.inputType(`Delete${kind.name}Input`, { description: `Which ${kind.kind} to delete.`, fields: editFields })
  builder.mutationField(`delete${kind.name}`, (t) =>
    t.field({
      type: Deleted(`Delete${kind.name}Payload`),
      description: `Deletes a ${kind.kind} and all that lies in it. Refused while other items depend on it.`,
      extensions: { permission: 'planner.write' },
      errors: { types: WRITE_ERRORS, union: { name: `Delete${kind.name}Result` } },
      args: { input: t.arg({ type: Input, required: true, description: `Which ${kind.kind}.` }) },
      resolve: (_root, { input }, ctx) => deleteItem(ctx, input, kind.kind, input.id),
    }),
  )
}

for (const kind of KINDS) {
  defineAdd(kind)
  defineUpdate(kind)
  defineMove(kind)
  defineDelete(kind)
}

const SetStatusInput = builder.inputType('SetStatusInput', {
  description: 'Which microstep, and its new status.',
  fields: (t) => ({ ...editFields(t), status: t.field({ type: StatusEnum, required: true, description: 'The new status.' }) }),
})

builder.mutationField('setStatus', (t) =>
  t.field({
    type: payload('SetStatusPayload', KINDS[2] as Kind),
    description: 'Sets the status of a microstep.',
    extensions: { permission: 'builder.run' },
    errors: { types: WRITE_ERRORS, union: { name: 'SetStatusResult' } },
    args: { input: t.arg({ type: SetStatusInput, required: true, description: 'Which microstep, and its new status.' }) },
    resolve: (_root, { input }, ctx) => setStatus(ctx, input, input.id, input.status),
  }),
)
