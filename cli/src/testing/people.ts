/** People who sign up with `br`, and the mail that the server shows in its mailbox instead of sending it. */
import { expect } from 'vitest'
import type { RunOptions, TestCli } from './br.ts'
import type { TestServer } from './server.ts'

/** With a line feed: passwords come from a pipe. */
export const PASSWORD = 'correct horse battery staple\n'

/** The newest mail, as its page shows it. */
export async function newestMail({ baseUrl }: TestServer): Promise<string> {
  const list = await (await fetch(`${baseUrl}/mailbox`)).text()
  const numbers = [...list.matchAll(/\/mailbox\/(\d+)/g)].map(([, number]) => Number(number))
  return (await fetch(`${baseUrl}/mailbox/${Math.max(...numbers)}`)).text()
}

/** Opens the link of the newest mail, which proves that an address is somebody's. */
export async function openMailedLink(server: TestServer): Promise<void> {
  const link = new URL(/href="(http[^"]+verify-email[^"]+)"/.exec(await newestMail(server))?.[1] ?? '')
  await fetch(`${server.baseUrl}${link.pathname}`, { method: 'POST', body: link.searchParams })
}

/** Signs somebody up, up to a `br` that is signed in as them. */
export async function signUp(cli: TestCli, server: TestServer, { email, name }: { email: string; name: string }): Promise<void> {
  const there = ['--base-url', server.baseUrl]
  const as = async (args: string[], options: RunOptions) => expect(await cli.run([...args, ...there], options), args.join(' ')).toMatchObject({ code: 0 })
  await as(['auth', 'sign-up', '--email', email, '--name', name], { input: PASSWORD })
  await openMailedLink(server)
  await as(['login', '--email', email], { input: PASSWORD })
}
