/** Every kind of page of the documentation, and of those where one signs in. */
import { expect, test } from 'vitest'
import { LOOKS, overflow, settle, testAccess } from './access.ts'
import { DOCUMENTATION, ENTRY, LONGEST } from './page-kinds.ts'
import { PHONE, describeInBrowser, openStage } from './stage.ts'

const stage = await openStage()

testAccess(stage, [...DOCUMENTATION, ...ENTRY], { apiKey: null, looks: LOOKS })

describeInBrowser('on a phone', () => {
  test.each(LONGEST)('%s does not scroll sideways', async (address) => {
    const page = await stage.open(address, { viewport: PHONE })
    await settle(page)
    expect(await overflow(page)).toBe(0)
    await page.context().close()
  })
})
