/** What a key may be given, in the groups that people choose by. Each name is a permission of its owner's, too. */
export const SCOPE_GROUPS = {
  projects: ['projects.read', 'projects.write', 'projects.roles', 'projects.create'],
  plan: ['planner.read', 'planner.write', 'builder.run', 'qa.run'],
  comments: ['comments.read', 'comments.write', 'comments.moderate', 'comments.promote', 'presence.read', 'presence.write'],
  governance: ['governance.read', 'governance.request', 'governance.write', 'governance.approve', 'governance.override'],
  organisation: ['organisation.read', 'organisation.write', 'members.read', 'members.write', 'keys.read', 'keys.write', 'keys.manage', 'templates.read', 'templates.write'],
  integrations: ['webhooks.read', 'webhooks.write', 'notifications.read', 'notifications.write', 'graphql.text'],
  audit: ['audit.read', 'audit.export', 'audit.erase'],
} as const

export type ScopeGroup = keyof typeof SCOPE_GROUPS
export type Scope = (typeof SCOPE_GROUPS)[ScopeGroup][number]
/** Everything that the owner may do. */
export const ALL = '*'

/** A key that reads, one that works on the plan, one of a pipeline: what most keys are for. */
export const PRESETS = {
  read: ['projects.read', 'planner.read', 'comments.read', 'governance.read'],
  work: ['projects.read', 'planner.read', 'planner.write', 'builder.run', 'comments.read', 'comments.write', 'governance.read', 'governance.request'],
  pipeline: ['projects.read', 'planner.read', 'builder.run', 'qa.run', 'governance.read'],
} as const satisfies Record<string, readonly Scope[]>
