import { generate } from 'otplib'
import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { axeViolations, describeInBrowser, openStage } from './stage.ts'

const stage = await openStage()
const [EMAIL, PASSWORD] = ['joan@example.com', 'correct horse battery staple']

/** Where the newest mail's link leads. */
const linkOf = (): string => new URL(/https?:\/\/\S+/.exec(stage.mails.at(-1)?.text ?? '')?.[0] ?? '').href.slice(stage.apiUrl.length)

/** Types into the field that has the focus, and goes to the next one. */
async function fill(page: Page, ...values: readonly string[]): Promise<void> {
  for (const value of values) {
    await page.keyboard.type(value)
    await page.keyboard.press('Tab')
  }
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor()

describeInBrowser('the entry', () => {
  test('somebody signs up, confirms the mailed link and signs in, by keyboard alone', async () => {
    const page = await stage.open('/console/#/sign-up', { apiKey: null })
    await heading(page, 'Create an account')
    expect(await axeViolations(page)).toEqual([])
    await page.getByLabel('Your name').focus()
    await fill(page, 'Joan', EMAIL, 'short', 'Codes')
    await page.keyboard.press('Enter')
    const password = page.getByLabel('Password')
    await expect.poll(() => password.getAttribute('aria-invalid')).toBe('true')
    await expect.poll(() => password.evaluate((field) => field === document.activeElement)).toBe(true)
    await page.keyboard.press('Control+A')
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press('Enter')
    await heading(page, 'Look at your mail')

    await page.goto(stage.apiUrl + linkOf())
    await heading(page, 'Confirm your address')
    await page.keyboard.press('Enter')
    await heading(page, 'Sign in')
    await page.getByText('Your address is confirmed.').first().waitFor()
    await page.getByLabel('E-mail address').focus()
    await page.keyboard.press('Tab')
    await page.keyboard.type(PASSWORD)
    await page.keyboard.press('Enter')
    await heading(page, 'Projects')
    stage.check()
  })

  test('a second factor is set up, and asked for when signing in: at the page that was asked for', async () => {
    const page = await stage.open('/console/#/settings/security', { apiKey: null })
    const signIn = async (): Promise<void> => {
      await page.getByLabel('E-mail address').fill(EMAIL)
      await page.locator('input[autocomplete=current-password]').fill(PASSWORD)
      await page.keyboard.press('Enter')
    }
    await heading(page, 'Sign in')
    await signIn()
    await heading(page, 'Settings')
    await page.getByRole('button', { name: 'Set up a second factor' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Current password').fill('wrong')
    await page.keyboard.press('Enter')
    await dialog.getByText('The password is wrong.').waitFor()
    await dialog.getByLabel('Current password').fill(PASSWORD)
    await page.keyboard.press('Enter')
    const secret = ((await dialog.locator('.secret code').textContent()) ?? '').replaceAll(' ', '')
    await dialog.getByLabel('Code that the app shows now').fill(await generate({ secret }))
    await page.keyboard.press('Enter')
    const codes = await dialog.locator('.recovery-codes code').allTextContents()
    expect(codes.length).toBeGreaterThan(5)
    await dialog.getByRole('button', { name: 'Done' }).click()
    await page.getByText('Signing in asks for a code').waitFor()

    await page.evaluate(() => localStorage.removeItem('buildrunner.session'))
    await page.reload()
    await signIn()
    await page.getByText('Enter the code').waitFor()
    await page.getByRole('button', { name: 'Use a recovery code' }).click()
    await page.getByLabel('Recovery code').fill(codes[0] as string)
    await page.keyboard.press('Enter')
    await heading(page, 'Settings')
    stage.check()
  })

  test('a forgotten password is set anew with the mailed link; a link that was used offers another', async () => {
    const page = await stage.open('/console/#/forgot', { apiKey: null })
    await page.getByLabel('E-mail address').fill(EMAIL)
    await page.keyboard.press('Enter')
    await heading(page, 'Look at your mail')
    const link = linkOf()
    await page.goto(stage.apiUrl + link)
    await page.getByLabel('New password').fill('four quite different words')
    await page.keyboard.press('Enter')
    await page.getByText('Your new password holds.').waitFor()
    const again = await stage.open(link, { apiKey: null })
    await again.getByLabel('New password').fill('another four different words')
    await again.keyboard.press('Enter')
    await again.getByRole('button', { name: 'Send a new link' }).waitFor()
    expect(await axeViolations(again)).toEqual([])
    stage.check()
  })

  test('a key signs in; one that is unknown is told at its field', async () => {
    const page = await stage.open('/console/', { apiKey: null })
    await page.getByRole('tab', { name: 'API key' }).click()
    const key = page.getByLabel('API key', { exact: true }).and(page.locator('input'))
    await key.fill('br_live_wrong')
    await page.keyboard.press('Enter')
    await page.getByText('The server does not know this key').waitFor()
    await key.fill(stage.apiKey)
    await page.keyboard.press('Enter')
    await heading(page, 'Projects')
    stage.check()
  })
})
