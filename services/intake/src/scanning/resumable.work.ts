import { rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Caller } from '@tasain/contracts'
import { isOutage, type Log, Refusal, refusalBody, refuse } from '@tasain/kit'
import { newId } from '@tasain/vocabulary'
import type { House } from '../house.ts'
import type { StoreScan } from './store-scan.work.ts'
import { findUpload, finishUpload, type Upload } from './upload.store.ts'

export type Outcome = { status: number; body: unknown }
export type Uploads = {
  /** Where the bytes of an upload gather. */
  pathOf: (id: string) => string
  /** How many bytes have arrived. */
  measure: (id: string) => Promise<number>
  /** Stores a file that is whole, once however often it is asked for. @throws a refusal that may pass, such as a 503. */
  finish: (upload: Upload, caller: Caller) => Promise<Outcome>
  remove: (id: string) => Promise<void>
}

/** The last step of resumable uploads. What cannot be stored for now stays, so that asking again tries again. */
export function createUploads(
  { db, temporaryFolder }: Pick<House, 'db' | 'temporaryFolder'>,
  storeScan: StoreScan,
): Uploads {
  const finishing = new Map<string, Promise<Outcome>>()
  const pathOf = (id: string) => pathOfUpload(temporaryFolder, id)
  const remove = (id: string) => removeUpload(temporaryFolder, id)
  const store = async (upload: Upload, caller: Caller): Promise<Outcome> => {
    const { id, batch_id: batchId, file_name: fileName, idempotency_key: key } = upload
    const outcome = await storeScan({ caller, batchId, path: pathOf(id), fileName, key }).catch(
      async (error: unknown): Promise<Outcome> => {
        // Another process may have finished it, and taken the file away, in the meantime.
        const now = await findUpload(db, upload.subject, id)
        if (now && now.status !== null) return { status: now.status, body: now.response }
        if (error instanceof Refusal && error.status < 500) return describeRefusal(error)
        throw error
      },
    )
    await finishUpload(db, id, outcome)
    await remove(id)
    return outcome
  }
  return {
    pathOf,
    remove,
    measure: (id) => measureUpload(temporaryFolder, id),
    finish(upload, caller) {
      const running = finishing.get(upload.id)
      if (running) return running
      const work = store(upload, caller).finally(() => finishing.delete(upload.id))
      finishing.set(upload.id, work)
      return work
    },
  }
}

/** The answer to a fault, for a protocol that answers by itself. */
export function describeFault(error: unknown, log: Log): Outcome {
  if (error instanceof Refusal) return describeRefusal(error)
  log.error({ error }, 'an upload failed')
  return describeRefusal(refuse(isOutage(error) ? 'service.unavailable' : 'internal'))
}

export function describeRefusal(refusal: Refusal): Outcome {
  return { status: refusal.status, body: refusalBody(refusal, newId()) }
}

export function pathOfUpload(temporaryFolder: string, id: string): string {
  return join(temporaryFolder, 'uploads', id)
}

export async function measureUpload(temporaryFolder: string, id: string): Promise<number> {
  return (await stat(pathOfUpload(temporaryFolder, id)).catch(() => undefined))?.size ?? 0
}

/** Removes the bytes of an upload and what the protocol keeps beside them. */
export async function removeUpload(temporaryFolder: string, id: string): Promise<void> {
  const path = pathOfUpload(temporaryFolder, id)
  await rm(path, { force: true })
  await rm(`${path}.json`, { force: true })
}
