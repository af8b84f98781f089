import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { axeViolations, describeInBrowser, openStage } from './stage.ts'

const stage = await openStage()

describeInBrowser('the audit log in the browser', () => {
  test('is proven against the signed checkpoint, and the second time against the one this browser pinned', async () => {
    const page = await stage.open('/console/#/audit/verify')
    const verify = page.getByRole('button', { name: 'Verify the log' })
    await verify.click()
    await page.locator('[data-report="ok"]').waitFor()
    await page.getByText('This browser had pinned nothing yet').waitFor()
    await verify.click()
    await page.getByText('this browser pinned before').last().waitFor()
    expect(await axeViolations(page)).toEqual([])
    stage.check()
  })

  test('an export is proven from disk; one in which a record was changed is found out, with its place', async () => {
    const page = await stage.open('/console/#/audit/verify')
    const download = page.waitForEvent('download')
    await page.getByRole('button', { name: 'Export' }).click()
    const text = await readFile(await (await download).path(), 'utf8')
    const choose = (name: string, content: string) => page.locator('input[type="file"]').setInputFiles({ name, mimeType: 'application/jsonl', buffer: Buffer.from(content) })
    await choose('good.jsonl', text)
    await page.locator('[data-report="ok"]').waitFor()
    const lines = text.split('\n')
    const at = lines.findIndex((line) => line.includes('"sequence":1,'))
    lines[at] = (lines[at] as string).replace(/"action":"[^"]+"/, '"action":"nothing.happened"')
    await choose('tampered.jsonl', lines.join('\n'))
    await page.locator('[data-report="findings"]').waitFor()
    await page.getByText('Record changed').waitFor()
    expect(await page.locator('[data-report="findings"] tbody tr').first().locator('td').first().textContent()).toBe('1')
    expect(await axeViolations(page)).toEqual([])
    stage.check()
  })

  test('records are searched, and the search is in the address', async () => {
    const page = await stage.open('/console/#/audit')
    await page.getByLabel('Action').fill('project')
    await page.keyboard.press('Enter')
    await expect.poll(() => page.url()).toContain('action=project')
    await page.getByRole('button', { name: 'project.create' }).first().click()
    await page.getByRole('dialog').getByText('State after').waitFor()
    stage.check()
  })
})
