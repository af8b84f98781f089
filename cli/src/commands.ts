/** Every command, in the order of `br --help`. Loading is lazy, so that start-up costs one small chunk. */
import type { CommandEntry } from './core/command.ts'

export const COMMANDS: readonly CommandEntry[] = [
  { path: 'init', summary: 'create a plan in this folder', load: () => import('./commands/workspace/init.ts') },
  { path: 'status', summary: 'progress, link to the server, what is unsynced', load: () => import('./commands/workspace/status.ts') },
  { path: 'lint', summary: 'check the plan, with place and remedy of every problem', load: () => import('./commands/plan/lint.ts') },
  { path: 'sync', summary: 'bring plan and server together', load: () => import('./commands/sync/sync.ts') },

  { path: 'plan show', summary: 'the plan as a tree, or one item', load: () => import('./commands/plan/show.ts') },
  { path: 'plan add', summary: 'add a milestone, step or microstep', load: () => import('./commands/plan/add.ts') },
  { path: 'plan edit', summary: 'change, move or rename an item', load: () => import('./commands/plan/edit.ts') },
  { path: 'plan remove', summary: 'remove an item and what lies in it', load: () => import('./commands/plan/remove.ts') },
  { path: 'plan next', summary: 'what can be worked on now, and why', load: () => import('./commands/plan/next.ts') },
  { path: 'plan graph', summary: 'the dependencies as Mermaid, DOT or text', load: () => import('./commands/plan/graph.ts') },
  { path: 'plan critical-path', summary: 'what determines the finish; what-if', load: () => import('./commands/plan/critical-path.ts') },
  { path: 'plan diff', summary: 'what changed since the last sync, or against another plan', load: () => import('./commands/plan/diff.ts') },
  { path: 'plan import', summary: 'make a plan from another tool or from markdown', load: () => import('./commands/plan/import.ts') },
  { path: 'plan export', summary: 'the plan as markdown or JSON', load: () => import('./commands/plan/export.ts') },

  { path: 'projects list', summary: 'projects on the server', load: () => import('./commands/projects/list.ts') },
  { path: 'projects create', summary: 'create a project', load: () => import('./commands/projects/create.ts') },

  { path: 'comments list', summary: 'threads of the project, or of one item', load: () => import('./commands/comments/list.ts') },
  { path: 'comments add', summary: 'comment on an item', load: () => import('./commands/comments/add.ts') },
  { path: 'comments reply', summary: 'answer a comment', load: () => import('./commands/comments/reply.ts') },
  { path: 'comments resolve', summary: 'resolve a thread, or open it again', load: () => import('./commands/comments/resolve.ts') },
  { path: 'events watch', summary: 'what happens to a project, as it happens', load: () => import('./commands/events/watch.ts') },
  { path: 'presence', summary: 'who is on a project, and on what', load: () => import('./commands/presence/presence.ts') },

  { path: 'keys list', summary: 'API keys, what they may do, when they were used', load: () => import('./commands/keys/list.ts') },
  { path: 'keys create', summary: 'make an API key', load: () => import('./commands/keys/create.ts') },
  { path: 'keys rotate', summary: 'replace an API key, with a grace period', load: () => import('./commands/keys/rotate.ts') },
  { path: 'keys revoke', summary: 'end an API key', load: () => import('./commands/keys/revoke.ts') },

  { path: 'admin impersonate', summary: 'act as somebody else for a while', load: () => import('./commands/admin/impersonate.ts') },
  { path: 'admin stop', summary: 'be yourself again', load: () => import('./commands/admin/stop.ts') },
  { path: 'admin impersonations', summary: 'who acts as whom', load: () => import('./commands/admin/impersonations.ts') },
  { path: 'admin tenants', summary: 'organisations on the server', load: () => import('./commands/admin/tenants.ts') },
  { path: 'admin tenant', summary: 'set tier and seats of an organisation', load: () => import('./commands/admin/tenant.ts') },
  { path: 'admin role', summary: 'give or take a role on the platform', load: () => import('./commands/admin/role.ts') },

  { path: 'members list', summary: 'members', load: () => import('./commands/members/list.ts') },
  { path: 'members invite', summary: 'invite somebody by mail', load: () => import('./commands/members/invite.ts') },
  { path: 'members role', summary: 'change a role, in the organisation or a project', load: () => import('./commands/members/role.ts') },
  { path: 'members remove', summary: 'end a membership', load: () => import('./commands/members/remove.ts') },
  { path: 'members invitations', summary: 'invitations that are open', load: () => import('./commands/members/invitations.ts') },
  { path: 'members revoke', summary: 'withdraw an invitation', load: () => import('./commands/members/revoke.ts') },
  { path: 'members accept', summary: 'accept an invitation', load: () => import('./commands/members/accept.ts') },
  { path: 'teams list', summary: 'teams', load: () => import('./commands/teams/list.ts') },
  { path: 'teams create', summary: 'make a team', load: () => import('./commands/teams/create.ts') },
  { path: 'teams add', summary: 'add a member to a team', load: () => import('./commands/teams/add.ts') },
  { path: 'teams remove', summary: 'take somebody out of a team', load: () => import('./commands/teams/remove.ts') },
  { path: 'teams delete', summary: 'delete a team', load: () => import('./commands/teams/delete.ts') },

  { path: 'audit log', summary: 'who did what', load: () => import('./commands/audit/log.ts') },
  { path: 'audit verify', summary: 'prove that nothing of the audit log was changed', load: () => import('./commands/audit/verify.ts') },
  { path: 'audit export', summary: 'the audit log as a file that proves itself', load: () => import('./commands/audit/export.ts') },

  { path: 'auth sign-up', summary: 'sign up; a mailed link finishes it', load: () => import('./commands/auth/sign-up.ts') },
  { path: 'auth reset-password', summary: 'mail a link to set a new password', load: () => import('./commands/auth/reset-password.ts') },
  { path: 'auth sessions', summary: 'where you are signed in', load: () => import('./commands/auth/sessions.ts') },
  { path: 'auth revoke', summary: 'end one of your sessions, or all others', load: () => import('./commands/auth/revoke.ts') },
  { path: 'auth two-factor', summary: 'enable or disable a second factor', load: () => import('./commands/auth/two-factor.ts') },
  { path: 'login', summary: 'sign in with an API key or a password', load: () => import('./commands/auth/login.ts') },
  { path: 'logout', summary: 'sign out, and forget the key or session', load: () => import('./commands/auth/logout.ts') },
  { path: 'whoami', summary: 'who you are, and with which key or session', load: () => import('./commands/auth/whoami.ts') },
  { path: 'health check', summary: 'is the server well', load: () => import('./commands/health/check.ts') },
  { path: 'api', summary: 'send a GraphQL operation', load: () => import('./commands/api/api.ts') },
  { path: 'completion', summary: 'completion script for bash or zsh', load: () => import('./commands/completion/completion.ts') },
  { path: 'help', summary: 'help on a command or topic', load: () => import('./commands/help/help.ts') },
]

/** Groups with a line of their own in `br --help`. */
export const GROUPS: Readonly<Record<string, string>> = {
  plan: 'read and change the plan',
  projects: 'projects on the server',
  comments: 'talk about items of the plan',
  members: 'people of the organisation',
  teams: 'groups that a mention reaches',
  events: 'what happened to a project',
  auth: 'your sign-up, sessions and second factor',
  keys: 'API keys',
  admin: 'acting as others, organisations, the operator\'s people',
  audit: 'what was done, and the proof of it',
  health: 'the state of the server',
}
