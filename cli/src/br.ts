#!/usr/bin/env node
/** The entry of `br`: switches on Node's compile cache (Node >=22.8), then loads the program. */
import module from 'node:module'

// Typed as always there; Node 20 has none.
;(module.enableCompileCache as (() => unknown) | undefined)?.()
const { main } = await import('./main.ts')
process.exitCode = await main(process.argv.slice(2))
