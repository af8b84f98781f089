/** The generated Prisma client, its data model for Pothos, and one way to make a client over a shared `pg` pool. */
import { PrismaPg } from '@prisma/adapter-pg'
import type pg from 'pg'
import { PrismaClient } from './_generated/client/client.ts'

export { PrismaClient } from './_generated/client/client.ts'
export type { default as PrismaTypes } from './_generated/pothos.ts'
export { getDatamodel } from './_generated/pothos.ts'

export const createPrismaClient = (pool: pg.Pool): PrismaClient => new PrismaClient({ adapter: new PrismaPg(pool) })
