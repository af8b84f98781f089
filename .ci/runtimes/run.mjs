/** Runs program.mjs in a runtime that has processes: Node, Bun, Deno. */
import { main } from './program.mjs'

const { BUILDRUNNER_API_KEY: apiKey, BUILDRUNNER_BASE_URL: baseUrl, BUILDRUNNER_PROJECT_ID: projectId } = globalThis.process.env
console.log(`  ${await main({ apiKey, baseUrl, projectId })}`)
// A subscription that was left keeps no program alive; one that does would hang here, and the caller's time limit ends it.
