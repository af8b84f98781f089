/** Codes and mailed links of an account, real ones. */
import { mutate, people, tokenIn } from '@buildrunner/schema/authentication/testing/people'
import { generate } from 'otplib'
import { EXAMPLE_PASSWORD } from '../../../api/src/rest/examples.ts'
import type { Stage } from './place.ts'

const STEP_SECONDS = 30

/** The code of this moment, or one step later: the server takes that for a whole minute from now. */
const codeAt = (secret: string, step: 'now' | 'next'): Promise<string> => generate({ secret, epoch: Math.floor(Date.now() / 1_000) + (step === 'next' ? STEP_SECONDS : 0) })

/**
 * Sets a second factor up. Where its first code is what the example gives, that code; else it is confirmed and one of its
 * recovery codes is given, since a module may run long after it was prepared.
 */
export async function codeOf({ ask, operation }: Stage): Promise<string> {
  const { secret, recoveryCodes } = await ask('enableTwoFactor', { password: EXAMPLE_PASSWORD }, 'secret recoveryCodes')
  if (operation === 'auth_confirmTwoFactor') return codeAt(secret, 'next')
  await ask('confirmTwoFactor', { code: await codeAt(secret, 'now') })
  return recoveryCodes[0]
}

/** What a mailed link holds, or what a sign-in waits for a code with. */
export async function linkOf({ workspace, operation, email, address }: Stage): Promise<string> {
  const { signUp, signIn } = people(workspace)
  if (operation === 'auth_completeSignIn') return (await signIn(email))['challenge'].token
  workspace.takeMails()
  if (operation === 'auth_verifyEmail') await signUp(address('new'))
  else await mutate(workspace, 'requestPasswordReset', { input: { email } })
  return tokenIn(workspace.takeMails()[0]?.text ?? '')
}
