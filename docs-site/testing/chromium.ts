/** The browser of all tests, benchmarks and pictures: Debian's, in a profile of its own, that speaks with nobody but the page's server. */
import { existsSync } from 'node:fs'

export const CHROMIUM = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium'
export const CHROMIUM_FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync']
export const hasChromium = existsSync(CHROMIUM)
