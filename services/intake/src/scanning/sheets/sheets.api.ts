import type { IntakeAction } from '@tasain/contracts'
import { type Door, parseShape } from '@tasain/kit'
import { benefits, languages } from '@tasain/vocabulary'
import type { Response } from 'express'
import * as z from 'zod'
import { getId, getOffice } from '../../asked.ts'
import type { House } from '../../house.ts'
import type { Schema } from '../../schema.ts'
import { getBatch } from '../batch.store.ts'
import { drawCoverSheet, drawSeparatorSheet } from './draw-sheet.ts'
import { getOfficeName } from './sheet.store.ts'

/** `in`: the language it is printed in; benefit and language are those of the papers behind it, else the batch's. */
const asked = z.object({
  in: z.enum(languages).default('fi'),
  benefit: z.enum(benefits).optional(),
  language: z.enum(languages).optional(),
})

/** GET /batches/:id/cover and /batches/:id/separator: sheets to print and to lay between the papers of a batch. */
export function mountSheets(door: Door<Schema, IntakeAction>, { db }: Pick<House, 'db'>): void {
  door.raw(['get'], '/batches/:id/cover', 'batch.list', async ({ caller, params }, request, response) => {
    const office = getOffice(caller)
    const batch = await getBatch(db, office, getId(params))
    const wish = parseShape(asked, request.query)
    const sheet = {
      office,
      batchNumber: batch.number,
      benefit: wish.benefit ?? batch.benefit,
      language: wish.language ?? batch.language,
      officeName: await getOfficeName(db, office, wish.in),
      arrivedOn: batch.arrivedOn,
      sheets: batch.sheetsCounted,
    }
    send(response, await drawCoverSheet(sheet, wish.in), `cover-${batch.number}`)
  })

  door.raw(['get'], '/batches/:id/separator', 'batch.list', async ({ caller, params }, request, response) => {
    await getBatch(db, getOffice(caller), getId(params))
    send(response, await drawSeparatorSheet(parseShape(asked, request.query).in), 'separator')
  })
}

function send(response: Response, pdf: Uint8Array, name: string): void {
  response.set({ 'Content-Type': 'application/pdf', 'Content-Disposition': `inline; filename="${name}.pdf"` })
  response.send(Buffer.from(pdf))
}
