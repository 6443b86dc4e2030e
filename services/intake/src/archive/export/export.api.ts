import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import type { IntakeAction } from '@tasain/contracts'
import { type Door, refuse } from '@tasain/kit'
import { findApplication } from '../../applications/checking.store.ts'
import { getId } from '../../asked.ts'
import type { House } from '../../house.ts'
import { createGate } from '../../scanning/gate.ts'
import type { Schema } from '../../schema.ts'
import { assertMayLook, logLook } from '../page.api.ts'
import { listStoredPages } from './export.store.ts'
import { withPdfOf } from './export.work.ts'

type Needs = Pick<House, 'db' | 'log' | 'clock' | 'objects' | 'accessLog' | 'trusted' | 'temporaryFolder' | 'cipher'>
const waitingAtMost = 8

/** GET /applications/:id/pdf: all pages of an application as one searchable PDF, by the right to look at them. */
export function mountExport(door: Door<Schema, IntakeAction>, house: Needs): void {
  const gate = createGate({ atOnce: 1, waiting: waitingAtMost }, () => refuse('service.unavailable'))

  door.raw(['get'], '/applications/:id/pdf', 'page.view', async (asked, _request, response) => {
    const id = getId(asked.params)
    const found = await findApplication(house.db, id, { cipher: house.cipher, forms: [] })
    if (!found) throw refuse('request.not_found')
    await assertMayLook(house, asked, found.paper)
    const pages = await listStoredPages(
      house.db,
      found.detail.pages.map((page) => page.id),
    )
    if (pages.length === 0) throw refuse('request.not_found')
    await gate.run(() =>
      withPdfOf(house, `Tasain ${id}`, pages, async (path) => {
        await logLook(house, asked, { kind: 'application', id, applicationId: id, reason: 'pdf' })
        response.set({
          'Content-Type': 'application/pdf',
          'Content-Length': String((await stat(path)).size),
          'Content-Disposition': `attachment; filename="tasain-${id}.pdf"`,
          'Content-Security-Policy': "default-src 'none'; sandbox",
        })
        await pipeline(createReadStream(path), response)
      }),
    )
  })
}
