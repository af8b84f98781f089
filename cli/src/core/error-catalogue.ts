/** Texts of the errors: a code with parameters gives what went wrong and what to do. Languages come in here. */
import { EXIT } from './exit-codes.ts'

type Text = readonly [message: string, remedy?: string]
const entry = <P extends object>(exit: (typeof EXIT)[keyof typeof EXIT], text: (parameters: P) => Text) => ({ exit, text })
const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`
const list = (values: readonly string[]): string => values.join(', ')

export const ERRORS = {
  USAGE: entry(EXIT.usage, (p: { text: string; remedy?: string }) => [p.text, p.remedy]),
  INVALID_VALUE: entry(EXIT.usage, (p: { option: string; value: string; expected: string }) => [`${p.option}: "${p.value}" is not ${p.expected}.`]),
  NEEDS_YES: entry(EXIT.usage, (p: { what: string }) => [`${p.what} cannot be undone here, and there is no terminal to ask on.`, 'Pass --yes to go ahead.']),
  DECLINED: entry(EXIT.usage, (_: object) => ['Nothing was changed.']),
  NEEDS_TERMINAL: entry(EXIT.usage, (p: { what: string; remedy: string }) => [`${p.what} is missing, and there is no terminal to ask on.`, p.remedy]),

  PLAN_NOT_FOUND: entry(EXIT.notFound, (p: { path: string }) => [`There is no plan at ${p.path}.`, 'Run br init to create one, or name a file with --file.']),
  POLICY_NOT_FOUND: entry(EXIT.notFound, (p: { looked: readonly string[] }) => [`There is no policy: neither ${p.looked.join(' nor ')}.`, 'Name the file.']),
  POLICY_HAS_ERRORS: entry(EXIT.policyErrors, (p: { path: string; errors: number; first: string }) => [
    `${p.path} has ${count(p.errors, 'error')}: ${p.first}`,
    'Run br governance validate to see every problem; nothing was changed.',
  ]),
  TEMPLATE_HAS_ERRORS: entry(EXIT.planErrors, (p: { path: string; errors: number; first: string }) => [
    `${p.path} has ${count(p.errors, 'error')}: ${p.first}`,
    `Run br template lint ${p.path} to see every problem; nothing was changed.`,
  ]),
  FILE_NOT_FOUND: entry(EXIT.notFound, (p: { path: string }) => [`There is no file ${p.path}.`]),
  ITEM_NOT_FOUND: entry(EXIT.notFound, (p: { id: string; similar: readonly string[] }) => [
    `The plan has no item "${p.id}".`,
    p.similar.length > 0 ? `Did you mean ${list(p.similar)}?` : 'br plan show lists every id.',
  ]),
  FILE_NOT_READABLE: entry(EXIT.notWritable, (p: { path: string; reason: string }) => [`${p.path} cannot be read: ${p.reason}.`]),
  FILE_EXISTS: entry(EXIT.usage, (p: { path: string }) => [`${p.path} exists and is not overwritten.`, 'Name another file, or pass --yes to replace it.']),
  PLAN_HAS_ERRORS: entry(EXIT.planErrors, (p: { path: string; errors: number; first: string }) => [
    `${p.path} has ${count(p.errors, 'error')}: ${p.first}`,
    'Run br lint to see every problem; nothing was changed.',
  ]),
  CHANGE_REFUSED: entry(EXIT.planErrors, (p: { first: string; remedy: string }) => [`Refused, nothing was changed: ${p.first}`, p.remedy]),
  NOTHING_IMPORTED: entry(EXIT.planErrors, (p: { source: string }) => [
    `${p.source} gives no usable plan.`,
    'See the problems above; --fix repairs what can be repaired.',
  ]),

  LOCKED: entry(EXIT.notWritable, (p: { path: string; holder: string; waitedMs: number }) => [
    `The plan is locked by ${p.holder} (${p.path}).`,
    'Wait for it to end, then try again.',
  ]),
  LOCK_LOST: entry(EXIT.notWritable, (p: { path: string }) => [`The lock ${p.path} was taken away while br was working; nothing was written.`, 'Try again.']),
  NOT_WRITABLE: entry(EXIT.notWritable, (p: { path: string; reason: string }) => [
    `${p.path} cannot be written: ${p.reason}. The old content is untouched.`,
    undefined,
  ]),

  NOT_SIGNED_IN: entry(EXIT.denied, (p: { baseUrl: string }) => [`You are not signed in to ${p.baseUrl}.`, 'Run br login, or set BUILDRUNNER_API_KEY.']),
  CREDENTIALS_UNREADABLE: entry(EXIT.denied, (p: { path: string; reason: string }) => [
    `The credentials in ${p.path} cannot be read: ${p.reason}.`,
    'Run br login again; it writes the file anew.',
  ]),
  NO_LOCAL_SERVER: entry(EXIT.notFound, (p: { path: string }) => [
    `No started server was found: there is no ${p.path}.`,
    'Start one with npm start, or name its local.json: br login --local PATH.',
  ]),
  KEY_MALFORMED: entry(EXIT.usage, (_: object) => ['That does not look like an API key.', 'A key begins with br_ and has no spaces.']),

  PIN_UNREADABLE: entry(EXIT.notWritable, (p: { path: string; reason: string }) => [
    `The pinned checkpoints in ${p.path} cannot be read: ${p.reason}.`,
    'Bring the file back from a copy: without it nothing older can be proven. --no-pin verifies without it.',
  ]),
  NOT_AN_EXPORT: entry(EXIT.usage, (p: { path: string; reason: string }) => [`${p.path}: ${p.reason}`, 'br audit export writes one.']),

  NOT_TRUSTED: entry(EXIT.notTrusted, (p: { what: string; digest: string; given?: string }) => [
    p.given === undefined ? `The plan would do what you have not agreed to: ${p.what}; nothing was run.` : `The digest ${p.given} is not that of this plan; nothing was run.`,
    `Read what it would do and agree: br qa trust. Where nobody can be asked: --trust ${p.digest}, or BR_TRUST.`,
  ]),
  NO_CRITERION: entry(EXIT.notFound, (p: { item: string; criterion: string; similar: readonly string[] }) => [
    `"${p.item}" has no criterion "${p.criterion}".`,
    p.similar.length > 0 ? `Did you mean ${list(p.similar)}?` : `br plan show ${p.item} lists them.`,
  ]),

  PROJECT_UNKNOWN: entry(EXIT.usage, (_: object) => [
    'No project is named, and plan.json is not linked to one.',
    'Pass --project with an id or slug (br projects list), or make one with br projects create NAME --link.',
  ]),
  PROJECT_NOT_CACHED: entry(EXIT.notFound, (p: { projectId: string }) => [
    `This device has no copy of project ${p.projectId} to work on offline.`,
    'Fetch one while the server can be reached: br sync, in the folder of its plan or with --project.',
  ]),
  PROJECT_MISMATCH: entry(EXIT.usage, (p: { linked: string; given: string; source: string }) => [
    `plan.json is linked to project ${p.linked}, but ${p.source} names ${p.given}; nothing was sent.`,
    'Leave it out to sync with the linked project. To move the plan to another project, remove "x-sync" from plan.json first.',
  ]),
  SYNC_BASE_GONE: entry(EXIT.notFound, (p: { projectId: string; sequence: number }) => [
    `The server has no state ${p.sequence} of project ${p.projectId}, which plan.json was last synced at.`,
    'Are you signed in to the right server (br status)? If the project is new, remove "x-sync" from plan.json and sync again.',
  ]),
  SYNC_UNSETTLED: entry(EXIT.conflicts, (p: { attempts: number }) => [
    `plan.json was changed ${p.attempts} times while br was syncing; nothing was lost.`,
    'Run br sync again when the file is quiet.',
  ]),
  SERVER_HAS_NEWS: entry(EXIT.conflicts, (p: { changes: number; conflicts: number }) => [
    `The server has ${count(p.changes, 'change')}${p.conflicts > 0 ? ` and ${count(p.conflicts, 'conflict')}` : ''} that plan.json does not have; nothing was pushed.`,
    'Run br sync, or br sync --pull first.',
  ]),
  CONFLICT_UNKNOWN: entry(EXIT.notFound, (p: { item: string; conflicts: readonly string[] }) => [
    `There is no conflict at ${p.item}.`,
    p.conflicts.length > 0 ? `In conflict: ${list(p.conflicts)}.` : 'There are no conflicts: run br sync without --keep.',
  ]),
  WRITE_UNKNOWN: entry(EXIT.notFound, (p: { id: string; matches: number }) => [
    p.matches === 0 ? `No queued write has the id ${p.id}.` : `${p.matches} queued writes have an id that begins with ${p.id}.`,
    'br queue status lists them.',
  ]),
  EDITOR_MISSING: entry(EXIT.usage, (_: object) => ['There is no editor to open: neither VISUAL nor EDITOR is set.', 'Name the change by options instead, or set EDITOR.']),
  EDITOR_FAILED: entry(EXIT.usage, (p: { editor: string; status: string }) => [`The editor "${p.editor}" ended with ${p.status}; nothing was changed.`]),
  REMOTE_PLAN_UNREADABLE: entry(EXIT.unexpected, (p: { first: string }) => [
    `What the server sent does not make a valid plan: ${p.first}; nothing was written.`,
    'Report this with the output of br health check.',
  ]),
} as const

export type ErrorCode = keyof typeof ERRORS
export type ErrorParameters<C extends ErrorCode> = Parameters<(typeof ERRORS)[C]['text']>[0]
