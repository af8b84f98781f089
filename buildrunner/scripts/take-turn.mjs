/** One at a time in a checkout: a lock file that names its holder. Runs on a bare Node 20, so it imports nothing but built-ins. */
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/** Nothing that takes turns takes as long: a lock that is older is a dead one's, whoever has its process id now. */
const STALE_MS = 15 * 60_000

/** Waits until nobody else holds the lock, and takes it; that of a process that died counts as given back. */
export async function takeTurn(/** @type {string} */ lock, /** @type {() => void} */ toldToWait = () => {}) {
  for (let told = false; !take(lock); ) {
    if (!isHeld(lock)) rmSync(lock, { force: true })
    else if (!told) {
      told = true
      toldToWait()
    }
    await delay(100)
  }
  const release = () => rmSync(lock, { force: true })
  process.once('exit', release)
  return release
}

function take(/** @type {string} */ lock) {
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
    return true
  } catch (error) {
    if (error.code !== 'EEXIST') throw error
    return false
  }
}

/** One that was just made, and does not say whose it is yet, is held. */
function isHeld(/** @type {string} */ lock) {
  try {
    if (Date.now() - statSync(lock).mtimeMs > STALE_MS) return false
    return process.kill(Number(readFileSync(lock, 'utf8')) || process.pid, 0)
  } catch (error) {
    return error.code === 'EPERM'
  }
}
