import { type IntakeAction, ownWords, reasonHeader } from '@tasain/contracts'
import { type Asked, createLimiter, type Door, parseShape, refuse, type Seen, whileAsked } from '@tasain/kit'
import type { Response } from 'express'
import { getId } from '../asked.ts'
import { assertMayLook, describeLooker, type Paper } from '../grant.ts'
import type { House } from '../house.ts'
import { ObjectOutOfReach, withLocalFile } from '../local-file.ts'
import type { Schema } from '../schema.ts'
import { findPage, findPageText, findScan } from './page.store.ts'
import { sendFile } from './sending.api.ts'
import { createDrawings } from './view.work.ts'

type Needs = Pick<House, 'db' | 'log' | 'objects' | 'accessLog' | 'trusted' | 'tasks' | 'temporaryFolder' | 'render'>
const action = 'page.view'
const momentMs = 300
const purpose = ownWords(200, 3)
/** An original lies on our disk for as long as it is sent, so that of a person's few lie there at a time. */
const originalLimits = { atOnce: 32, atOnceEach: 2, waiting: 64, waitingEach: 8 }

/** Papers as they were scanned. Absent and forbidden look the same; no byte leaves before the look has been logged. */
export function mountPages(door: Door<Schema, IntakeAction>, house: Needs): void {
  const drawings = createDrawings(house)
  const originals = createLimiter(originalLimits)
  door.raw(['get'], '/pages/:id/image', action, async (asked, request, response) => {
    const id = getId(asked.params)
    const width = request.query['width'] ?? 'page'
    if (width !== 'thumbnail' && width !== 'page')
      throw refuse('request.invalid', [{ path: 'width', message: 'thumbnail or page' }])
    const getVisible = async () => {
      const found = await findPage(house.db, id)
      if (!found) throw refuse('request.not_found')
      await assertMayLookNow(house, asked, found.paper)
      return found
    }
    await whileAsked(response, async (signal) => {
      const page = await getVisible()
      const began = performance.now()
      const drawn = await drawings.draw({ pageId: id, page, width }, { person: asked.caller.subject, signal })
      // It may have waited and been drawn for longer than the right to it lasted; what lay drawn is there in a moment.
      if (performance.now() - began > momentMs) await getVisible()
      await logLook(house, asked, { kind: 'page', id, ...applicationOf(page.paper), reason: width })
      response.set({ 'Content-Type': drawn.mediaType, 'Content-Security-Policy': "default-src 'none'; sandbox" })
      response.send(drawn.image)
    })
  })

  const prepare = (asked: Asked) => describeLooker(action, asked, house)
  door.view('/pages/:id/text', action, { prepare }, async (asked, tx) => {
    const id = getId(asked.params)
    const page = await findPage(tx, id)
    if (!page) throw refuse('request.not_found')
    assertMayLook(asked.prepared, page.paper)
    const body = (await findPageText(tx, id)) ?? { text: '', words: [], width: 0, height: 0 }
    return { body, seen: [explain({ kind: 'page', id, ...applicationOf(page.paper), reason: 'text' }, asked)] }
  })

  door.raw(['get'], '/scans/:id/original', action, async (asked, _request, response) => {
    const id = getId(asked.params)
    const getVisible = async () => {
      const found = await findScan(house.db, id)
      if (!found) throw refuse('request.not_found')
      await assertMayLookNow(house, asked, found.paper)
      return found
    }
    const { sha256 } = await getVisible()
    const send = async (path: string) => {
      // It may have waited and been fetched for longer than the right to it lasted.
      const scan = await getVisible()
      await logLook(house, asked, { kind: 'scan', id, ...applicationOf(scan.paper), reason: 'original' })
      setDownload(response, scan)
      await sendFile(path, response)
    }
    const fetchAndSend = (gone: AbortSignal) =>
      withLocalFile(house, sha256, send, gone).catch((error: unknown) => {
        if (!(error instanceof ObjectOutOfReach) || gone.aborted) throw error
        house.log.error({ error, alarm: 'object_store' }, 'an original could not be fetched')
        throw refuse(error.code)
      })
    await whileAsked(response, (signal) => originals.run(asked.caller.subject, fetchAndSend, { signal }))
  })
}

/** @throws as `assertMayLook` does. */
export async function assertMayLookNow(
  house: Pick<House, 'trusted' | 'tasks'>,
  asked: Asked,
  paper: Paper,
): Promise<void> {
  assertMayLook(await describeLooker(action, asked, house), paper)
  findPurpose(asked)
}

/**
 * Why an auditor looks: their right reaches every paper, so each look says what it is for; undefined for anybody else.
 * @throws page.reason_missing
 */
function findPurpose({ caller, header }: Asked): string | undefined {
  if (!caller.roles.includes('auditor')) return undefined
  try {
    return parseShape(purpose, decodeURIComponent(header(reasonHeader) ?? ''))
  } catch {
    throw refuse('page.reason_missing')
  }
}

/** What was looked at, with why where that is asked. */
function explain(seen: Seen, asked: Asked): Seen {
  const why = findPurpose(asked)
  return why === undefined ? seen : { ...seen, reason: [seen.reason, why].filter(Boolean).join(': ') }
}

/** @throws service.unavailable when the look cannot be logged: then nothing may be shown. */
export async function logLook(house: Pick<House, 'db' | 'log' | 'accessLog'>, asked: Asked, seen: Seen): Promise<void> {
  try {
    await house.db
      .transaction()
      .execute((tx) => house.accessLog.append(tx, asked.caller, action, [explain(seen, asked)]))
  } catch (error) {
    house.log.error({ error, alarm: 'access_log' }, 'a look could not be logged, so nothing was shown')
    throw refuse('service.unavailable')
  }
}

function applicationOf(paper: Paper): { applicationId?: string } {
  return paper.applicationId === null ? {} : { applicationId: paper.applicationId }
}

function setDownload(response: Response, scan: { mediaType: string; bytes: number; fileName: string }): void {
  response.set({
    'Content-Type': scan.mediaType,
    'Content-Length': String(scan.bytes),
    'Content-Disposition': `attachment; filename="scan"; filename*=UTF-8''${encodeName(scan.fileName)}`,
    'Content-Security-Policy': "default-src 'none'; sandbox",
  })
}

function encodeName(name: string): string {
  return encodeURIComponent(name).replace(/['()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
}
