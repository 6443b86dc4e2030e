import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readlinkSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

let pdeathsigWorks: boolean | undefined

/**
 * The words to put before a command so that the kernel sends it `signal` when we die, even of kill -9: otherwise a
 * killed supervisor would leave servers behind that hold ports and write to the database. Empty where setpriv is missing.
 */
export function dieWithUs(signal: 'KILL' | 'INT'): string[] {
  pdeathsigWorks ??= spawnSync('setpriv', ['--pdeathsig', 'KILL', 'true']).status === 0
  return pdeathsigWorks ? ['setpriv', '--pdeathsig', signal] : []
}

/** Processes whose working directory is `folder`: every process of a PostgreSQL server works in its data folder. */
export function listProcessesIn(folder: string): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && findLink(`/proc/${name}/cwd`) === folder)
    .map(Number)
}

/** Sends the signal; a process that is already gone is no error. */
export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    if (!isErrorWithCode(error, 'ESRCH')) throw error
  }
}

/** Whether a process of this number runs, ours or another user's. */
export function isProcessAlive(pid: number): boolean {
  return existsSync(`/proc/${pid}`)
}

/** Waits until `holds` is true; false when `milliseconds` have passed first. */
export async function waitUntil(holds: () => boolean | Promise<boolean>, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds
  while (!(await holds())) {
    if (Date.now() > deadline) return false
    await sleep(50)
  }
  return true
}

/** Whether an unknown error is a system error with this code, such as ENOENT. */
export function isErrorWithCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

function findLink(path: string): string | undefined {
  try {
    return readlinkSync(path)
  } catch {
    return undefined
  }
}
