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

  { path: 'keys list', summary: 'API keys, what they may do, when they were used', load: () => import('./commands/keys/list.ts') },
  { path: 'keys create', summary: 'make an API key', load: () => import('./commands/keys/create.ts') },
  { path: 'keys rotate', summary: 'replace an API key, with a grace period', load: () => import('./commands/keys/rotate.ts') },
  { path: 'keys revoke', summary: 'end an API key', load: () => import('./commands/keys/revoke.ts') },

  { path: 'login', summary: 'sign in with an API key', load: () => import('./commands/auth/login.ts') },
  { path: 'logout', summary: 'forget the API key', load: () => import('./commands/auth/logout.ts') },
  { path: 'whoami', summary: 'who the API key belongs to', load: () => import('./commands/auth/whoami.ts') },
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
  events: 'what happened to a project',
  keys: 'API keys',
  health: 'the state of the server',
}
