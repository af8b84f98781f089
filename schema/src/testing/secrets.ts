/** What an organisation or a project keeps to itself: its rows, the ids in them, and whether an answer holds any. */
import type pg from 'pg'

export interface Secrets {
  /** The UUIDs in its rows and the given texts that `text` holds, in any spelling. */
  foundIn(text: string): string[]
}

interface Column {
  table_name: string
  column_name: string
}

const UUID_COLUMNS = `SELECT c.table_name, c.column_name FROM information_schema.columns c JOIN information_schema.tables t USING (table_schema, table_name)
  WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND c.data_type = 'uuid'`
const NIL = '00000000-0000-0000-0000-000000000000'

/** Tables with a column of that name, and their UUID columns. */
async function tablesWith(pool: pg.Pool, column: string): Promise<Map<string, string[]>> {
  const { rows } = await pool.query<Column>(UUID_COLUMNS)
  const byTable = Map.groupBy(rows, (row) => row.table_name)
  return new Map([...byTable].map(([table, columns]) => [table, columns.map((row) => row.column_name)] as const).filter(([, columns]) => columns.includes(column)))
}

/**
 * @param column `organisation_id` or `project_id`
 * @param texts what else must not be seen: names, addresses
 * @param except ids that belong to others, or that everybody may know
 */
export async function secretsOf(pool: pg.Pool, column: string, id: string, texts: readonly string[] = [], except: readonly string[] = []): Promise<Secrets> {
  const found = new Set<string>([id])
  for (const [table, columns] of await tablesWith(pool, column)) {
    const { rows } = await pool.query<Record<string, string | null>>(`SELECT ${columns.map((name) => `"${name}"`).join(', ')} FROM "${table}" WHERE "${column}" = $1`, [id])
    for (const row of rows) for (const value of Object.values(row)) if (value !== null) found.add(value)
  }
  for (const known of [NIL, ...except]) found.delete(known)
  const spellings = [...found].flatMap((uuid) => [uuid, uuid.replaceAll('-', '')])
  return { foundIn: (text) => [...spellings, ...texts].filter((secret) => text.includes(secret)) }
}

/** A digest of every row of an organisation or project, by table: equal when nothing was changed. */
export async function digestRows(pool: pg.Pool, column: string, id: string): Promise<Record<string, string>> {
  const digests: Record<string, string> = {}
  for (const table of (await tablesWith(pool, column)).keys()) {
    const { rows } = await pool.query<{ digest: string }>(`SELECT md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '')) AS digest FROM "${table}" t WHERE t."${column}" = $1`, [id])
    digests[table] = rows[0]?.digest ?? ''
  }
  return digests
}
