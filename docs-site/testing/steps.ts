/** Steps that several walks through the console share. */
import type { Page } from 'playwright-core'
import { eventually } from './stage.ts'
import type { Stage } from './stage.ts'

/** A row of the plan. */
export const rowOf = (page: Page, id: string) => page.locator(`[role="row"][data-id="${id}"]`)

/** Nothing waits any more, and the server's events are followed. */
export const drained = (page: Page): Promise<void> => page.locator('.connection[data-connection="online"]:not([data-waiting])').waitFor()

/** The page that a heading names is there. */
export const heading = (page: Page, name: string): Promise<void> => page.getByRole('heading', { level: 1, name }).waitFor()

/** Goes to another page of the console, as a link does: what is open stays loaded. */
export const goTo = (page: Page, hash: string): Promise<void> => page.evaluate((to) => location.assign(to), hash)

/** Types into the field that has the focus, and goes to the next one. */
export async function fill(page: Page, ...values: readonly string[]): Promise<void> {
  for (const value of values) {
    await page.keyboard.type(value)
    await page.keyboard.press('Tab')
  }
}

/** Where the link with a token in the newest mail leads, below the server. @param to of those to this address alone */
export function mailedPath({ mails, apiUrl }: Stage, to?: string): string {
  const mail = mails.findLast((one) => to === undefined || one.to === to)
  return new URL(/https?:\/\/\S+token=\S+/.exec(mail?.text ?? '')?.[0] ?? '').href.slice(apiUrl.length)
}

/** A new title for a row that is shown, by keyboard. */
export async function retitle(page: Page, id: string, title: string): Promise<void> {
  await rowOf(page, id).focus()
  await page.keyboard.press('F2')
  await eventually(() => page.evaluate(() => document.activeElement?.tagName)).toBe('INPUT')
  await page.keyboard.type(title)
  await page.keyboard.press('Enter')
  await rowOf(page, id).getByText(title).waitFor()
}
