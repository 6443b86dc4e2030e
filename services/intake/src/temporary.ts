import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { newId } from '@tasain/vocabulary'

/** Folders below the temporary one, and how long a file in each may live untouched, in hours; half uploads are given up sooner. */
const lifetimes = { received: 1, reading: 1, rendered: 24, uploads: 7 * 24 } as const
export type TemporaryKind = keyof typeof lifetimes

const mine = `${hostname().replace(/[^a-zA-Z0-9]/g, '')}-${process.pid}-`

export async function prepareTemporary(folder: string): Promise<void> {
  for (const kind of Object.keys(lifetimes)) await mkdir(join(folder, kind), { recursive: true, mode: 0o700 })
}

/** A path for a new file that tells which process it belongs to, so that what a dead process left is found. */
export function newTemporaryPath(folder: string, kind: 'received' | 'reading' | 'rendered'): string {
  return join(folder, kind, `${mine}${newId()}.part`)
}

/**
 * Removes files that outlived their use: those of processes on this machine that are gone, at once; all others by age.
 * Files of another process that shares the folder are left alone. @returns how many were removed.
 */
export async function sweepTemporary(folder: string, now: Date): Promise<number> {
  let removed = 0
  for (const [kind, hours] of Object.entries(lifetimes)) {
    const names = await readdir(join(folder, kind)).catch(() => [])
    for (const name of names) {
      const path = join(folder, kind, name)
      const found = await stat(path).catch(() => undefined)
      if (!found) continue
      const old = now.getTime() - found.mtimeMs > hours * 3_600_000
      if (!old && !isOrphan(name)) continue
      await rm(path, { force: true })
      removed += 1
    }
  }
  return removed
}

function isOrphan(name: string): boolean {
  const [, host, pid] = /^([a-zA-Z0-9]*)-(\d+)-.*\.part$/.exec(name) ?? []
  if (host === undefined || !mine.startsWith(`${host}-`)) return false
  return !isAlive(Number(pid))
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}
