/** Asks a person whether a plan may do what it says. */
import { failure } from '../core/errors.ts'
import { permitsOf, storeTrust, trustDigest, trustedPermits, untrustedOf, type Permit, type Untrusted } from './trust.ts'
import { t } from '../text/text.ts'
import type { Context } from '../core/context.ts'
import type { Style } from '../core/style.ts'
import type { Workspace } from '../files/workspace.ts'
import type { Target } from './targets.ts'

export interface TrustOptions {
  /** The digest of what may be done; trusts it for this run alone. */
  trust?: string
}

/**
 * Makes sure that everything that is about to be done was agreed to.
 *
 * @param all every target of the plan; trust is asked for, and given by digest, for the plan as a whole
 * @throws NOT_TRUSTED without a person to ask, and where the person does not agree
 */
export async function assertTrusted(context: Context, workspace: Workspace, { all, wanted, trust }: TrustOptions & { all: readonly Target[]; wanted: readonly Target[] }): Promise<void> {
  const trusted = trustedPermits(context.env, workspace.planFile)
  if (untrustedOf(permitsOf(wanted), trusted).length === 0) return
  const permits = permitsOf(all)
  const digest = trustDigest(permits)
  const given = trust ?? context.env.BR_TRUST
  if (given === digest) return
  const untrusted = untrustedOf(permits, trusted)
  if (given !== undefined || !context.interactive) throw notTrusted(untrusted, digest, given)
  const { out } = context
  out.note(trustLines(untrusted, out.errorStyle).join('\n'))
  const { confirmPlain } = await import('../core/prompts.ts')
  if (!(await confirmPlain(t('Do you trust this plan to do that on this computer?'), { initialValue: false }))) throw failure('DECLINED', {})
  await storeTrust(context.env, workspace.planFile, permits)
}

export function notTrusted(untrusted: readonly Untrusted[], digest: string, given: string | undefined): ReturnType<typeof failure> {
  const [first] = untrusted
  const what = t('{untrusted, plural, one {# command or address} other {# commands or addresses}} (first: {what})', { untrusted: untrusted.length, what: visible(first!.permit.what) })
  return failure('NOT_TRUSTED', { what, digest, ...(given !== undefined && { given }) }, { details: { untrusted: untrusted.map(({ permit, before }) => ({ ...permit, ...(before && { before: before.what }) })) } })
}

/**
 * A text that cannot hide anything: no character moves the cursor, turns the direction of writing, takes no room, or ends the line.
 */
export const visible = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}]/gu, (char) => (char === '\n' ? '\\n' : char === '\t' ? '\\t' : `\\u{${char.codePointAt(0)!.toString(16)}}`))

function permitText({ kind, what, cwd, env }: Permit): string {
  const details = [...(cwd === undefined ? [] : [t('in {cwd}', { cwd: visible(cwd) })]), ...(env === undefined || env.length === 0 ? [] : [t('with the secrets {env}', { env: env.map(visible).join(', ') })])]
  return `${kind === 'http' ? 'GET ' : '$ '}${visible(what)}${details.length === 0 ? '' : `  (${details.join(', ')})`}`
}

/** What a plan would do, a block a criterion. */
export function trustLines(untrusted: readonly Untrusted[], style: Style): string[] {
  const lines = untrusted.flatMap(({ permit, before }) => [
    `  ${style.bold(visible(permit.item))} ${style.dim(`› ${visible(permit.criterion)}`)}`,
    `    ${style.yellow(permitText(permit))}`,
    ...(before === undefined ? [] : [`    ${style.dim(t('before: {before}', { before: permitText(before) }))}`]),
  ])
  const changed = untrusted.some(({ before }) => before !== undefined)
  return [changed ? t('This plan was changed. Its checks now do what you have not agreed to:') : t('The checks of this plan do on this computer:'), '', ...lines, '']
}
