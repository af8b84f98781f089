import type { KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'
import { nearest } from '../../sdk/src/domain/plans/suggest.ts'
import { NO_TARGETS, type AllowedTargets } from '@buildrunner/schema/webhooks/addresses'
import { NO_PROXIES, type TrustedProxies } from './client-address.ts'
import { VARIABLES, VARIABLE_LIST, type LogLevel, type VariableName, type VariableValue } from './environment.ts'
import { StartupError } from './exit-codes.ts'
import type { ProbedSystems } from './health/health.ts'
import type { S3Location } from './s3-url.ts'

/** What the server is told from outside, parsed. */
export interface Config {
  port: number
  host: string
  /** Absent: the embedded Postgres. */
  databaseUrl?: string
  /** Absent: nothing answers while the primary is away. */
  databaseReplicaUrl?: string
  databasePoolSize: number
  redisUrl?: string
  /** Without a slash at the end. Absent: where it listens. */
  publicUrl?: string
  smtpUrl?: string
  mailFrom: string
  /** Absent: one that is kept in the data folder. */
  vaultKey?: Buffer
  /** Absolute. */
  dataDir: string
  /** Absolute. Absent: governance/policy.yml of the checkout, if it is there. */
  policyFile?: string
  trustedProxies: TrustedProxies
  /** Absent: a key in the data folder. */
  auditSigningKey?: KeyObject
  /** Absent: the audit log is not exported. */
  auditExport?: S3Location
  /** Where webhooks may lead to beside the public internet. */
  webhookTargets: AllowedTargets
  /** What the health check asks beside what the server needs. */
  probed: ProbedSystems
  logLevel: LogLevel
  /** Which GraphQL documents are executed. */
  trustedDocuments: 'optional' | 'only'
}

export type Environment = Record<string, string | undefined>

/** A variable that is unknown or holds what it cannot. */
export interface EnvironmentProblem { name: string; message: string }

/**
 * Reads the configuration from the environment, and from `.env` in `root` for what the environment does not set.
 *
 * @throws StartupError that lists every unknown and malformed variable at once
 */
export function readConfig(environment: Environment, root: string): Config {
  const { values, problems } = checkEnvironment(environment, root)
  if (problems.length > 0) {
    throw new StartupError('configuration', ['The environment is not right:', ...problems.map(({ name, message }) => `  ${name} ${message}`)].join('\n'),
      'Correct it in your shell or in .env; "npm run verify:env" lists every variable.')
  }
  const read = <Name extends VariableName>(name: Name): VariableValue<Name> | undefined => {
    const value = values[name]?.trim() || VARIABLES[name].default
    return value === undefined ? undefined : VARIABLES[name].parse(value, root) as VariableValue<Name>
  }
  return {
    port: read('PORT') ?? 0,
    host: read('HOST') ?? '',
    databaseUrl: read('DATABASE_URL'),
    databaseReplicaUrl: read('DATABASE_REPLICA_URL'),
    databasePoolSize: read('DATABASE_POOL_SIZE') ?? 0,
    redisUrl: read('REDIS_URL'),
    publicUrl: read('PUBLIC_URL'),
    smtpUrl: read('SMTP_URL'),
    mailFrom: read('MAIL_FROM') ?? '',
    vaultKey: read('VAULT_ENCRYPTION_KEY'),
    dataDir: read('BUILDRUNNER_DATA_DIR') ?? '',
    policyFile: read('BUILDRUNNER_POLICY'),
    trustedProxies: read('TRUSTED_PROXIES') ?? NO_PROXIES,
    auditSigningKey: read('AUDIT_SIGNING_KEY'),
    auditExport: read('AUDIT_EXPORT_S3_URL'),
    webhookTargets: read('WEBHOOKS_ALLOW_PRIVATE') ?? NO_TARGETS,
    probed: {
      modelProviders: read('HEALTH_MODEL_PROVIDER_URLS') ?? [], issueTrackers: read('HEALTH_ISSUE_TRACKER_URLS') ?? [], designProviders: read('HEALTH_DESIGN_PROVIDER_URLS') ?? [],
    },
    logLevel: read('LOG_LEVEL') ?? 'info',
    trustedDocuments: read('TRUSTED_DOCUMENTS') ?? 'optional',
  }
}

export function readEnvFile(root: string): Environment {
  try {
    return parseEnv(readFileSync(join(root, '.env'), 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    const { message } = error as Error
    throw new StartupError('configuration', `.env cannot be read: ${message}`, 'Make it readable for this user, or remove it.', { cause: error })
  }
}

/**
 * The environment over what `.env` sets, with every variable that nobody would read or that holds what it cannot.
 * An empty value counts as not set. In `.env`, a name that is nearly one of ours counts as a slip.
 */
export function checkEnvironment(environment: Environment, root: string): { values: Environment; problems: EnvironmentProblem[] } {
  const file = readEnvFile(root)
  const values = { ...file, ...environment }
  const problems: EnvironmentProblem[] = []
  for (const name of Object.keys(values).sort()) {
    if (name in VARIABLES) continue
    const meant = nearest(name, Object.keys(VARIABLES))
    if (!name.startsWith('BUILDRUNNER_') && !(name in file && meant)) continue
    problems.push({ name, message: `is not a variable of BuildRunner.${meant ? ` Did you mean ${meant}?` : ''}` })
  }
  for (const [name, { parse }] of VARIABLE_LIST) {
    const value = values[name]?.trim()
    if (!value) continue
    try {
      parse(value, root)
    } catch (error) {
      problems.push({ name, message: `${(error as Error).message}; it is ${mask(name, value)}.` })
    }
  }
  return { values, problems }
}

/** For people's eyes: an address without its password, the beginning of any other secret, the rest as it is. */
export function mask(name: VariableName, value: string): string {
  if (!VARIABLES[name].secret) return JSON.stringify(value)
  if (!URL.canParse(value.split(',', 1)[0] ?? '')) return value.length > 12 ? `"${value.slice(0, 4)}…"` : '"…"'
  if (value.includes(',')) return JSON.stringify(value.replace(/\/\/[^/,]*@/g, '//***@').replace(/\?[^,]*/g, '?***'))
  const url = new URL(value)
  if (url.password) url.password = '***'
  url.search = url.search && '?***'
  return JSON.stringify(url.href)
}
