import { createHash } from 'node:crypto'
import { stat } from 'node:fs/promises'
import type { IntakeAction } from '@tasain/contracts'
import { createLimiter, createShared, type Door, type Limiter, refuse, whileAsked } from '@tasain/kit'
import { getId } from '../../asked.ts'
import type { House } from '../../house.ts'
import type { Schema } from '../../schema.ts'
import { assertMayLookNow, logLook } from '../page.api.ts'
import { sendFile } from '../sending.api.ts'
import { findPaper, listStoredPages, type StoredPage } from './export.store.ts'
import { discardPdf, makePdf } from './export.work.ts'

type Needs = Pick<House, 'db' | 'log' | 'clock' | 'objects' | 'accessLog' | 'trusted' | 'tasks' | 'temporaryFolder'>
/** One of a person's at a time, so that those of others get on beside one that takes long. */
const limits = { atOnce: 2, atOnceEach: 1, waiting: 64, waitingEach: 4 }
/** Of a person's so many lie on our disk at a time, being made or sent, however slowly they are taken. */
const lyingLimits = { atOnce: 32, atOnceEach: 2, waiting: 64, waitingEach: 3 }
/** With the time that making may take this is less than the desk waits for an answer. */
const patienceMs = 60_000

/** GET /applications/:id/pdf: all pages of an application as one searchable PDF, by the right to look at them. */
export function mountExport(door: Door<Schema, IntakeAction>, house: Needs): void {
  const limiter = createLimiter(limits)
  const made = createShared<string>(discardPdf)
  const lying = createLimiter(lyingLimits)
  // What one person takes many times at once lies there once.
  const places = createShared<() => void>((leave) => Promise.resolve(leave()))
  // The words of all pages are read to tell one state of an application from another: once for all who ask at a time.
  const listed = createShared<Listed>()
  door.raw(['get'], '/applications/:id/pdf', 'page.view', async (asked, _request, response) => {
    const id = getId(asked.params)
    const assertMayHave = async () => {
      const paper = await findPaper(house.db, id)
      if (!paper) throw refuse('request.not_found')
      await assertMayLookNow(house, asked, paper)
    }
    await assertMayHave()
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
      await sendFile(path, response)
    }
    const { subject } = asked.caller
    // Patience is for turns alone; what has been begun is made.
    const patience = AbortSignal.timeout(patienceMs)
    const take = (gone: AbortSignal) => takePlace(lying, subject, AbortSignal.any([gone, patience]))
    const makeAndLend = async (signal: AbortSignal) => {
      const { pages, version } = await listed.lend(id, () => listPages(house.db, id), keep, { signal })
      if (pages.length === 0) throw refuse('request.not_found')
      const make = (gone: AbortSignal) =>
        limiter.run(subject, () => makePdf({ ...house, gone }, `Tasain ${id}`, pages), {
          signal: AbortSignal.any([gone, patience]),
        })
      // The same pages as they were last read: whoever asks meanwhile is given the same file.
      await made.lend(version, make, lend, { signal })
    }
    await whileAsked(response, (signal) =>
      places.lend(JSON.stringify([subject, id]), take, () => makeAndLend(signal), { signal }),
    )
  })
}

/** An application's pages, and a name for just this state of them. */
type Listed = { pages: StoredPage[]; version: string }
const keep = (one: Listed) => Promise.resolve(one)

async function listPages(db: House['db'], id: string): Promise<Listed> {
  const pages = await listStoredPages(db, id)
  return { pages, version: nameVersion(id, pages) }
}

/** Waits for a place of the person's. @returns what gives it back. @throws as the limiter does */
async function takePlace(limiter: Limiter, person: string, signal: AbortSignal): Promise<() => void> {
  return await new Promise((resolve, reject) => {
    const keep = () => new Promise<void>((leave) => resolve(leave))
    limiter.run(person, keep, { signal }).catch(reject)
  })
}

const nameVersion = (id: string, pages: StoredPage[]) =>
  createHash('sha256')
    .update(JSON.stringify([id, pages]))
    .digest('base64url')
