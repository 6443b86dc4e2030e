import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { contentKey, type Log, ObjectMissing, type ObjectStore } from '@tasain/kit'
import { newTemporaryPath } from './temporary.ts'

/** The store gave other bytes than were stored. */
class ObjectChanged extends Error {}

/**
 * A scan's object could not be fetched; that is no fault of the scan. `code` refuses whoever wants it: the store does not
 * answer, or it does and has none, or has other bytes than were stored.
 */
export class ObjectOutOfReach extends Error {
  readonly code: 'service.unavailable' | 'scan.object_missing' | 'scan.object_changed'
  constructor(cause: unknown) {
    super('an object could not be fetched', { cause })
    this.code =
      cause instanceof ObjectMissing
        ? 'scan.object_missing'
        : cause instanceof ObjectChanged
          ? 'scan.object_changed'
          : 'service.unavailable'
  }
}

/**
 * Lends the bytes of a scan as a file for as long as the work lasts. They are the stored ones: whoever shows or reads an
 * original takes it from here, so that nothing altered or swapped in the store is ever shown as a person's paper.
 * @throws ObjectOutOfReach when the store does not give them, or not before `until` is aborted.
 */
export async function withLocalFile<T>(
  house: { objects: ObjectStore; temporaryFolder: string; log: Log },
  sha256: string,
  work: (path: string) => Promise<T>,
  until: AbortSignal = new AbortController().signal,
): Promise<T> {
  const path = newTemporaryPath(house.temporaryFolder, 'reading')
  try {
    try {
      const bytes = await getUntil(house.objects.get(contentKey(sha256)), until)
      await copyVerified(bytes, path, sha256, until)
    } catch (error) {
      if (error instanceof ObjectChanged)
        house.log.error(
          { alarm: 'object_changed', key: contentKey(sha256) },
          'an object has other bytes than were stored',
        )
      throw new ObjectOutOfReach(error)
    }
    return await work(path)
  } finally {
    await rm(path, { force: true })
  }
}

/** @throws ObjectChanged unless the bytes have this hash, taken while they are copied. */
async function copyVerified(bytes: Readable, path: string, sha256: string, until: AbortSignal): Promise<void> {
  const hash = createHash('sha256')
  const hashed = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk)
      yield chunk
    }
  }
  await pipeline(bytes, hashed, createWriteStream(path, { mode: 0o600 }), { signal: until })
  if (hash.digest('hex') !== sha256) throw new ObjectChanged('an object has other bytes than were stored')
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
