/** The baseline: `node:http` and `pg`, one statement a request, whose JSON goes out as it comes from Postgres. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { BARE_STATEMENTS } from './bare-statements.ts'

const pool = new pg.Pool({ connectionString: process.argv[2], max: 4 })

const server = createServer((req, res) => {
  const chunks: Buffer[] = []
  req.on('data', (chunk: Buffer) => chunks.push(chunk))
  req.on('end', () => {
    const name = (req.url ?? '/').slice(1) as keyof typeof BARE_STATEMENTS
    const values = JSON.parse(Buffer.concat(chunks).toString('utf8')) as unknown[]
    pool.query({ name, text: BARE_STATEMENTS[name], values }).then(
      (result) => res.writeHead(200, { 'content-type': 'application/json' }).end((result.rows[0] as { json: string }).json),
      (error: unknown) => res.writeHead(500).end(String(error)),
    )
  })
})
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
