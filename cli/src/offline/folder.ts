/** Where this device keeps what is done offline. Light: commands ask whether there is anything before they load what reads it. */
import { hash } from 'node:crypto'
import * as fs from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import type { Context } from '../core/context.ts'

/** `$XDG_DATA_HOME/buildrunner/offline/<server>`: what was written for one server is never sent to another. */
export function storeFolder({ env }: Pick<Context, 'env'>, baseUrl: string): string {
  const base = env.XDG_DATA_HOME !== undefined && path.isAbsolute(env.XDG_DATA_HOME) ? env.XDG_DATA_HOME : path.join(env.HOME ?? homedir(), '.local', 'share')
  const name = new URL(baseUrl).host.replaceAll(/[^\w.-]/g, '_')
  return path.join(base, 'buildrunner', 'offline', `${name}-${hash('sha256', baseUrl).slice(0, 8)}`)
}

export const hasStore = (context: Context, baseUrl: string): boolean => fs.existsSync(storeFolder(context, baseUrl))
