import { stat } from 'node:fs/promises'
import type { Caller, RefusalCode, Stored } from '@tasain/contracts'
import { contentKey, hashFile, hashStream, onceOnly, refuse } from '@tasain/kit'
import { newId } from '@tasain/vocabulary'
import { getOffice } from '../asked.ts'
import type { House } from '../house.ts'
import { readPage, turnDue } from '../queues.ts'
import type { IntakeTx } from '../schema.ts'
import { countPages, lockBatch } from './batch.store.ts'
import { cleanFileName } from './file-name.ts'
import { insertApplication } from './new-application.store.ts'
import { findTwin, getScan, insertPages, insertScan } from './scan.store.ts'

export const mostPages = 300
export const mostBytes = 25_000_000

/** A whole file that has arrived, lying at `path`; whoever put it there removes it. */
export type Arrival = { caller: Caller; batchId: string; path: string; fileName: string; key: string | undefined }
export type StoreScan = (arrival: Arrival) => Promise<{ status: number; body: unknown }>

type Needs = Pick<House, 'db' | 'log' | 'objects' | 'jobs' | 'accessLog' | 'inspect'>

/**
 * The one way in which a scan becomes "stored": the object is durable and was read back before the rows that promise it
 * are written, all in one transaction. What fails on the way leaves at most an object without a row.
 */
export function createStoreScan(house: Needs): StoreScan {
  return async (arrival) => {
    const office = getOffice(arrival.caller)
    const { size } = await stat(arrival.path)
    if (size === 0) throw refuse('scan.empty')
    if (size > mostBytes) throw refuse('scan.too_large_file')
    const sha256 = await hashFile(arrival.path)
    const inspected = await house.inspect(arrival.path, { person: arrival.caller.subject })
    if (!inspected.ok) throw refuse(asScanRefusal(inspected.code))
    if (inspected.pages > mostPages) throw refuse('scan.too_many_pages')
    await keepObject(house, sha256, arrival.path)
    const file = { office, sha256, bytes: size, mediaType: inspected.mediaType, pages: inspected.pages }
    const what = `scan ${arrival.batchId} ${sha256}`
    return await house.db
      .transaction()
      .execute((tx) =>
        onceOnly(tx, { caller: arrival.caller, hashedKey: arrival.key }, what, null, () =>
          recordScan(house, tx, arrival, file),
        ),
      )
  }
}

async function keepObject({ objects, log }: Needs, sha256: string, path: string): Promise<void> {
  try {
    await objects.put(contentKey(sha256), path)
    const back = await hashStream(await objects.get(contentKey(sha256)))
    if (back !== sha256) throw new Error('an object read back differs from what was stored')
  } catch (error) {
    log.error({ error, alarm: 'object_store' }, 'a scan could not be kept')
    throw refuse('service.unavailable')
  }
}

type StoredFile = { office: string; sha256: string; bytes: number; mediaType: string; pages: number }

async function recordScan(
  { jobs, accessLog }: Needs,
  tx: IntakeTx,
  { caller, batchId, fileName }: Arrival,
  file: StoredFile,
): Promise<{ status: number; body: Stored }> {
  const batch = await lockBatch(tx, file.office, batchId)
  if (!batch) throw refuse('request.not_found')
  if (batch.closed_at) throw refuse('batch.closed')
  if ((await countPages(tx, batchId)) + file.pages > mostPages) throw refuse('batch.full')
  const twin = await findTwin(tx, file.office, file.sha256)
  const id = newId()
  await insertScan(tx, {
    id,
    batchId,
    office: file.office,
    sha256: file.sha256,
    fileName: cleanFileName(fileName),
    mediaType: file.mediaType,
    bytes: file.bytes,
    storedBy: caller.subject,
    duplicateOf: twin ?? null,
  })
  const pages = Array.from({ length: file.pages }, (_, index) => ({ id: newId(), number: index + 1 }))
  const applicationId = twin === undefined ? newId() : null
  if (applicationId !== null) await insertApplication(tx, applicationId, batch)
  await insertPages(tx, id, pages, applicationId)
  if (applicationId !== null) await jobs.plan(tx, turnDue, { queue: readPage })
  await accessLog.append(tx, caller, 'scan.upload', [{ kind: 'scan', id, ...(applicationId && { applicationId }) }])
  const scan = await getScan(tx, id)
  return twin === undefined
    ? { status: 201, body: { state: 'stored', scan } }
    : { status: 200, body: { state: 'duplicate', scan } }
}

/** The refusal for a file that could not be looked into. */
export function asScanRefusal(code: RefusalCode): RefusalCode {
  return code.startsWith('scan.') ? code : 'scan.damaged'
}
