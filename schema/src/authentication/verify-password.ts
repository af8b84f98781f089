/** Compares passwords, with the same work whether or not there is one. */
import { randomBytes } from 'node:crypto'
import type { Person } from './people.ts'
import { authentication } from './store.ts'
import type { Auth } from './store.ts'

/** A hash of nobody's password: what is compared where there is none, so that it takes as long. */
let nobody: Promise<string> | undefined
const hashOfNobody = (auth: Auth): Promise<string> => (nobody ??= auth.hash(randomBytes(32).toString('base64')))

/** True for the right password of a verified person. The work is one comparison, whoever it is. */
export async function verifyPassword(person: Person | null, password: string): Promise<boolean> {
  const auth = await authentication()
  const fits = await auth.verify({ hash: person?.password ?? (await hashOfNobody(auth)), password })
  return fits && person?.password != null && person.email_verified
}
