import { isAbsolute, join } from 'node:path'
import { VAULT_KEY_BYTES } from '@buildrunner/schema/shared/vault'
import { readSigningKey } from '@buildrunner/schema/audit/signing'
import { parseAllowedTargets } from '@buildrunner/schema/webhooks/addresses'
import { parseTrustedProxies } from './client-address.ts'
import { parseProbeAddresses } from './health/http-probe.ts'
import { parseS3Url } from './s3-url.ts'

/** One environment variable: the single source for parsing, `npm run verify:env`, `.env.example` and the table in the README. */
export interface Variable<Value> {
  purpose: string
  /** As one would write it; absent when there is none. */
  default?: string
  /** Shown instead of the default where that depends on others. */
  unset?: string
  /** Never shown in full. */
  secret?: boolean
  /** Who reads it. */
  readBy: 'server' | 'cli' | 'tests'
  /** @throws Error that says what the value must be */
  parse(value: string, root: string): Value
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const
export type LogLevel = (typeof LOG_LEVELS)[number]

const text = (value: string): string => value

function integer(min: number, max: number) {
  return (value: string): number => {
    const number = Number(value)
    if (!/^\d+$/.test(value) || number < min || number > max) throw new Error(`must be a whole number from ${min} to ${max}`)
    return number
  }
}

function url(protocols: string[], example: string) {
  return (value: string): string => {
    const parsed = URL.canParse(value) ? new URL(value) : undefined
    if (!parsed || !protocols.includes(parsed.protocol)) throw new Error(`must be an address like ${example}`)
    return value
  }
}

function postgresUrl(value: string): string {
  const example = 'postgresql://user:password@host:5432/database'
  const { pathname, searchParams } = new URL(url(['postgresql:', 'postgres:'], example)(value))
  if (pathname.length < 2) throw new Error(`names no database: it must be an address like ${example}`)
  const schema = searchParams.get('schema') ?? 'public'
  if (schema !== 'public') throw new Error('names another schema than public, where all tables are: give BuildRunner a database of its own')
  return value
}

function host(value: string): string {
  if (!/^([a-z0-9]([a-z0-9.-]*[a-z0-9])?|[0-9a-f:]+)$/i.test(value)) throw new Error('must be a host name or an IP address, without a port, such as 127.0.0.1')
  return value
}

function sender(value: string): string {
  if (!/^(?:[^<>@\r\n]* )?<?[^\s<>@]+@[^\s<>@]+>?$/.test(value)) throw new Error('must be an address like BuildRunner <no-reply@example.com>')
  return value
}

function vaultKey(value: string): Buffer {
  const key = Buffer.from(value, 'base64')
  if (key.length !== VAULT_KEY_BYTES) throw new Error(`must be ${VAULT_KEY_BYTES} bytes in base64`)
  return key
}

function oneOf<Value extends string>(...values: Value[]) {
  return (value: string): Value => values.find((known) => known === value) ?? fail(`must be one of ${values.join(', ')}`)
}

function fail(message: string): never {
  throw new Error(message)
}

function variable<Value>(definition: Variable<Value>): Variable<Value> {
  return definition
}

export const VARIABLES = {
  PORT: variable({ purpose: 'Port to listen on; 0 takes any free one.', default: '4000', readBy: 'server', parse: integer(0, 65535) }),
  HOST: variable({
    purpose: 'Address to listen on. 0.0.0.0 lets other machines in: put TLS in front of it.', default: '127.0.0.1', readBy: 'server', parse: host,
  }),
  DATABASE_URL: variable({
    purpose: 'A Postgres 15 or newer to use instead of the embedded one.', unset: 'embedded Postgres', secret: true, readBy: 'server', parse: postgresUrl,
  }),
  DATABASE_REPLICA_URL: variable({
    purpose: 'A streaming replica of DATABASE_URL, which answers queries while the primary is away; changes are refused until it is back.', unset: 'none', secret: true,
    readBy: 'server', parse: postgresUrl,
  }),
  DATABASE_POOL_SIZE: variable({
    purpose: 'Connections to the database that one server process keeps at most.', default: '10', readBy: 'server', parse: integer(2, 1000),
  }),
  REDIS_URL: variable({
    purpose: 'A Redis over which several server processes share events and rate limits.', unset: 'one process alone', secret: true, readBy: 'server',
    parse: url(['redis:', 'rediss:'], 'redis://host:6379'),
  }),
  PUBLIC_URL: variable({
    purpose: 'Address of the server as people reach it, for links in mails.', unset: 'where it listens', readBy: 'server',
    parse: (value) => url(['http:', 'https:'], 'https://plans.example.com')(value).replace(/\/+$/, ''),
  }),
  SMTP_URL: variable({
    purpose: 'Mail server that delivers what the server mails.', unset: 'a mail-box at /mailbox, where only this machine reaches the server', secret: true, readBy: 'server',
    parse: url(['smtp:', 'smtps:'], 'smtp://user:password@host:587'),
  }),
  MAIL_FROM: variable({ purpose: 'Sender of what the server mails.', default: 'BuildRunner <no-reply@localhost>', readBy: 'server', parse: sender }),
  VAULT_ENCRYPTION_KEY: variable({
    purpose: 'Key that stored secrets are encrypted with, 32 bytes in base64; all processes of one database need the same. Make one: openssl rand -base64 32.',
    unset: 'vault.key in BUILDRUNNER_DATA_DIR', secret: true, readBy: 'server', parse: vaultKey,
  }),
  BUILDRUNNER_DATA_DIR: variable({
    purpose: 'Folder of the embedded database and of local.json, absolute or from the root of the checkout.', default: '.buildrunner', readBy: 'server',
    parse: (value, root) => (isAbsolute(value) ? value : join(root, value)),
  }),
  BUILDRUNNER_POLICY: variable({
    purpose: "The operator's policy (tiers, rates, bounds), absolute or from the root of the checkout.", unset: 'governance/policy.yml', readBy: 'server',
    parse: (value, root) => (isAbsolute(value) ? value : join(root, value)),
  }),
  TRUSTED_PROXIES: variable({
    purpose: 'Proxies in front of the server, whose `X-Forwarded-For` says where a request comes from: how many there are, or their addresses and networks ' +
      '(`10.0.0.0/8, 192.0.2.7`).',
    unset: 'none, the header counts for nothing', readBy: 'server', parse: parseTrustedProxies,
  }),
  AUDIT_SIGNING_KEY: variable({
    purpose: 'Ed25519 key that signs checkpoints of the audit log: PKCS#8, as PEM or base64. The same for all processes on a database.',
    unset: 'a key in the data folder', secret: true, readBy: 'server', parse: readSigningKey,
  }),
  AUDIT_EXPORT_S3_URL: variable({
    purpose: 'Bucket of an S3-compatible store, and a prefix in it, that the audit log is exported to every night: https://KEY:SECRET@host/bucket/prefix?region=eu-west-1',
    unset: 'no export', secret: true, readBy: 'server', parse: parseS3Url,
  }),
  WEBHOOKS_ALLOW_PRIVATE: variable({
    purpose: 'Where webhooks may lead to beside the public internet, over http too: networks, addresses and host names (`10.0.0.0/8, 127.0.0.1, hooks.internal`).',
    unset: 'the public internet alone, over https', readBy: 'server', parse: parseAllowedTargets,
  }),
  HEALTH_MODEL_PROVIDER_URLS: variable({
    purpose: 'Addresses of model providers that the health check asks (GET), with commas between them; credentials in front of the host: `https://:TOKEN@api.example.com/v1/models` ' +
      '(a bearer token) or `https://USER:PASSWORD@host/path`.',
    unset: 'none is asked', secret: true, readBy: 'server', parse: parseProbeAddresses,
  }),
  HEALTH_ISSUE_TRACKER_URLS: variable({
    purpose: 'Addresses of issue trackers that the health check asks, likewise: `https://:TOKEN@api.github.com/rate_limit`.', unset: 'none is asked', secret: true, readBy: 'server',
    parse: parseProbeAddresses,
  }),
  HEALTH_DESIGN_PROVIDER_URLS: variable({
    purpose: 'Addresses of design providers that the health check asks, likewise.', unset: 'none is asked', secret: true, readBy: 'server', parse: parseProbeAddresses,
  }),
  LOG_LEVEL: variable({ purpose: `What to log: ${LOG_LEVELS.join(', ')}.`, default: 'info', readBy: 'server', parse: oneOf(...LOG_LEVELS) }),
  TRUSTED_DOCUMENTS: variable({
    purpose: 'Whether GraphQL text of one\'s own is executed: optional (it is), or only (nothing but the operations that releases of the SDK send; ' +
      'text needs a key with the scope graphql.text).',
    default: 'optional', readBy: 'server', parse: oneOf('optional', 'only'),
  }),
  BUILDRUNNER_API_KEY: variable({ purpose: 'Key that br and the SDK sign in with.', unset: 'the key of br login', secret: true, readBy: 'cli', parse: text }),
  BUILDRUNNER_BASE_URL: variable({
    purpose: 'Server that br and the SDK talk to.', default: 'http://127.0.0.1:4000', readBy: 'cli', parse: url(['http:', 'https:'], 'http://127.0.0.1:4000'),
  }),
  BUILDRUNNER_PROJECT_ID: variable({
    purpose: 'Project that br and the SDK work on: its id or slug.', unset: 'the project in plan.json', readBy: 'cli', parse: text,
  }),
  BUILDRUNNER_LANG: variable({
    purpose: 'Language that br speaks: en, es, fr or de (also --lang). With --json it is English.', unset: 'LC_ALL, LC_MESSAGES or LANG', readBy: 'cli', parse: text,
  }),
  TEST_DATABASE_URL: variable({
    purpose: 'A Postgres on which npm test may create databases, instead of an embedded one.', unset: 'embedded Postgres', secret: true, readBy: 'tests',
    parse: postgresUrl,
  }),
}

export type VariableName = keyof typeof VARIABLES
export type VariableValue<Name extends VariableName> = ReturnType<(typeof VARIABLES)[Name]['parse']>
/** Names and definitions, for what treats all variables alike. */
export const VARIABLE_LIST = Object.entries(VARIABLES) as [VariableName, Variable<unknown>][]
