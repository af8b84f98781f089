/** Our server with everything that the audit log costs: records in every write, and the sequencer that chains and signs them. */
import { createSigner, newSigningKey, readSigningKey } from '@buildrunner/schema/audit/signing'
import pino from 'pino'
import type { AddressInfo } from 'node:net'
import { createPool } from '../src/database/pool.ts'
import { createHttpServer } from '../src/server.ts'
import { UNLIMITED } from './unlimited.ts'

const pool = createPool(process.argv[2] as string, { max: 4 })
const { server } = await createHttpServer({
  pool, operator: UNLIMITED, logger: pino({ level: 'error' }, pino.destination(2)), version: 'bench', migrations: () => Promise.reject(new Error('not part of this bench')),
  auditSigner: process.argv[3] === 'sealed' ? createSigner(readSigningKey(newSigningKey())) : undefined,
})
server.listen(0, '127.0.0.1', () => console.log((server.address() as AddressInfo).port))
