import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { IntakeAction } from '@tasain/contracts'
import { createLimiter, createShared, type Door, refuse, whileAsked } from '@tasain/kit'
import { getId } from '../../asked.ts'
import type { House } from '../../house.ts'
import type { Schema } from '../../schema.ts'
import { assertMayLookNow, logLook } from '../page.api.ts'
import { findPaper, listStoredPages, type StoredPage } from './export.store.ts'
import { discardPdf, makePdf } from './export.work.ts'

type Needs = Pick<House, 'db' | 'log' | 'clock' | 'objects' | 'accessLog' | 'trusted' | 'tasks' | 'temporaryFolder'>
/** One of a person's at a time, so that those of others get on beside one that takes long. */
const limits = { atOnce: 2, atOnceEach: 1, waiting: 64, waitingEach: 4 }
/** With the time that making may take this is less than the desk waits for an answer. */
const patienceMs = 60_000

/** GET /applications/:id/pdf: all pages of an application as one searchable PDF, by the right to look at them. */
export function mountExport(door: Door<Schema, IntakeAction>, house: Needs): void {
  const limiter = createLimiter(limits)
  const made = createShared<string>(discardPdf)
  const makeInTurn = (person: string, id: string, pages: StoredPage[], gone: AbortSignal) => {
    // Patience is for the turn alone; what has been begun is made.
    const turn = new AbortController()
    const patience = setTimeout(() => turn.abort(), patienceMs)
    const make = async () => {
      clearTimeout(patience)
      return await makePdf({ ...house, gone }, `Tasain ${id}`, pages)
    }
    return limiter
      .run(person, make, { signal: AbortSignal.any([gone, turn.signal]) })
      .finally(() => clearTimeout(patience))
  }
  door.raw(['get'], '/applications/:id/pdf', 'page.view', async (asked, _request, response) => {
    const id = getId(asked.params)
    const assertMayHave = async () => {
      const paper = await findPaper(house.db, id)
      if (!paper) throw refuse('request.not_found')
      await assertMayLookNow(house, asked, paper)
    }
    await assertMayHave()
    const pages = await listStoredPages(house.db, id)
    if (pages.length === 0) throw refuse('request.not_found')
    const lend = async (path: string) => {
      // It may have waited and been made for longer than the right to it lasted.
      await assertMayHave()
      await logLook(house, asked, { kind: 'application', id, applicationId: id, reason: 'pdf' })
      response.set({
        'Content-Type': 'application/pdf',
        'Content-Length': String((await stat(path)).size),
        'Content-Disposition': `attachment; filename="tasain-${id}.pdf"`,
        'Content-Security-Policy': "default-src 'none'; sandbox",
      })
      await pipeline(createReadStream(path), response)
    }
    const { subject } = asked.caller
    const make = (gone: AbortSignal) => makeInTurn(subject, id, pages, gone)
    // The same pages as they were last read: whoever asks meanwhile is given the same file.
    await whileAsked(response, (signal) => made.lend(nameVersion(id, pages), make, lend, { signal }))
  })
}

const nameVersion = (id: string, pages: StoredPage[]) =>
  createHash('sha256')
    .update(JSON.stringify([id, pages]))
    .digest('base64url')
