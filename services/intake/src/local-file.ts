import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { contentKey, ObjectMissing, type ObjectStore } from '@tasain/kit'
import { newTemporaryPath } from './temporary.ts'

/**
 * A scan's object could not be fetched; that is no fault of the scan. `isMissing`: the store answered, and says that
 * there is none.
 */
export class ObjectOutOfReach extends Error {
  readonly isMissing: boolean
  constructor(cause: unknown) {
    super('an object could not be fetched', { cause })
    this.isMissing = cause instanceof ObjectMissing
  }
}

/**
 * Lends the bytes of a scan as a file for as long as the work lasts.
 * @throws ObjectOutOfReach when the store does not give them, or not before `until` is aborted.
 */
export async function withLocalFile<T>(
  house: { objects: ObjectStore; temporaryFolder: string },
  sha256: string,
  work: (path: string) => Promise<T>,
  until: AbortSignal = new AbortController().signal,
): Promise<T> {
  const path = newTemporaryPath(house.temporaryFolder, 'reading')
  try {
    try {
      const bytes = await getUntil(house.objects.get(contentKey(sha256)), until)
      await pipeline(bytes, createWriteStream(path, { mode: 0o600 }), { signal: until })
    } catch (error) {
      throw new ObjectOutOfReach(error)
    }
    return await work(path)
  } finally {
    await rm(path, { force: true })
  }
}

/** A store that hangs answers late or never. @throws when it has not by then. */
async function getUntil(getting: Promise<Readable>, until: AbortSignal): Promise<Readable> {
  return await new Promise((resolve, reject) => {
    const giveUp = () => reject(until.reason)
    if (until.aborted) giveUp()
    until.addEventListener('abort', giveUp)
    getting.then((bytes) => (until.aborted ? bytes.destroy() : resolve(bytes)), reject)
  })
}
