import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { IntakeAction } from '@tasain/contracts'
import { type Door, refuse } from '@tasain/kit'
import { getId } from '../../asked.ts'
import type { House } from '../../house.ts'
import { createGate } from '../../scanning/gate.ts'
import type { Schema } from '../../schema.ts'
import { assertMayLookNow, logLook } from '../page.api.ts'
import { findPaper, listStoredPages } from './export.store.ts'
import { withPdfOf } from './export.work.ts'

type Needs = Pick<House, 'db' | 'log' | 'clock' | 'objects' | 'accessLog' | 'trusted' | 'tasks' | 'temporaryFolder'>
const waitingAtMost = 8
/** With the time that making may take this is less than the desk waits for an answer. */
const patienceMs = 60_000

/** GET /applications/:id/pdf: all pages of an application as one searchable PDF, by the right to look at them. */
export function mountExport(door: Door<Schema, IntakeAction>, house: Needs): void {
  const making = createGate({ atOnce: 1, waiting: waitingAtMost }, () => refuse('service.unavailable'))
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
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    const patience = AbortSignal.any([gone.signal, AbortSignal.timeout(patienceMs)])
    const inTurn = <T>(make: () => Promise<T>) => making.run(make, patience)
    await withPdfOf({ ...house, inTurn, gone: gone.signal }, `Tasain ${id}`, pages, async (path) => {
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
    })
  })
}
