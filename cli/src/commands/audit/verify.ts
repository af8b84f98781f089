/** `br audit verify`: proves the log of the server, or an export of it, against chain, signature and the checkpoints that were pinned here. */
import { ExportFormatError, verifyExport, type AuditPin, type AuditProgress, type AuditReport } from '@buildrunner/sdk/audit-log'
import * as fs from 'node:fs'
import path from 'node:path'
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { failure, systemCode } from '../../core/errors.ts'
import { EXIT } from '../../core/exit-codes.ts'
import { reasonOf } from '@buildrunner/sdk/offline/files'
import { number } from '../../plan/describe.ts'
import { connect } from '../../server/connection.ts'
import { chainOf, chainOption, type ChainOptions } from './options.ts'
import { addPin, pinFile, pinsOf, readPins } from './pins.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface VerifyOptions extends ServerOptions, ChainOptions {
  /** A file, or false for --no-pin. */
  pin?: string | false
}

export function define(command: Command): void {
  command
    .argument('[file]', 'an export to verify without a server; - reads stdin (default: the log of the server)')
    .option('--pin <file>', 'checkpoints to verify against, to which a good one is added (default: those of this server and organisation)')
    .option('--no-pin', 'use no pinned checkpoint and keep none')
  chainOption(command)
  serverOptions(command, { project: false })
  examples(command, [
    ['br audit verify', 'exit code 9 when anything was changed'],
    ['br audit verify audit.jsonl', 'without a server'],
    ['br audit verify --pin audit-pins.json', 'with checkpoints that you keep elsewhere'],
  ])
}

interface Verified {
  report: AuditReport
  /** The checkpoint was kept. */
  isPinned: boolean
}

export async function run(context: Context, options: VerifyOptions, [file]: string[]): Promise<number> {
  const given = typeof options.pin === 'string' ? path.resolve(context.cwd, options.pin) : undefined
  const pins = given === undefined ? undefined : readPins(given)
  const { report, isPinned } = file === undefined ? await verifyServer(context, options, given, pins) : await verifyFile(context, options, file, given, pins)
  context.out.result({ ...report, isPinned }, () => lines(context, report, isPinned))
  return !report.ok ? EXIT.notProven : report.records > 0 && report.verified === 0 ? EXIT.unavailable : EXIT.ok
}

const progress = ({ out }: Context) => ({ records, total }: AuditProgress): void =>
  out.progress(total === null ? t('{records} records verified', { records: number(records) }) : t('{records} of {total} records verified', { records: number(records), total: number(total) }))

async function verifyServer(context: Context, options: VerifyOptions, given: string | undefined, pins: readonly AuditPin[] | undefined): Promise<Verified> {
  const { client, ask, settings } = await connect(context, options)
  const fileOf = (organisationId: string): string => given ?? pinFile(context.env, settings.baseUrl, organisationId)
  const pinned = options.pin === false ? [] : (pins ?? ((organisationId: string) => readPins(fileOf(organisationId))))
  const report = await ask(client.audit.verify({ chain: chainOf(options), pinned, onProgress: progress(context) }))
  return { report, isPinned: options.pin !== false && (await keep(report, fileOf(report.organisationId))) }
}

async function verifyFile(context: Context, options: VerifyOptions, file: string, given: string | undefined, pins: readonly AuditPin[] | undefined): Promise<Verified> {
  const display = file === '-' ? '(stdin)' : file
  const chunks: AsyncIterable<Uint8Array> = file === '-' ? context.stdin : fs.createReadStream(path.resolve(context.cwd, file))
  const pinned = options.pin === false ? [] : (pins ?? ((organisationId: string) => pinsOf(context.env, organisationId)))
  const report = await verifyExport(chunks, { pinned, onProgress: progress(context) }).catch((error: unknown) => {
    if (error instanceof ExportFormatError) throw failure('NOT_AN_EXPORT', { path: display, reason: error.message })
    if (systemCode(error) === 'ENOENT') throw failure('FILE_NOT_FOUND', { path: display })
    if (systemCode(error) !== undefined) throw failure('FILE_NOT_READABLE', { path: display, reason: reasonOf(error) }, { cause: error })
    throw error
  })
  return { report, isPinned: given !== undefined && (await keep(report, given)) }
}

async function keep({ pin }: AuditReport, file: string): Promise<boolean> {
  if (pin !== null) await addPin(file, pin)
  return pin !== null
}

function lines({ out: { style } }: Context, report: AuditReport, isPinned: boolean): string[] {
  const { ok, records, findings, omitted, organisationId } = report
  const log = t('{records, plural, one {# record} other {# records}} of {organisationId}', { records, organisationId })
  const found = findings.map(({ kind, message, recordId }) => `${style.red('✗')} ${style.bold(kind)}  ${message}${recordId === undefined ? '' : `  ${style.dim(recordId)}`}`)
  if (!ok) return [...found, ...(omitted > 0 ? [style.dim(t('and {omitted} more', { omitted: number(omitted) }))] : []), '', `${style.red(t('✗ Not proven:'))} ${t('{findings, plural, one {# finding} other {# findings}} in {log}.', { findings: findings.length + omitted, log })}`, ...proven(report, false)]
  const head = report.verified > 0 || records === 0 ? `${style.green(t('✓ Proven:'))} ${log}.` : `${style.yellow(t('! Nothing is proven yet:'))} ${t('{log}, and no checkpoint.', { log })}`
  return [head, ...proven(report, isPinned)]
}

/** What is proven by what, and until where. */
function proven({ kind, pinned, verified, unproven, records, cutBefore, erased }: AuditReport, isPinned: boolean): string[] {
  const upTo = (from: number, to: number): string => (from === to ? t('record {from}', { from }) : t('records {from} to {to}', { from, to }))
  const signed = kind === 'partial' ? t('each is in the log of {verified} records that the server signed', { verified: number(verified) }) : verified > pinned ? isPinned ? t("{pinned}: by the server's signature, which is pinned now", { pinned: upTo(pinned + 1, verified) }) : t("{pinned}: by the server's signature", { pinned: upTo(pinned + 1, verified) }) : ''
  return [
    pinned > 0 ? t('{value}: by a checkpoint that you pinned before', { value: upTo(1, pinned) }) : '',
    verified > 0 ? signed : '',
    unproven !== null && verified > 0 ? t('{unproven}: not proven, newer than the newest checkpoint', { unproven: upTo(unproven, records) }) : '',
    cutBefore !== null ? t('the content before record {cutBefore} was cut by retention; its hashes are there and fit', { cutBefore }) : '',
    erased > 0 ? t('personal data was erased from {erased, plural, one {# record} other {# records}}; the proofs stay valid', { erased }) : '',
  ].filter((line) => line !== '').map((line) => `  ${line}`)
}
