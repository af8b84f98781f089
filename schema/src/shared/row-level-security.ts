/**
 * Row-level security: behind the checks of the services, Postgres itself hides the rows of other organisations from a statement
 * of a request, and refuses to write them.
 *
 * A statement names its organisation in a setting that ends with its transaction (`database.ts` sends both together). The
 * policy of every table with an `organisation_id` lets a row through that is of this organisation; where none is named, every
 * row, so that migrations, jobs and the looking up of credentials need no privilege of their own. The policies are made by
 * `protectRows` after the migrations, for new tables too.
 *
 * What it does not defend against: whoever can send any SQL can also name another organisation, or none.
 */
import type pg from 'pg'
import type { Actor } from '../context.ts'

/** Whom statements run as where the connecting role is exempt from policies (superusers, BYPASSRLS). */
export const APP_ROLE = 'buildrunner_app'

export const ORGANISATION_SETTING = 'buildrunner.organisation_id'

/** A sub-select is evaluated once for a statement, not once for a row. */
const NAMED = `(SELECT NULLIF(current_setting('${ORGANISATION_SETTING}', true), '')::uuid)`

/**
 * The condition of a policy. Not `NAMED IS NULL OR column = NAMED`: of that Postgres expects that hardly any row passes, and joins
 * the one row of `plan_items` that it then expects with a batch of updates row by row, which takes seconds for 500 in 10,000.
 */
export const rowsOf = (column: string): string => `COALESCE(${column} = ${NAMED}, ${NAMED} IS NULL)`

/** Tables with an `organisation_id` that have no policy, and why. */
export const UNPROTECTED_TABLES: Readonly<Record<string, string>> = {
  sessions: 'A session is its person\'s: they list and end those in all of their organisations, and it moves from one to another.',
  idempotency_records: 'A key is its actor\'s, in whatever organisation: its second use must find the first one.',
}

/** Statements of a request that reach other organisations than its own, and why. */
export const ACROSS_ORGANISATIONS = {
  person: 'Password, second factor, sessions and memberships are the person\'s own, in all of their organisations; what becomes of them is recorded in the platform\'s chain.',
  invitation: 'Who accepts one is not yet a member of the organisation that it is to.',
} as const satisfies Readonly<Record<string, string>>

export type AcrossOrganisations = keyof typeof ACROSS_ORGANISATIONS

/**
 * The organisation that a request is confined to. Null, for every organisation:
 * - nobody is signed in: what they ask for (signing in, a mailed link) finds its organisation by what they know;
 * - a restricted session has no organisation yet;
 * - the operator's people work across organisations.
 *
 * What no request asked for (jobs, the set-up, verifying a key) is not confined either.
 */
export const organisationOf = (actor: Actor | null): string | null =>
  actor === null || actor.restriction !== null || actor.platformRole !== null ? null : actor.organisationId

/** Names the organisation. Its answer has no rows: it travels before another statement, and what is answered is the other's. */
export const SCOPE = {
  name: 'scope',
  text: `SELECT FROM set_config('${ORGANISATION_SETTING}', $1::text, true) AS named WHERE named IS NULL`,
}

/** The role may be missing, or not granted: the server tells when it starts. */
const BECOME_APP_ROLE = `DO $$ BEGIN
  IF (SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user) THEN SET ROLE ${APP_ROLE}; END IF;
EXCEPTION WHEN invalid_parameter_value OR insufficient_privilege THEN NULL; END $$`

/** Makes a new connection of a pool one that policies hold for and that organisations can be named on. */
export async function confineConnection(client: pg.ClientBase): Promise<void> {
  await client.query(BECOME_APP_ROLE)
  await client.query({ ...SCOPE, values: [''] })
}
