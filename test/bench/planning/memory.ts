import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const root = new URL('../../../', import.meta.url).pathname

/** MiB the planning command takes at its peak, Node included, by Linux's own count; undefined where it keeps none. */
export async function measureMemory(snapshotFile: string): Promise<number | undefined> {
  const args = [join(root, 'packages/tasain/src/tasain.ts'), 'plan', snapshotFile]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  const ended = once(child, 'exit')
  let most: number | undefined
  while (child.exitCode === null && child.signalCode === null) {
    most = readPeak(child.pid) ?? most
    await sleep(10)
  }
  await ended
  return child.exitCode === 0 ? most : undefined
}

/** The high-water mark the kernel keeps of a process, in MiB. */
function readPeak(pid: number | undefined): number | undefined {
  try {
    const found = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]
    return found === undefined ? undefined : Number(found) / 1024
  } catch {
    return undefined
  }
}
