import { dirname } from 'node:path'
import type { Caller, IntakeAction } from '@tasain/contracts'
import { type Asked, type Door, refuse } from '@tasain/kit'
import { isId, newId } from '@tasain/vocabulary'
import { FileStore } from '@tus/file-store'
import { Metadata, Server, type ServerOptions } from '@tus/server'
import type { Request, Response } from 'express'
import { getId, getOffice } from '../asked.ts'
import type { House } from '../house.ts'
import type { Schema } from '../schema.ts'
import { hasAnswer } from './answer.store.ts'
import { assertOpenBatch } from './batch.store.ts'
import { cleanFileName } from './file-name.ts'
import { assertRoom, type Receiving } from './receiving.api.ts'
import { describeFault, type Outcome, type Uploads } from './resumable.work.ts'
import { mostBytes } from './store-scan.work.ts'
import { deleteUpload, findUpload, insertUpload, noteProgress, type Quota, type Upload } from './upload.store.ts'
import { hideKey } from './upload-key.ts'

/** What is unfinished may grow to all of it, so nobody reserves more than they can be sending. */
export const uploadQuota: Quota = { uploadsEach: 100, bytesEach: 10 * mostBytes, bytes: 200 * mostBytes }

const version = { 'Tus-Resumable': '1.0.0' }
type Needs = Pick<House, 'db' | 'log' | 'temporaryFolder'>
type TusRequest = Parameters<NonNullable<ServerOptions['namingFunction']>>[0]
type Context = { upload: Upload; caller: Caller }

/**
 * Resumable upload by the tus protocol. An upload is its person's alone, at each request; its last answer is that of an
 * upload in one piece, and is given again to whoever lost it.
 */
export function mountResumable(
  door: Door<Schema, IntakeAction>,
  house: Needs,
  uploads: Uploads,
  receiving: Receiving,
): void {
  const contexts = new WeakMap<object, Context>()
  const tus = createTus(house, uploads, contexts)

  door.raw(['post'], '/uploads', 'scan.upload', async (asked, request, response) => {
    const upload = await describeNew(house, asked, request)
    await receiving.run(asked.caller.subject, request, response, async () => {
      await begin(house, upload)
      contexts.set(request, { upload: { ...upload, status: null, response: null }, caller: asked.caller })
      await tus.handle(request, response)
    })
  })

  const goOn = async (request: Request, response: Response, { upload, caller }: Context) => {
    const received = await uploads.measure(upload.id)
    const outcome =
      findOutcome(upload) ?? (received === upload.bytes ? await uploads.finish(upload, caller) : undefined)
    if (outcome) return answerFinished(request, response, upload, outcome)
    if (request.method === 'GET') {
      response.json({ state: 'receiving', received, bytes: upload.bytes })
      return
    }
    if (request.method === 'PATCH') await noteProgress(house.db, upload.id)
    contexts.set(request, { upload, caller })
    await tus.handle(request, response)
  }

  door.raw(['get', 'head', 'patch', 'delete'], '/uploads/:id', 'scan.upload', async (asked, request, response) => {
    const { caller } = asked
    const upload = await findUpload(house.db, caller.subject, getId(asked.params))
    if (!upload) throw refuse('request.not_found')
    if (request.method === 'DELETE') {
      await uploads.remove(upload.id)
      await deleteUpload(house.db, upload.id)
      response.status(204).set(version).end()
      return
    }
    await receiving.run(caller.subject, request, response, () => goOn(request, response, { upload, caller }))
  })
}

/** @throws scan.too_many_unfinished, service.busy, service.no_room when there is no room for all of it */
async function begin({ db, temporaryFolder }: Needs, upload: Omit<Upload, 'status' | 'response'>): Promise<void> {
  await assertRoom(temporaryFolder, upload.bytes)
  const exceeded = await db.transaction().execute((tx) => insertUpload(tx, upload, uploadQuota))
  if (exceeded) throw refuse(exceeded === 'own' ? 'scan.too_many_unfinished' : 'service.busy')
}

function createTus({ log }: Needs, uploads: Uploads, contexts: WeakMap<object, Context>): Server {
  const contextOf = (request: TusRequest): Context => {
    const node = request.runtime?.node
    const context = node && contexts.get(node.req)
    if (!context) throw new Error('an upload was asked for past the door')
    return context
  }
  return new Server({
    path: '/uploads',
    relativeLocation: true,
    respectForwardedHeaders: false,
    allowedOrigins: [],
    maxSize: mostBytes,
    datastore: new FileStore({ directory: dirname(uploads.pathOf('any')) }),
    namingFunction: (request) => contextOf(request).upload.id,
    // What the sender wrote beside the file is kept in the database, cleaned; not in a file of the protocol's.
    onUploadCreate: () => Promise.resolve({ metadata: {} }),
    async onUploadFinish(request) {
      const { upload, caller } = contextOf(request)
      const outcome = await uploads.finish(upload, caller).catch((error: unknown) => describeFault(error, log))
      // A created upload must be answered with 201, or its address is not told; the body says how it ended.
      const isCreated = request.method === 'POST' && outcome.status < 300
      return {
        status_code: isCreated ? 201 : outcome.status,
        headers: { 'Content-Type': 'application/json; charset=utf-8' },
        body: JSON.stringify(outcome.body),
      }
    },
  })
}

async function describeNew(
  { db }: Needs,
  { caller }: Asked,
  request: Request,
): Promise<Omit<Upload, 'status' | 'response'>> {
  const invalid = (path: string, message: string) => refuse('request.invalid', [{ path, message }])
  const bytes = Number(request.get('upload-length') ?? Number.NaN)
  if (!Number.isInteger(bytes) || bytes < 0) throw invalid('upload-length', 'the whole length in bytes')
  if (bytes === 0) throw refuse('scan.empty')
  if (bytes > mostBytes) throw refuse('scan.too_large_file')
  const { batchId, fileName, idempotencyKey } = readMetadata(request.get('upload-metadata'))
  if (!batchId || !isId(batchId)) throw invalid('upload-metadata.batchId', 'the id of an open batch')
  const id = newId()
  const key = hideKey(idempotencyKey || `upload:${id}`)
  if (!(await hasAnswer(db, caller.subject, key))) await assertOpenBatch(db, getOffice(caller), batchId)
  const name = cleanFileName(fileName ?? '')
  return { id, bytes, subject: caller.subject, batch_id: batchId, file_name: name, idempotency_key: key }
}

function readMetadata(header: string | undefined): Partial<Record<string, string | null>> {
  try {
    return Metadata.parse(header)
  } catch {
    throw refuse('request.invalid', [{ path: 'upload-metadata', message: 'batchId, fileName, idempotencyKey' }])
  }
}

function findOutcome({ status, response }: Upload): Outcome | undefined {
  return status === null ? undefined : { status, body: response }
}

// A refused upload must not look whole, or its sender would believe it stored.
function answerFinished(request: Request, response: Response, upload: Upload, outcome: Outcome): void {
  if (outcome.status < 300)
    response.set({ 'Upload-Offset': String(upload.bytes), 'Upload-Length': String(upload.bytes) })
  response.set(version)
  if (request.method === 'HEAD') response.status(outcome.status < 300 ? 200 : outcome.status).end()
  else response.status(outcome.status).json(outcome.body)
}
