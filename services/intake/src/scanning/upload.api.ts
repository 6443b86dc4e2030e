import { rm } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { type IntakeAction, idempotencyHeader } from '@tasain/contracts'
import { type Door, type Log, type Refusal, refuse } from '@tasain/kit'
import type { Request, Response } from 'express'
import multer, { MulterError } from 'multer'
import { getId, getOffice } from '../asked.ts'
import type { House } from '../house.ts'
import type { Schema } from '../schema.ts'
import { newTemporaryPath } from '../temporary.ts'
import { hasAnswer } from './answer.store.ts'
import { assertOpenBatch } from './batch.store.ts'
import type { Receiving } from './receiving.api.ts'
import { mostBytes, type StoreScan } from './store-scan.work.ts'
import { hideKey } from './upload-key.ts'

const limits = {
  fileSize: mostBytes,
  files: 1,
  parts: 12,
  fields: 10,
  fieldSize: 10_000,
  fieldNameSize: 100,
  headerPairs: 50,
  fieldNestingDepth: 1,
}

/** POST /batches/:id/scans: one file as a multipart form, field `file`. */
export function mountUpload(
  door: Door<Schema, IntakeAction>,
  { db, log, temporaryFolder }: Pick<House, 'db' | 'log' | 'temporaryFolder'>,
  storeScan: StoreScan,
  receiving: Receiving,
): void {
  door.raw(['post'], '/batches/:id/scans', 'scan.upload', async ({ caller, params, header }, request, response) => {
    const batchId = getId(params)
    const sent = header(idempotencyHeader)
    const key = sent === undefined ? undefined : hideKey(sent)
    // A repeated upload gets its first answer, even when the batch has been closed since.
    const repeated = key !== undefined && (await hasAnswer(db, caller.subject, key))
    if (!repeated) await assertOpenBatch(db, getOffice(caller), batchId)
    const path = newTemporaryPath(temporaryFolder, 'received')
    const answer = await receiving.run(caller.subject, request, response, async () => {
      try {
        const fileName = await receiveFile(request, response, path, log)
        return await storeScan({ caller, batchId, path, fileName, key })
      } finally {
        await rm(path, { force: true })
      }
    })
    response.status(answer.status).json(answer.body)
  })
}

/** Writes the form's file to the path. @returns the name its sender gave it. */
export async function receiveFile(request: Request, response: Response, path: string, log: Log): Promise<string> {
  const receive = multer({
    storage: multer.diskStorage({
      destination: dirname(path),
      filename: (_request, _file, done) => done(null, basename(path)),
    }),
    limits,
    defParamCharset: 'utf8',
  }).single('file')
  const error = await new Promise<unknown>((resolve) => receive(request, response, resolve))
  if (error) throw asRefusal(error, log)
  if (!request.file) throw refuse('scan.missing_file')
  return request.file.originalname
}

function asRefusal(error: unknown, log: Log): Refusal {
  if (error instanceof MulterError) {
    if (error.code === 'LIMIT_FILE_SIZE') return refuse('scan.too_large_file')
    return refuse(error.code === 'LIMIT_UNEXPECTED_FILE' ? 'scan.missing_file' : 'request.invalid')
  }
  // A full disk or a missing folder is ours; everything else is a form cut off or misformed.
  if (error instanceof Error && 'syscall' in error) {
    log.error({ error, alarm: 'temporary_folder' }, 'an upload could not be received')
    return refuse('service.unavailable')
  }
  return refuse('request.invalid')
}
