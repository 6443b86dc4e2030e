import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { newId } from '@tasain/vocabulary'

export type ObjectStat = { size: number; storedAt: Date }

/**
 * Where the bytes of papers lie. Objects are written once under a key and never changed; a key is made of lower-case
 * letters, digits, `/`, `-` and `_`, and tells nothing of a person.
 */
export type ObjectStore = {
  /**
   * Stores a file durably: when this resolves, the bytes survive a power cut. Storing the same bytes again is harmless.
   * @throws ObjectMismatch when other bytes already lie under the key; the new ones are put aside under `quarantine/`.
   */
  put: (key: string, file: string) => Promise<void>
  /** @throws ObjectMissing */
  get: (key: string) => Promise<Readable>
  stat: (key: string) => Promise<ObjectStat | undefined>
  list: (prefix: string) => AsyncIterable<{ key: string } & ObjectStat>
  /** Forbids removal until then; a later date extends, an earlier one changes nothing. */
  retain: (key: string, until: Date) => Promise<void>
  /** @throws ObjectRetained while the object is retained or still referenced. */
  remove: (key: string) => Promise<void>
}

/** Whether any row still points to a key; given by the house whose rows they are. */
export type IsReferenced = (key: string) => Promise<boolean>

export class ObjectMissing extends Error {}
export class ObjectMismatch extends Error {}
export class ObjectRetained extends Error {}

/** The key of bytes by their SHA-256 in hex: `scans/ab/cd/abcd…`. */
export function contentKey(sha256: string): string {
  return `scans/${sha256.slice(0, 2)}/${sha256.slice(2, 4)}/${sha256}`
}

export function assertKey(key: string): void {
  if (!/^[a-z0-9_-]+(\/[a-z0-9_-]+)*$/.test(key)) throw new Error('an object key has characters that are not allowed')
}

/** SHA-256 in hex of a stream of bytes. */
export async function hashStream(stream: Readable): Promise<string> {
  const hash = createHash('sha256')
  await pipeline(stream, hash)
  return hash.digest('hex')
}

export async function hashFile(path: string): Promise<string> {
  return await hashStream(createReadStream(path))
}

export function temporaryPath(folder: string): string {
  return join(folder, `${newId()}.part`)
}
