import type { IntakeAction } from '@tasain/contracts'
import { type Batch, batchList, closeBatch, codeText, countSheets, openBatch } from '@tasain/contracts'
import { type Door, refuse, wasSeenLately } from '@tasain/kit'
import { helsinkiDate, isBenefit, newId } from '@tasain/vocabulary'
import { getId, getOffice } from '../asked.ts'
import type { House } from '../house.ts'
import type { Schema } from '../schema.ts'
import { findArrivalRefusal, sayArrival } from './arrival.ts'
import * as store from './batch.store.ts'
import { getBatchDetail } from './batch-detail.store.ts'

// An unknown benefit has a refusal of its own, so it must pass the shape.
const cover = openBatch.extend({ benefit: codeText(40).nullable().default(null) })

/** The batches of the clerk's own office. */
export function mountBatches(door: Door<Schema, IntakeAction>, { clock }: Pick<House, 'clock'>): void {
  door.write('post', '/batches', 'batch.open', { body: cover }, async ({ caller, body }, tx) => {
    const office = getOffice(caller)
    const { benefit } = body
    if (benefit !== null && !isBenefit(benefit)) throw refuse('batch.unknown_benefit')
    const today = helsinkiDate(clock.now())
    const arrivedOn = body.arrivedOn ?? today
    const refusal = findArrivalRefusal(arrivedOn, today, body.confirmOld)
    if (refusal) throw refuse(refusal, [{ path: 'arrivedOn', message: refusal }], sayArrival(arrivedOn))
    const id = newId()
    await store.insertBatch(tx, {
      id,
      office,
      channel: body.channel,
      benefit,
      language: body.language,
      arrived_on: arrivedOn,
      sheets_counted: body.sheetsCounted,
      both_sides: body.bothSides,
      opened_by: caller.subject,
      closed_at: null,
    })
    return { status: 201, body: await store.getBatch(tx, office, id), seen: [{ kind: 'batch', id }] }
  })

  door.list('/batches', 'batch.list', {}, async ({ caller }, db) =>
    batchList.parse({ batches: await store.listBatches(db, getOffice(caller)) }),
  )

  // Names of files may be names of people. The page refreshes, so that once a minute is enough.
  door.view('/batches/:id', 'batch.list', {}, async ({ caller, params }, tx) => {
    const id = getId(params)
    const body = await getBatchDetail(tx, getOffice(caller), id)
    const seen = (await wasSeenLately(tx, caller, 'batch.list', id)) ? [] : [{ kind: 'batch', id }]
    return { body, seen }
  })

  door.write('post', '/batches/:id/count', 'batch.close', { body: countSheets }, async (asked, tx) => {
    const [office, id] = [getOffice(asked.caller), getId(asked.params)]
    await store.recountSheets(tx, office, id, asked.body)
    const body: Batch = await store.getBatch(tx, office, id)
    return { body, seen: [{ kind: 'batch', id, reason: 'count' }] }
  })

  door.write('post', '/batches/:id/close', 'batch.close', { body: closeBatch }, async (asked, tx) => {
    const [office, id] = [getOffice(asked.caller), getId(asked.params)]
    await store.closeBatch(tx, office, id, asked.body.reason)
    const body: Batch = await store.getBatch(tx, office, id)
    return { body, seen: [{ kind: 'batch', id, reason: 'close' }] }
  })

  door.write('post', '/batches/:id/discard', 'batch.close', {}, async ({ caller, params }, tx) => {
    const id = getId(params)
    await store.discardBatch(tx, getOffice(caller), id)
    return { body: {}, seen: [{ kind: 'batch', id, reason: 'discard' }] }
  })
}
