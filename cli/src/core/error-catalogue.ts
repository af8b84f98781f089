/** Texts of the errors: a code with parameters gives what went wrong and what to do. */
import { t } from '../text/text.ts'
import { EXIT } from './exit-codes.ts'

type Text = readonly [message: string, remedy?: string]
const entry = <P extends object>(exit: (typeof EXIT)[keyof typeof EXIT], text: (parameters: P) => Text) => ({ exit, text })
const list = (values: readonly string[]): string => values.join(', ')

export const ERRORS = {
  USAGE: entry(EXIT.usage, (p: { text: string; remedy?: string }) => [p.text, p.remedy]),
  INVALID_VALUE: entry(EXIT.usage, (p: { option: string; value: string; expected: string }) => [t('{option}: "{value}" is not {expected}.', { option: p.option, value: p.value, expected: p.expected })]),
  NEEDS_YES: entry(EXIT.usage, (p: { what: string }) => [t('{what} cannot be undone here, and there is no terminal to ask on.', { what: p.what }), t('Pass --yes to go ahead.')]),
  DECLINED: entry(EXIT.usage, (_: object) => [t('Nothing was changed.')]),
  NEEDS_TERMINAL: entry(EXIT.usage, (p: { what: string; remedy: string }) => [t('{what} is missing, and there is no terminal to ask on.', { what: p.what }), p.remedy]),

  PLAN_NOT_FOUND: entry(EXIT.notFound, (p: { path: string }) => [t('There is no plan at {path}.', { path: p.path }), t('Run br init to create one, or name a file with --file.')]),
  POLICY_NOT_FOUND: entry(EXIT.notFound, (p: { looked: readonly string[] }) => [t('There is no policy; looked for: {looked}.', { looked: list(p.looked) }), t('Name the file.')]),
  POLICY_HAS_ERRORS: entry(EXIT.policyErrors, (p: { path: string; errors: number; first: string }) => [
    t('{path} has {errors, plural, one {# error} other {# errors}}: {first}', { path: p.path, errors: p.errors, first: p.first }),
    t('Run br governance validate to see every problem; nothing was changed.'),
  ]),
  TEMPLATE_HAS_ERRORS: entry(EXIT.planErrors, (p: { path: string; errors: number; first: string }) => [
    t('{path} has {errors, plural, one {# error} other {# errors}}: {first}', { path: p.path, errors: p.errors, first: p.first }),
    t('Run br template lint {path} to see every problem; nothing was changed.', { path: p.path }),
  ]),
  FILE_NOT_FOUND: entry(EXIT.notFound, (p: { path: string }) => [t('There is no file {path}.', { path: p.path })]),
  ITEM_NOT_FOUND: entry(EXIT.notFound, (p: { id: string; similar: readonly string[] }) => [
    t('The plan has no item "{id}".', { id: p.id }),
    p.similar.length > 0 ? t('Did you mean {similar}?', { similar: list(p.similar) }) : t('br plan show lists every id.'),
  ]),
  FILE_NOT_READABLE: entry(EXIT.notWritable, (p: { path: string; reason: string }) => [t('{path} cannot be read: {reason}.', { path: p.path, reason: p.reason })]),
  FILE_EXISTS: entry(EXIT.usage, (p: { path: string }) => [t('{path} exists and is not overwritten.', { path: p.path }), t('Name another file, or pass --yes to replace it.')]),
  PLAN_HAS_ERRORS: entry(EXIT.planErrors, (p: { path: string; errors: number; first: string }) => [
    t('{path} has {errors, plural, one {# error} other {# errors}}: {first}', { path: p.path, errors: p.errors, first: p.first }),
    t('Run br lint to see every problem; nothing was changed.'),
  ]),
  CHANGE_REFUSED: entry(EXIT.planErrors, (p: { first: string; remedy: string }) => [t('Refused, nothing was changed: {first}', { first: p.first }), p.remedy]),
  NOTHING_IMPORTED: entry(EXIT.planErrors, (p: { source: string }) => [
    t('{source} gives no usable plan.', { source: p.source }),
    t('See the problems above; --fix repairs what can be repaired.'),
  ]),

  LOCKED: entry(EXIT.notWritable, (p: { path: string; holder: string; waitedMs: number }) => [
    t('The plan is locked by {holder} ({path}).', { holder: p.holder, path: p.path }),
    t('Wait for it to end, then try again.'),
  ]),
  LOCK_LOST: entry(EXIT.notWritable, (p: { path: string }) => [t('The lock {path} was taken away while br was working; nothing was written.', { path: p.path }), t('Try again.')]),
  NOT_WRITABLE: entry(EXIT.notWritable, (p: { path: string; reason: string }) => [
    t('{path} cannot be written: {reason}. The old content is untouched.', { path: p.path, reason: p.reason }),
    undefined,
  ]),

  NOT_SIGNED_IN: entry(EXIT.denied, (p: { baseUrl: string }) => [t('You are not signed in to {baseUrl}.', { baseUrl: p.baseUrl }), t('Run br login, or set BUILDRUNNER_API_KEY.')]),
  CREDENTIALS_UNREADABLE: entry(EXIT.denied, (p: { path: string; reason: string }) => [
    t('The credentials in {path} cannot be read: {reason}.', { path: p.path, reason: p.reason }),
    t('Run br login again; it writes the file anew.'),
  ]),
  NO_LOCAL_SERVER: entry(EXIT.notFound, (p: { path: string }) => [
    t('No started server was found: there is no {path}.', { path: p.path }),
    t('Start one with npm start, or name its local.json: br login --local PATH.'),
  ]),
  KEY_MALFORMED: entry(EXIT.usage, (_: object) => [t('That does not look like an API key.'), t('A key begins with br_ and has no spaces.')]),

  PIN_UNREADABLE: entry(EXIT.notWritable, (p: { path: string; reason: string }) => [
    t('The pinned checkpoints in {path} cannot be read: {reason}.', { path: p.path, reason: p.reason }),
    t('Bring the file back from a copy: without it nothing older can be proven. --no-pin verifies without it.'),
  ]),
  NOT_AN_EXPORT: entry(EXIT.usage, (p: { path: string; reason: string }) => [t('{path}: {reason}', { path: p.path, reason: p.reason }), t('br audit export writes one.')]),

  NOT_TRUSTED: entry(EXIT.notTrusted, (p: { what: string; digest: string; given?: string }) => [
    p.given === undefined ? t('The plan would do what you have not agreed to: {what}; nothing was run.', { what: p.what }) : t('The digest {given} is not that of this plan; nothing was run.', { given: p.given }),
    t('Read what it would do and agree: br qa trust. Where nobody can be asked: --trust {digest}, or BR_TRUST.', { digest: p.digest }),
  ]),
  NO_CRITERION: entry(EXIT.notFound, (p: { item: string; criterion: string; similar: readonly string[] }) => [
    t('"{item}" has no criterion "{criterion}".', { item: p.item, criterion: p.criterion }),
    p.similar.length > 0 ? t('Did you mean {similar}?', { similar: list(p.similar) }) : t('br plan show {item} lists them.', { item: p.item }),
  ]),

  PROJECT_UNKNOWN: entry(EXIT.usage, (_: object) => [
    t('No project is named, and plan.json is not linked to one.'),
    t('Pass --project with an id or slug (br projects list), or make one with br projects create NAME --link.'),
  ]),
  PROJECT_NOT_CACHED: entry(EXIT.notFound, (p: { projectId: string }) => [
    t('This device has no copy of project {projectId} to work on offline.', { projectId: p.projectId }),
    t('Fetch one while the server can be reached: br sync, in the folder of its plan or with --project.'),
  ]),
  PROJECT_MISMATCH: entry(EXIT.usage, (p: { linked: string; given: string; source: string }) => [
    t('plan.json is linked to project {linked}, but {source} names {given}; nothing was sent.', { linked: p.linked, source: p.source, given: p.given }),
    t('Leave it out to sync with the linked project. To move the plan to another project, remove "x-sync" from plan.json first.'),
  ]),
  SYNC_BASE_GONE: entry(EXIT.notFound, (p: { projectId: string; sequence: number }) => [
    t('The server has no state {sequence} of project {projectId}, which plan.json was last synced at.', { sequence: p.sequence, projectId: p.projectId }),
    t('Are you signed in to the right server (br status)? If the project is new, remove "x-sync" from plan.json and sync again.'),
  ]),
  SYNC_UNSETTLED: entry(EXIT.conflicts, (p: { attempts: number }) => [
    t('plan.json was changed {attempts} times while br was syncing; nothing was lost.', { attempts: p.attempts }),
    t('Run br sync again when the file is quiet.'),
  ]),
  SERVER_HAS_NEWS: entry(EXIT.conflicts, (p: { changes: number; conflicts: number }) => [
    p.conflicts > 0
      ? t('The server has {changes, plural, one {# change} other {# changes}} and {conflicts, plural, one {# conflict} other {# conflicts}} that plan.json does not have; nothing was pushed.', { changes: p.changes, conflicts: p.conflicts })
      : t('The server has {changes, plural, one {# change} other {# changes}} that plan.json does not have; nothing was pushed.', { changes: p.changes }),
    t('Run br sync, or br sync --pull first.'),
  ]),
  CONFLICT_UNKNOWN: entry(EXIT.notFound, (p: { item: string; conflicts: readonly string[] }) => [
    t('There is no conflict at {item}.', { item: p.item }),
    p.conflicts.length > 0 ? t('In conflict: {conflicts}.', { conflicts: list(p.conflicts) }) : t('There are no conflicts: run br sync without --keep.'),
  ]),
  WRITE_UNKNOWN: entry(EXIT.notFound, (p: { id: string; matches: number }) => [
    p.matches === 0 ? t('No queued write has the id {id}.', { id: p.id }) : t('{matches} queued writes have an id that begins with {id}.', { matches: p.matches, id: p.id }),
    t('br queue status lists them.'),
  ]),
  EDITOR_MISSING: entry(EXIT.usage, (_: object) => [t('There is no editor to open: neither VISUAL nor EDITOR is set.'), t('Name the change by options instead, or set EDITOR.')]),
  EDITOR_FAILED: entry(EXIT.usage, (p: { editor: string; status: string }) => [t('The editor "{editor}" ended with {status}; nothing was changed.', { editor: p.editor, status: p.status })]),
  REMOTE_PLAN_UNREADABLE: entry(EXIT.unexpected, (p: { first: string }) => [
    t('What the server sent does not make a valid plan: {first}; nothing was written.', { first: p.first }),
    t('Report this with the output of br health check.'),
  ]),
} as const

export type ErrorCode = keyof typeof ERRORS
export type ErrorParameters<C extends ErrorCode> = Parameters<(typeof ERRORS)[C]['text']>[0]
