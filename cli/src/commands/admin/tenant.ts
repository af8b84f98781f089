/** `br admin tenant`: sets tier and extra seats of an organisation. */
import { examples, serverOptions, type ServerOptions } from '../../core/command.ts'
import { failure } from '../../core/errors.ts'
import { connect } from '../../server/connection.ts'
import { t } from '../../text/text.ts'
import type { Tier } from '@buildrunner/sdk'
import type { Context } from '../../core/context.ts'
import { Option, type Command } from 'commander'

export interface TenantOptions extends ServerOptions {
  tier?: string
  extraSeats?: string
}

export function define(command: Command): void {
  command
    .argument('<organisation>', 'its slug or id')
    .addOption(new Option('--tier <tier>', 'what it has paid for').choices(['free', 'pro', 'team', 'enterprise']))
    .option('--extra-seats <count>', 'seats beyond those that the tier includes')
  serverOptions(command, { project: false })
  examples(command, [['br admin tenant acme --tier team --extra-seats 5', 'what it uses beyond that stays']])
}

export async function run(context: Context, { tier, extraSeats, ...options }: TenantOptions, [organisationId = '']: string[]): Promise<void> {
  const seats = extraSeats === undefined ? undefined : Number(extraSeats)
  if (seats !== undefined && !Number.isInteger(seats)) throw failure('INVALID_VALUE', { option: '--extra-seats', value: extraSeats as string, expected: 'a count' })
  const { client, ask } = await connect(context, options)
  const { tenant } = await ask(client.admin.updateTenant({ organisationId, tier: tier?.toUpperCase() as Tier | undefined, extraSeats: seats }))
  const { green, bold } = context.out.style
  context.out.result({ tenant }, () => `${green('✓')} ${t('{slug}: {tier}, {extraSeats} extra seats', { slug: bold(tenant.slug), tier: tenant.tier.toLowerCase(), extraSeats: tenant.extraSeats })}`)
}
