import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** @type {number | undefined} */
let ticksPerSecond

/**
 * Returns the CPU time that a process has used, in milliseconds; 0 where there is no /proc.
 * @param {number} pid
 */
export function cpuMs(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1')
    // The fields after the name, which may hold blanks and brackets.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    ticksPerSecond ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'latin1' }))
    return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond
  } catch {
    return 0
  }
}

/**
 * Returns a process's memory in KiB: `VmRSS` for now, `VmHWM` for the most so far; 0 where there is no /proc.
 * @param {number} pid
 * @param {'VmRSS' | 'VmHWM'} name
 */
export function memoryKib(pid, name) {
  try {
    return Number(new RegExp(`${name}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1] ?? 0)
  } catch {
    return 0
  }
}
