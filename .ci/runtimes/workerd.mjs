/** Runs program.mjs in workerd, the runtime of Cloudflare Workers, bundled as such programs are; miniflare starts it. */
import { build } from 'esbuild'
import { Log, LogLevel, Miniflare } from 'miniflare'

const worker = `
import { main } from './program.mjs'
export default {
  async fetch(request) {
    try {
      return new Response(await main(await request.json()))
    } catch (error) {
      return new Response(String(error?.stack ?? error), { status: 500 })
    }
  },
}`
const { outputFiles } = await build({ stdin: { contents: worker, resolveDir: import.meta.dirname }, bundle: true, write: false, format: 'esm', platform: 'browser', target: 'es2022', conditions: ['workerd'] })
const runtime = new Miniflare({ modules: true, script: outputFiles[0].text, compatibilityDate: '2025-01-01', log: new Log(LogLevel.ERROR), host: '127.0.0.1' })
try {
  const { BUILDRUNNER_API_KEY: apiKey, BUILDRUNNER_BASE_URL: baseUrl, BUILDRUNNER_PROJECT_ID: projectId } = process.env
  const response = await runtime.dispatchFetch('http://worker/', { method: 'POST', body: JSON.stringify({ apiKey, baseUrl, projectId }) })
  console.log(`  ${await response.text()}`)
  process.exitCode = response.ok ? 0 : 1
} finally {
  await runtime.dispose()
}
