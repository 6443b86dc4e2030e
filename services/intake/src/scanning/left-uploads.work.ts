import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { stored } from '@tasain/contracts'
import { hashFile, type Read, refuse } from '@tasain/kit'
import { isId } from '@tasain/vocabulary'
import type { House } from '../house.ts'
import type { Schema } from '../schema.ts'
import { findAnswer } from './answer.store.ts'
import { isOpenBatch } from './batch.store.ts'
import { describeRefusal, measureUpload, type Outcome, pathOfUpload, removeUpload } from './resumable.work.ts'
import { deleteStalledUpload, findAnyUpload, finishUpload, listStalledUploads, type Upload } from './upload.store.ts'

type Needs = Pick<House, 'db' | 'temporaryFolder'>

/** Half an upload whose sender has not gone on with it for so long is given up: whoever comes back later begins anew. */
const stalledMinutes = 120

/**
 * Removes the files of resumable uploads that are done, or that nobody can go on with, as a process that was killed
 * leaves them. What is whole but was never stored stays for a week, should the object store be away, for its
 * sender to ask for again, unless its batch is closed. @returns how many were removed.
 */
export async function settleLeftUploads({ db, temporaryFolder }: Needs): Promise<number> {
  for (const { id, bytes } of await listStalledUploads(db, stalledMinutes))
    if ((await measureUpload(temporaryFolder, id)) < bytes) await deleteStalledUpload(db, id, stalledMinutes)
  const names = await readdir(join(temporaryFolder, 'uploads')).catch(() => [])
  const ids = new Set(names.map((name) => name.replace(/\.json$/, '')).filter(isId))
  let removed = 0
  for (const id of ids) {
    const upload = await findAnyUpload(db, id)
    if (upload?.status === null) {
      const path = pathOfUpload(temporaryFolder, id)
      if ((await measureUpload(temporaryFolder, id)) !== upload.bytes) continue
      const outcome = await findOutcome(db, upload, path)
      if (!outcome) continue
      await finishUpload(db, id, outcome)
    }
    await removeUpload(temporaryFolder, id)
    removed += 1
  }
  return removed
}

/** How a whole upload ended, though that was not written down; undefined while it can still be stored. */
async function findOutcome(db: Read<Schema>, upload: Upload, path: string): Promise<Outcome | undefined> {
  // Asked before the answer: a batch that is closed takes no scan any more.
  const isOpen = await isOpenBatch(db, upload.batch_id)
  const answer = await findAnswer(db, upload.subject, upload.idempotency_key)
  // A refusal under its key is that of an upload that was cancelled.
  if (answer && (answer.status >= 400 || (await isAnswerTo(db, answer, path)))) return answer
  return isOpen || answer ? undefined : describeRefusal(refuse('batch.closed'))
}

// A key may have been used for another file; then this one was not stored.
async function isAnswerTo(db: Read<Schema>, answer: Outcome, path: string): Promise<boolean> {
  const told = stored.safeParse(answer.body)
  if (!told.success) return false
  const scan = await db.selectFrom('scan').select('sha256').where('id', '=', told.data.scan.id).executeTakeFirst()
  return scan !== undefined && scan.sha256 === (await hashFile(path).catch(() => undefined))
}
