/** `br qa trust`: shows what the checks of the plan do on this computer, and lets them. */
import { examples, planFileOption, type PlanFileOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { confirmPlain } from '../../core/prompts.ts'
import { findWorkspace } from '../../files/workspace.ts'
import { loadPlan } from '../../plan/session.ts'
import { notTrusted, trustLines } from '../../qa/ask-trust.ts'
import { allTargets } from '../../qa/targets.ts'
import { permitsOf, storeTrust, trustDigest, trustedPermits, untrustedOf, type Permit } from '../../qa/trust.ts'
import { t } from '../../text/text.ts'
import type { Context } from '../../core/context.ts'
import type { Command } from 'commander'

export interface TrustCommandOptions extends PlanFileOptions {
  show?: boolean
  revoke?: boolean
}

export function define(command: Command): void {
  command
    .argument('[digest]', 'agrees without a question, if this is the digest of the plan')
    .option('--show', 'show everything that the plan does, and its digest; agree to nothing')
    .option('--revoke', 'take your trust away')
  planFileOption(command)
  examples(command, [
    ['br qa trust', 'what is new or changed, and whether you agree'],
    ['br qa trust --show', 'everything, with the digest for CI (BR_TRUST)'],
    ['br qa trust --revoke', 'ask again about everything'],
  ])
}

export async function run(context: Context, options: TrustCommandOptions, [given]: string[]): Promise<void> {
  const { out, env } = context
  const workspace = findWorkspace(context.cwd, options.file)
  const permits = permitsOf(allTargets(loadPlan(workspace).flat))
  const digest = trustDigest(permits)
  if (options.revoke === true) {
    await storeTrust(env, workspace.planFile, undefined)
    return out.result({ trusted: false, digest }, () => `${out.style.green('✓')} ${t('{displayPath} is not trusted any more', { displayPath: workspace.displayPath })}`)
  }
  const untrusted = untrustedOf(permits, trustedPermits(env, workspace.planFile))
  if (options.show === true) {
    const everything = permits.map((permit) => ({ permit }))
    return out.result({ trusted: untrusted.length === 0, digest, permits }, () => (permits.length === 0 ? t('The checks of this plan run no command and ask no address.') : [...trustLines(everything, out.style), digest]))
  }
  if (untrusted.length > 0) await agree(context, untrusted, digest, given)
  await storeTrust(env, workspace.planFile, permits)
  out.result({ trusted: true, digest, permits }, () => `${out.style.green('✓')} ${t('{displayPath} is trusted', { displayPath: workspace.displayPath })}  ${out.style.dim(countText(permits))}`)
}

/** @throws NOT_TRUSTED, DECLINED */
async function agree({ out, interactive }: Context, untrusted: ReturnType<typeof untrustedOf>, digest: string, given: string | undefined): Promise<void> {
  if (given === digest) return
  if (given !== undefined || !interactive) throw notTrusted(untrusted, digest, given)
  out.note(trustLines(untrusted, out.errorStyle).join('\n'))
  if (!(await confirmPlain(t('Do you agree?'), { initialValue: false }))) throw failure('DECLINED', {})
}

function countText(permits: readonly Permit[]): string {
  const count = (kind: Permit['kind']): number => new Set(permits.filter((permit) => permit.kind === kind).map(({ what }) => what)).size
  return `${t('{count, plural, one {# command} other {# commands}}', { count: count('command') })}, ${t('{count, plural, one {# address} other {# addresses}}', { count: count('http') })}`
}
