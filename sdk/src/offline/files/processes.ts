/** Is the process that wrote a lock still the same one, and alive? */
import { readFileSync } from 'node:fs'
import { systemCode } from './errors.ts'

/** True for a live process, also one of another user. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return systemCode(error) === 'EPERM'
  }
}

/**
 * When a process started, in clock ticks since boot, with the boot's id: process ids are used again, this pair is not.
 * Linux only; elsewhere undefined, and a lock is judged by its process id alone.
 */
export function startMark(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The command name (field 2) may hold spaces and brackets: count from its end. Field 22 is the start time.
    const start = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim()}/${start}`
  } catch {
    return undefined
  }
}
