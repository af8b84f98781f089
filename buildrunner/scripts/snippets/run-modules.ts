/**
 * Runs modules one after the other in this process and tells of each, as one line of JSON, whether it failed. An answer of
 * the server that is an error counts as a failure, also where the module only prints it.
 */
import { pathToFileURL } from 'node:url'

const ERROR = /"errors":\[\{|urn:buildrunner:error|"__typename":"\w+Error"/
const { fetch } = globalThis
let refusal: string | undefined

globalThis.fetch = async (...args) => {
  const response = await fetch(...args)
  const isStream = response.headers.get('content-type')?.startsWith('text/event-stream') === true
  const text = isStream ? '' : await response.clone().text()
  if (ERROR.test(text)) refusal = text
  return response
}

for (const file of process.argv.slice(2)) {
  refusal = undefined
  const error: unknown = await import(pathToFileURL(file).href).then(() => undefined, (reason: unknown) => reason)
  const fault = error === undefined ? refusal : error instanceof Error ? error.stack : String(error)
  process.stdout.write(`\n${JSON.stringify({ snippet: file, fault: fault ?? null })}\n`)
}
