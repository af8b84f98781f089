/** Ids of a composition: each item keeps the id that its template gives it where that is free. */
import type { Expansion, Instance } from './expand.ts'
import type { Template, TemplateConflict } from './types.ts'

/** A template on its way into a plan. */
export interface Part {
  readonly template: Template
  readonly expansion: Expansion
  /** Ids that were settled before: by the template's own. They go before everybody's wishes, so that an update moves nothing. */
  readonly fixed: Readonly<Record<string, string>>
}

/** Ids that items get, and those that differ from what their template says. */
export interface PlacedIds {
  readonly ids: ReadonlyMap<Instance, string>
  /** By template name: final ids by the template's own, where the two differ. */
  readonly changed: ReadonlyMap<string, Record<string, string>>
  readonly conflicts: TemplateConflict[]
}

/**
 * Gives every item its id. Settled ids come first; then, in the order of the templates, an id that is taken by another template
 * gets that of its own template before it: `auth-setup`. Two items of one template keep one id, which validation reports.
 */
export function placeIds(parts: readonly Part[]): PlacedIds {
  const owners = new Map<string, Part>()
  for (const part of parts) {
    for (const { id } of part.expansion.all()) if (Object.hasOwn(part.fixed, id)) owners.set(part.fixed[id]!, part)
  }
  const ids = new Map<Instance, string>()
  const changed = new Map<string, Record<string, string>>()
  const conflicts: TemplateConflict[] = []
  for (const part of parts) {
    const { name } = part.template
    const own: Record<string, string> = {}
    for (const instance of part.expansion.all()) {
      const fixed = Object.hasOwn(part.fixed, instance.id) ? part.fixed[instance.id] : undefined
      const id = fixed ?? freeId(instance.id, part, owners)
      ids.set(instance, id)
      if (id === instance.id) {
        owners.set(id, part)
        continue
      }
      const owner = owners.get(instance.id)
      owners.set(id, part)
      own[instance.id] = id
      if (fixed === undefined) conflicts.push(taken(instance.id, id, owner!.template.name, name))
    }
    if (Object.keys(own).length > 0) changed.set(name, own)
  }
  return { ids, changed, conflicts }
}

function freeId(wanted: string, part: Part, owners: ReadonlyMap<string, Part>): string {
  const isFree = (id: string): boolean => (owners.get(id) ?? part) === part
  if (isFree(wanted)) return wanted
  const prefixed = `${part.template.name}-${wanted}`
  let id = prefixed
  for (let count = 2; !isFree(id); count++) id = `${prefixed}-${count}`
  return id
}

const taken = (wanted: string, id: string, owner: string, name: string): TemplateConflict => ({
  kind: 'id', severity: 'warning', templates: [owner, name], name: wanted, message: `${owner} and ${name} both have an item "${wanted}".`, resolution: `The one of ${name} is "${id}".`,
})
