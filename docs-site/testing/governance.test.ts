import { BuildRunnerSDK } from '@buildrunner/sdk'
import { expect, test } from 'vitest'
import { axeViolations, describeInBrowser, openStage } from './stage.ts'

const stage = await openStage()

const POLICY = `version: 1
rules:
  - id: guide-needs-agreement
    when: [plan.status.set, plan.microstep.update]
    condition: item.id == "T-12"
    effect: require_approval
    approvals: { roles: [PM], count: 1 }
    message: "{{item.id}} needs agreement."
`

describeInBrowser('governance in the browser', () => {
  test('a mistake is shown at its line while one types; mended, the policy is applied', async () => {
    const page = await stage.open(`/console/#/p/${stage.projectId}/governance`)
    await page.getByRole('button', { name: 'Write the first rules' }).click()
    const text = page.getByLabel('Text of the policy')
    await text.fill(POLICY.replace('item.id ==', 'item.idd =='))
    await page.getByRole('button', { name: 'line 5, column 21' }).waitFor()
    expect(await axeViolations(page)).toEqual([])
    await page.getByRole('button', { name: 'line 5, column 21' }).click()
    expect(await text.evaluate((area: HTMLTextAreaElement) => area.value.slice(area.selectionStart, area.selectionEnd))).toContain('idd')
    await text.fill(POLICY)
    await page.getByText('No errors, no warnings').waitFor()
    await page.getByLabel('Reason').fill('Guides are read before they are done')
    await page.getByRole('button', { name: 'Apply' }).click()
    await page.getByText('Version 1 is in force.').waitFor()
    stage.check()
  })

  test('nobody approves what they asked for; a second person does, with a comment', async () => {
    const client = new BuildRunnerSDK({ baseUrl: stage.apiUrl, apiKey: stage.apiKey, projectId: stage.projectId })
    await client.governance.requestApproval({ changes: [{ op: 'update', id: 'T-12', set: { status: 'done' } }], reason: 'Read by Ben' }).orThrow()
    const own = await stage.open(`/console/#/p/${stage.projectId}/governance/approvals`)
    await own.getByText('You asked for it: somebody else decides.').waitFor()
    expect(await own.getByRole('button', { name: 'Approve' }).count()).toBe(0)

    const other = await stage.open(`/console/#/p/${stage.projectId}/governance/approvals`, { apiKey: await stage.administrator('Grace') })
    await other.getByRole('button', { name: 'Approve' }).click()
    const dialog = other.getByRole('dialog')
    await dialog.getByText('exactly this change').waitFor()
    await dialog.getByLabel('Comment').fill('Looks right')
    await dialog.getByRole('button', { name: 'Approve' }).click()
    await other.getByText('Nothing waits for agreement').waitFor()
    await other.getByLabel('Status').selectOption('GRANTED')
    await other.getByText('Looks right').waitFor()
    expect(await axeViolations(other)).toEqual([])
    stage.check()
  })

  test('rules are simulated on what was done, and asked about what would be', async () => {
    const page = await stage.open(`/console/#/p/${stage.projectId}/governance/simulation`)
    await page.getByRole('button', { name: 'Simulate' }).click()
    await page.getByText('would have been stopped').waitFor()
    await page.getByRole('tab', { name: 'Ask' }).click()
    await page.getByLabel('Item').fill('T-12')
    await page.getByRole('button', { name: 'Ask' }).click()
    await page.getByText('guide-needs-agreement').first().waitFor()
    stage.check()
  })
})
