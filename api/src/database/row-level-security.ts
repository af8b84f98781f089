/** Makes the policies of row-level security, and the role that they hold for where the connecting one is exempt from them. */
import { APP_ROLE, rowsOf, UNPROTECTED_TABLES } from '@buildrunner/schema/shared/row-level-security'
import type { ClientBase, Pool } from 'pg'

const POLICY = 'organisation'

/** Tables whose rows belong to an organisation. */
const TABLES = `SELECT c.oid, c.relname, a.attname AS column_name, c.relrowsecurity AND c.relforcerowsecurity AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = c.oid AND p.polname = '${POLICY}') AS protected
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND NOT a.attisdropped AND a.attname = CASE c.relname WHEN 'organisations' THEN 'id' ELSE 'organisation_id' END
  WHERE c.relkind IN ('r', 'p') AND c.relnamespace = current_schema()::regnamespace AND c.relname <> ALL (ARRAY[${Object.keys(UNPROTECTED_TABLES).map((name) => `'${name}'`).join(', ')}])`

/** Of a release that changes the condition, a migration drops the old policies first. */
const POLICIES = `DO $$ DECLARE t record; BEGIN
  FOR t IN SELECT * FROM (${TABLES}) AS tables WHERE NOT protected LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', t.relname);
    EXECUTE format('DROP POLICY IF EXISTS ${POLICY} ON %I', t.relname);
    EXECUTE format($policy$CREATE POLICY ${POLICY} ON %I USING (${rowsOf('%I')})$policy$, t.relname, t.column_name);
  END LOOP;
EXCEPTION WHEN insufficient_privilege THEN NULL; END $$`

/** A role belongs to the cluster: another database's server may be making it at the same moment. */
const ROLE = `DO $$ DECLARE me pg_roles; t record; BEGIN
  SELECT * INTO me FROM pg_roles WHERE rolname = current_user;
  IF NOT (me.rolsuper OR me.rolbypassrls) THEN RETURN; END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${APP_ROLE}') THEN
    BEGIN CREATE ROLE ${APP_ROLE} NOLOGIN; EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END;
    IF NOT me.rolsuper THEN GRANT ${APP_ROLE} TO CURRENT_USER; END IF;
  END IF;
  EXECUTE format('GRANT USAGE ON SCHEMA %I TO ${APP_ROLE}', current_schema());
  FOR t IN SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND relnamespace = current_schema()::regnamespace AND NOT has_table_privilege('${APP_ROLE}', oid, 'DELETE') LOOP
    EXECUTE format('GRANT SELECT, INSERT, UPDATE, DELETE ON %I TO ${APP_ROLE}', t.relname);
  END LOOP;
EXCEPTION WHEN insufficient_privilege THEN NULL; END $$`

/**
 * Protects every table that has an `organisation_id`, those of new migrations too, and changes nothing where all of it stands.
 * It needs no privilege beyond those of the tables' owner and stops nothing: what could not be done is told by `unprotectedTables`.
 *
 * @param client connected as who migrates
 */
export async function protectRows(client: ClientBase): Promise<void> {
  await client.query(POLICIES)
  await client.query(ROLE)
}

/** Tables whose rows Postgres would show to every organisation over this pool, by name. */
export async function unprotectedTables(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ relname: string }>(`SELECT relname FROM (${TABLES}) AS tables WHERE NOT protected OR NOT row_security_active(oid) ORDER BY relname`)
  return rows.map(({ relname }) => relname)
}
