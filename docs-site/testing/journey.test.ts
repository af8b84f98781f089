/** The whole way of two people through the console, in two browsers: from the account to the proof of the audit log. */
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { describeInBrowser, eventually, openStage } from './stage.ts'
import { drained, fill, goTo, heading, mailedPath, retitle, rowOf } from './steps.ts'

const stage = await openStage({ notifies: true })
const PASSWORD = 'correct horse battery staple'

interface Account {
  readonly name: string
  readonly email: string
  /** Empty for somebody who is invited. */
  readonly organisation: string
}

/** Signs up where a page asks for it, confirms the mailed link, and signs in. */
async function signUp(page: Page, { name, email, organisation }: Account): Promise<void> {
  await heading(page, 'Create an account')
  await page.getByLabel('Your name').focus()
  await fill(page, name, email, PASSWORD, organisation)
  await page.keyboard.press('Enter')
  await heading(page, 'Look at your mail')
  await page.goto(stage.apiUrl + mailedPath(stage, email))
  await heading(page, 'Confirm your address')
  await page.getByRole('button', { name: 'Confirm' }).click()
  await heading(page, 'Sign in')
  await page.locator('input[autocomplete=current-password]').fill(PASSWORD)
  await page.keyboard.press('Enter')
}

/** A project with a plan: a milestone, a step in it, a microstep in that. @returns its slug, and the key of the microstep */
async function beginPlan(page: Page): Promise<{ slug: string; key: string }> {
  await page.getByRole('button', { name: 'New project' }).first().click()
  await page.getByRole('dialog').getByLabel('Name').fill('Shop')
  await page.keyboard.press('Enter')
  await page.getByLabel('New milestone').fill('Launch')
  await page.keyboard.press('Enter')
  const row = (title: string) => page.getByRole('row').filter({ hasText: title })
  for (const [parent, title] of [['Launch', 'Pages'], ['Pages', 'Home']] as const) {
    await row(parent).focus()
    await page.keyboard.press('c')
    await page.locator('.inline-input').waitFor()
    await page.keyboard.type(title)
    await page.keyboard.press('Enter')
    await row(title).waitFor()
    await page.keyboard.press('Escape')
    await eventually(() => page.evaluate(() => document.activeElement?.textContent ?? '')).toContain(title)
  }
  await drained(page)
  const key = (await row('Home').getAttribute('data-id')) ?? ''
  return { slug: /#\/p\/([^/]+)\/plan/.exec(page.url())?.[1] ?? '', key }
}

/** Invites somebody to contribute to a project. @returns where the mailed link leads */
async function invite(page: Page, email: string, project: string): Promise<string> {
  await goTo(page, '#/members/invitations')
  await page.getByRole('button', { name: 'Invite somebody' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByLabel('E-mail address').fill(email)
  await dialog.getByLabel('Project').selectOption(project)
  await dialog.getByRole('button', { name: 'Send' }).click()
  await page.getByRole('rowheader', { name: email }).waitFor()
  return mailedPath(stage, email)
}

async function mention(page: Page, name: string): Promise<void> {
  const composer = page.getByRole('textbox', { name: 'Write a comment' })
  await composer.focus()
  await page.keyboard.type(`Please look, @${name.slice(0, 2).toLowerCase()}`)
  await page.getByRole('option', { name }).waitFor()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Control+Enter')
  await page.getByRole('article').filter({ hasText: 'Please look' }).waitFor()
}

describeInBrowser('two people', () => {
  test('sign up, plan together, edit the same offline, decide the conflict, and prove the log', async () => {
    const joan = await stage.open('/console/#/sign-up', { apiKey: null })
    await signUp(joan, { name: 'Joan', email: 'joan@example.com', organisation: 'Codes' })
    await heading(joan, 'Projects')
    const { slug, key } = await beginPlan(joan)

    const ben = await stage.open(await invite(joan, 'ben@example.com', 'Shop'), { apiKey: null })
    await ben.getByRole('link', { name: 'Create an account' }).click()
    await signUp(ben, { name: 'Ben', email: 'ben@example.com', organisation: '' })
    await ben.getByRole('button', { name: 'Accept the invitation' }).click()
    await ben.getByRole('link', { name: 'Shop' }).waitFor()

    await goTo(joan, `#/p/${slug}/plan/${key}?tab=comments`)
    await mention(joan, 'Ben')
    await goTo(ben, '#/notifications')
    await ben.getByRole('link', { name: /^Joan mentioned you on/ }).click()
    await ben.getByRole('article', { name: 'Comment by Joan' }).waitFor()
    await drained(ben)

    await goTo(joan, `#/p/${slug}/plan`)
    await drained(joan)
    await joan.context().setOffline(true)
    await retitle(joan, key, 'Home, on the train')
    await joan.locator('.connection-count').getByText('1').waitFor()
    await goTo(ben, `#/p/${slug}/plan`)
    await retitle(ben, key, 'Home, at the desk')
    await drained(ben)
    await joan.context().setOffline(false)
    await joan.locator('.connection-count.bad').waitFor()

    await goTo(joan, `#/p/${slug}/sync/conflicts`)
    const conflict = joan.getByRole('article', { name: key })
    await conflict.getByRole('radio', { name: 'Your change' }).check()
    await conflict.getByText(`Change ${key}: Title`).waitFor()
    await conflict.getByRole('button', { name: 'Decide' }).click()
    await joan.getByText('Nothing to decide').waitFor()
    await rowOf(ben, key).getByText('Home, on the train').waitFor()

    await goTo(joan, '#/audit/verify')
    await joan.getByRole('button', { name: 'Verify the log' }).click()
    await joan.locator('[data-report="ok"]').waitFor()
    expect(await ben.getByRole('navigation').getByRole('link', { name: 'Audit' }).count()).toBe(0)
    stage.check()
  })
})
