/** Our server with the built site: `serve-site.ts <database> <folder>`. */
import type { AddressInfo } from 'node:net'
import pino from 'pino'
import { UNLIMITED } from '../../api/bench/unlimited.ts'
import { createPool } from '../../api/src/database/pool.ts'
import { createHttpServer } from '../../api/src/server.ts'

const [databaseUrl, site] = process.argv.slice(2) as [string, string]
const pool = createPool(databaseUrl, { max: 4 })
const { server } = await createHttpServer({ pool, site, operator: UNLIMITED, logger: pino({ level: 'error' }, pino.destination(2)), version: 'bench', migrations: () => Promise.reject(new Error('not part of this bench')) })
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
process.on('SIGINT', () => process.exit(0))
