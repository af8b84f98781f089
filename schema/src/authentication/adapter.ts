/**
 * better-auth's storage over our own statements: what it reads and writes is part of the transaction that the given database is
 * in, and so commits with the audit record.
 */
import { hash } from 'node:crypto'
import { createAdapterFactory } from 'better-auth/adapters'
import type { CleanedWhere, CustomAdapter } from 'better-auth/adapters'
import { statement } from '../shared/database.ts'
import type { Database } from '../shared/database.ts'

type Row = Record<string, unknown>

const OPERATORS: Readonly<Partial<Record<CleanedWhere['operator'], string>>> = { eq: '=', ne: '<>', lt: '<', lte: '<=', gt: '>', gte: '>=' }

/** Names come from better-auth's schema, never from a request; quoting them is a second lock. */
const quote = (name: string): string => `"${name.replaceAll('"', '""')}"`

class Values {
  readonly list: unknown[] = []
  add(value: unknown): string {
    return `$${this.list.push(value)}`
  }
}

function condition({ field, operator, value }: CleanedWhere, values: Values): string {
  const column = quote(field)
  if (value === null) return `${column} IS ${operator === 'ne' ? 'NOT ' : ''}NULL`
  if (operator === 'in' || operator === 'not_in') {
    // compared as text: one form for identifiers and words, whatever the type of the column
    const list = `ANY(${values.add(value)}::text[])`
    return operator === 'in' ? `${column}::text = ${list}` : `NOT (${column}::text = ${list})`
  }
  const sign = OPERATORS[operator]
  if (sign === undefined) throw new Error(`better-auth asks for ${operator}, which nothing here needs`)
  return `${column} ${sign} ${values.add(value)}`
}

const conditions = (where: readonly CleanedWhere[] | undefined, values: Values): string =>
  where === undefined || where.length === 0 ? 'true' : where.map((each, index) => `${index === 0 ? '' : `${each.connector} `}${condition(each, values)}`).join(' ')

const assignments = (update: Row, values: Values): string => Object.entries(update).map(([column, value]) => `${quote(column)} = ${values.add(value)}`).join(', ')

type ColumnOf = (of: { model: string; field: string }) => string

/** Conditions and rows come with the names of columns, only the order with better-auth's own. */
function operations(db: Database, columnOf: ColumnOf): CustomAdapter {
  const run = <Result>(text: string, { list }: Values): Promise<Result[]> => db.query(statement<Result>(`better-auth:${hash('sha256', text).slice(0, 24)}`, text), list)
  const update = (model: string, where: CleanedWhere[], change: Row): Promise<Row[]> => {
    const values = new Values()
    return run(`UPDATE ${quote(model)} SET ${assignments(change, values)} WHERE ${conditions(where, values)} RETURNING *`, values)
  }
  const remove = (model: string, where: CleanedWhere[]): Promise<Row[]> => {
    const values = new Values()
    return run(`DELETE FROM ${quote(model)} WHERE ${conditions(where, values)} RETURNING *`, values)
  }
  const find: CustomAdapter['findMany'] = ({ model, where, limit, sortBy, offset = 0 }) => {
    const values = new Values()
    const filter = conditions(where, values)
    const order = sortBy === undefined ? '' : ` ORDER BY ${quote(columnOf({ model, field: sortBy.field }))} ${sortBy.direction === 'desc' ? 'DESC' : 'ASC'}`
    return run(`SELECT * FROM ${quote(model)} WHERE ${filter}${order} LIMIT ${values.add(limit)}::int OFFSET ${values.add(offset)}::int`, values)
  }
  return {
    async create({ model, data }) {
      const values = new Values()
      const columns = Object.keys(data).map(quote).join(', ')
      const [row] = await run(`INSERT INTO ${quote(model)} (${columns}) VALUES (${Object.values(data).map((value) => values.add(value)).join(', ')}) RETURNING *`, values)
      return row as never
    },
    findMany: find,
    findOne: async ({ model, where }) => ((await find({ model, where, limit: 1 }))[0] ?? null) as never,
    async count({ model, where }) {
      const values = new Values()
      const [row] = await run<{ count: number }>(`SELECT count(*)::int AS count FROM ${quote(model)} WHERE ${conditions(where, values)}`, values)
      return row?.count ?? 0
    },
    update: async ({ model, where, update: change }) => ((await update(model, where, change as Row))[0] ?? null) as never,
    updateMany: async ({ model, where, update: change }) => (await update(model, where, change)).length,
    delete: async ({ model, where }) => void (await remove(model, where)),
    deleteMany: async ({ model, where }) => (await remove(model, where)).length,
    // only ever asked for by primary key: one row
    consumeOne: async ({ model, where }) => ((await remove(model, where))[0] ?? null) as never,
  }
}

type AdapterOf = ReturnType<typeof createAdapterFactory>

export const databaseAdapter = (db: Database): AdapterOf => (options) =>
  createAdapterFactory({
    config: {
      adapterId: 'buildrunner', supportsBooleans: true, supportsDates: true, supportsJSON: false, supportsUUIDs: true,
      transaction: (work) => db.transaction((tx) => work(databaseAdapter(tx)(options))),
    },
    adapter: ({ getFieldName }) => operations(db, getFieldName),
  })(options)
