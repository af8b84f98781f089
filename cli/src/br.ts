#!/usr/bin/env node
/** The entry of `br`: switches on Node's compile cache (Node >=22.8), then loads what the command line needs. */
import module from 'node:module'

// Typed as always there; Node 20 has none.
;(module.enableCompileCache as (() => unknown) | undefined)?.()
const { spokenLanguage, speak } = await import('./text/language.ts')
const { argv, language, unknown } = spokenLanguage(process.argv.slice(2), process.env)
await speak(language)
if (unknown === undefined && (argv.length === 0 || (argv.length === 1 && /^(--help|-h|help)$/.test(argv[0] ?? '')))) {
  const { printRootHelp } = await import('./root-help.ts')
  printRootHelp()
} else {
  const { main } = await import('./main.ts')
  process.exitCode = await main(argv, unknown)
}
