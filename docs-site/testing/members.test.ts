import { expect, test } from 'vitest'
import { axeViolations, describeInBrowser, openStage, PHONE } from './stage.ts'
import { mailedPath } from './steps.ts'

const stage = await openStage()
await stage.member('max@example.com')

describeInBrowser('members and keys in the browser', () => {
  test('somebody is invited by mail, with a link to the page that accepts', async () => {
    const page = await stage.open('/console/#/members/invitations')
    await page.getByRole('button', { name: 'Invite somebody' }).click()
    await page.getByRole('dialog').getByLabel('E-mail address').fill('linus@example.com')
    await page.keyboard.press('Enter')
    await page.getByRole('rowheader', { name: 'linus@example.com' }).waitFor()
    const invited = await stage.open(mailedPath(stage), { apiKey: null })
    await invited.getByRole('heading', { name: 'You are invited' }).waitFor()
    expect(await axeViolations(invited)).toEqual([])
    await page.getByRole('button', { name: 'Revoke the invitation to linus@example.com' }).click()
    await page.getByRole('cell', { name: 'revoked' }).waitFor()
    stage.check()
  })

  test('a role is changed, and is what the server says after a reload', async () => {
    const page = await stage.open('/console/#/members', { viewport: PHONE })
    const role = page.getByLabel('Role of Max')
    await role.selectOption('TENANT_ADMIN')
    await page.locator('[data-announcer]').getByText('The role of Max was changed.').waitFor()
    await page.reload()
    await expect.poll(() => role.inputValue()).toBe('TENANT_ADMIN')
    expect(await axeViolations(page)).toEqual([])
    stage.check()
  })

  test('a key is made for a purpose, shown once, and works', async () => {
    const page = await stage.open('/console/#/keys')
    await page.getByRole('button', { name: 'Create a key' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Name').fill('CI of the shop')
    await dialog.getByLabel('What it is for').selectOption('pipeline')
    await dialog.getByRole('button', { name: 'Create a key' }).click()
    const secret = await dialog.locator('.secret code').textContent()
    await dialog.getByRole('button', { name: 'Done' }).click()
    await page.getByRole('rowheader', { name: /CI of the shop/ }).waitFor()
    expect(await page.content()).not.toContain(secret)
    const other = await stage.open('/console/#/projects', { apiKey: secret })
    await other.getByRole('link', { name: 'Website' }).waitFor()
    stage.check()
  })
})
