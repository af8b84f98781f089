/** A command passes with exit code 0. */
import { CheckError, type Attempt, type CheckContext } from '../check.ts'
import { insideOf } from '../files.ts'
import { BoundedOutput } from '../output.ts'
import { runCommand, type CommandEnd } from '../process.ts'
import { environmentOf } from '../secrets.ts'
import type { CommandCheck } from '@buildrunner/sdk/plans'

export const DEFAULT_TIMEOUT_S = 600

export async function checkCommand({ run, cwd = '.', timeoutSeconds = DEFAULT_TIMEOUT_S, env }: CommandCheck, context: CheckContext): Promise<Attempt> {
  const folder = insideOf(context.root, cwd)
  if (folder === undefined) throw new CheckError(`there is no folder ${cwd}`)
  const output = new BoundedOutput()
  const end = await runCommand(run, {
    cwd: folder,
    env: environmentOf(context.env, env),
    timeoutMs: timeoutSeconds * 1000,
    signal: context.signal,
    onOutput: (chunk) => output.write(chunk),
  })
  return { ...judge(end, timeoutSeconds), output: output.text((text) => context.mask(text)) }
}

function judge(end: CommandEnd, timeoutSeconds: number): Attempt {
  switch (end.how) {
    case 'exit':
      return { outcome: end.code === 0 ? 'passed' : 'failed', message: `exit code ${end.code}` }
    case 'signal':
      return { outcome: 'failed', message: `ended by ${end.signal}` }
    case 'timeout':
      return { outcome: 'errored', message: `no end within ${timeoutSeconds} s` }
    case 'aborted':
      return { outcome: 'skipped', message: 'ended before it was done' }
    case 'not-started':
      return { outcome: 'errored', message: `it cannot be started: ${end.reason}` }
  }
}
