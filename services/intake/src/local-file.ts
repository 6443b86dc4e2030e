import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
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
 * @throws ObjectOutOfReach when the store does not give them.
 */
export async function withLocalFile<T>(
  house: { objects: ObjectStore; temporaryFolder: string },
  sha256: string,
  work: (path: string) => Promise<T>,
): Promise<T> {
  const path = newTemporaryPath(house.temporaryFolder, 'reading')
  try {
    try {
      await pipeline(await house.objects.get(contentKey(sha256)), createWriteStream(path, { mode: 0o600 }))
    } catch (error) {
      throw new ObjectOutOfReach(error)
    }
    return await work(path)
  } finally {
    await rm(path, { force: true })
  }
}
