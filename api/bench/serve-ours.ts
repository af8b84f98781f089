/** Our server, as `npm start` runs it, on a database that stands already: `serve-ours.ts <database> [<redis>]`. */
import pino from 'pino'
import type { AddressInfo } from 'node:net'
import { createPool } from '../src/database/pool.ts'
import { createHttpServer } from '../src/server.ts'
import './report-memory.ts'
import { UNLIMITED } from './unlimited.ts'

const [databaseUrl, redisUrl] = process.argv.slice(2) as [string, string?]
const pool = createPool(databaseUrl, { max: 4 })
const { server } = await createHttpServer({ pool, redisUrl, operator: UNLIMITED, logger: pino({ level: 'error' }, pino.destination(2)), version: 'bench', migrations: () => Promise.reject(new Error('not part of this bench')) })
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
process.on("SIGINT", () => process.exit(0))
