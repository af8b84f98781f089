/** A table of things of one kind. On a narrow screen it scrolls on its own, by keyboard too. */
import type { Key, ReactNode } from 'react'

export interface Column<Row> {
  readonly id: string
  readonly label: string
  /** Numbers stand at the right. */
  readonly numeric?: boolean
  /** The name of its row. */
  readonly heading?: boolean
  cell(row: Row): ReactNode
}

interface DataTableProps<Row> {
  /** What the table holds; shown above it unless `hideCaption`. */
  readonly caption: string
  readonly hideCaption?: boolean
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
  keyOf(row: Row): Key
}

export function DataTable<Row>({ caption, hideCaption = false, columns, rows, keyOf }: DataTableProps<Row>): ReactNode {
  return (
    <div className="table-scroll" tabIndex={0} role="region" aria-label={caption}>
      <table className="table">
        <caption className={hideCaption ? 'visually-hidden' : undefined}>{caption}</caption>
        <thead>
          <tr>{columns.map(({ id, label, numeric }) => <th key={id} scope="col" className={numeric ? 'numeric' : undefined}>{label}</th>)}</tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map(({ id, numeric, heading, cell }) => (heading ? <th key={id} scope="row">{cell(row)}</th> : <td key={id} className={numeric ? 'numeric' : undefined}>{cell(row)}</td>))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
