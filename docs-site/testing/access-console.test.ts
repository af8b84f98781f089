/** Every page of the console, which lays out anew where it is narrow: each width in each theme. */
import { ALL_LOOKS, testAccess } from './access.ts'
import { CONSOLE } from './page-kinds.ts'
import { openStage } from './stage.ts'

const stage = await openStage()

testAccess(stage, CONSOLE, { apiKey: stage.apiKey, looks: ALL_LOOKS })
