/** One page of each kind there is: what holds for these in every theme and width is taken to hold for all. */

/** Addresses of the documentation. */
export const DOCUMENTATION = [
  '/', '/de/', '/start/quickstart/', '/concepts/sync/', '/guides/work-offline/', '/de/guides/work-offline/', '/recipes/', '/troubleshooting/', '/troubleshooting/not-found/',
  '/reference/sdk/', '/reference/sdk/presence/', '/reference/cli/plan/', '/reference/rest/events/', '/reference/graphql/presence/', '/reference/formats/plan/', '/reference/errors/', '/reference/configuration/',
  '/reference/permissions/', '/reference/policy/', '/changelog/', '/accessibility/', '/security/', '/nothing-here/',
] as const

/** The longest pages of references: tens of thousands of elements. */
export const LONGEST = ['/reference/sdk/planning/', '/reference/sdk/comments/', '/reference/rest/planning/', '/reference/graphql/plans/'] as const

/** Addresses of the console, for somebody who is signed in; `website` is the project of the stage. */
export const CONSOLE = [
  '#/projects', '#/p/website/plan', '#/p/website/plan/T-12', '#/p/website/timeline', '#/p/website/graph', '#/p/website/quality', '#/p/website/governance', '#/p/website/sync',
  '#/notifications', '#/members', '#/keys', '#/audit', '#/settings', '#/p/not-there/plan', '#/nowhere',
] as const

/** Addresses of the console for everybody. */
export const ENTRY = ['#/sign-in', '#/sign-up', '#/forgot', '#/reset?token=x', '#/verify?token=x', '#/invitation?token=x'] as const
