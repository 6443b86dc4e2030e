import type { CancelAnswer } from '@tasain/contracts'

/** A write that was sent and of which it is not known whether it was done. */
export type OpenWrite = {
  readonly key: string
  readonly path: string
  /** Whether it may be sent again when it does not get through; not once its page was left. */
  mayRepeat: boolean
  /** What its cancelling was answered, once it was. */
  answer?: CancelAnswer
}

const writes = new Map<string, OpenWrite>()

export function openWrite(key: string, path: string): void {
  if (!writes.has(key)) writes.set(key, { key, path, mayRepeat: true })
}

/** Forgets a write that was answered. */
export function closeWrite(key: string): void {
  writes.delete(key)
}

/** The write under this key, or those that belong to it as `<key>:<part>`. */
export function findOpenWrites(key: string): OpenWrite[] {
  return [...writes.values()].filter((write) => write.key === key || write.key.startsWith(`${key}:`))
}

export function mayRepeat(key: string | undefined): boolean {
  return key === undefined || (writes.get(key)?.mayRepeat ?? true)
}

/** From now on what is under way under this key is not sent again: its page was left. */
export function stopRepeating(key: string): void {
  for (const write of findOpenWrites(key)) write.mayRepeat = false
}
