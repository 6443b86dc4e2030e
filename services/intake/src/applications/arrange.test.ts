import type { ArrangeBatch } from '@tasain/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import { verifyHouse } from '../archive/verify.api.ts'
import { writeCoverCode } from '../scanning/sheets/sheet-code.ts'
import { clerkElsewhere, drawJpeg, openTestBatch, sendScan, startTestHouse, type TestHouse } from '../test-house.ts'
import {
  arrange,
  blank,
  codeOf,
  describeDocuments,
  form,
  getDetail,
  letter,
  listSnapshots,
  maija,
  matti,
  post,
  scanAndRead,
  scanStack,
  separator,
  undo,
  withCode,
} from '../test-stack.ts'

let intake: TestHouse
beforeAll(async () => {
  intake = await startTestHouse((await testDatabase('intake')).appUrl)
})
afterAll(async () => intake.stop())

const describeNow = async (batchId: string, pageIds: readonly string[]) =>
  describeDocuments(await getDetail(intake, batchId), pageIds)

test('documents are split, joined and their pages moved, and each step can be undone to where it began', async () => {
  const batchId = await openTestBatch(intake.ask)
  const pageIds = await scanAndRead(intake, batchId, [letter(), letter(), separator, letter(), letter()])
  const [first = '', second = '', , fourth = '', fifth = ''] = pageIds
  const began = await getDetail(intake, batchId)
  await arrange(intake, batchId, { do: 'split', pageId: second })
  expect(await describeNow(batchId, pageIds)).toEqual([
    ['incomplete', [1]],
    ['incomplete', [2]],
    ['incomplete', [4, 5]],
  ])
  await arrange(intake, batchId, { do: 'join', pageId: fourth })
  await arrange(intake, batchId, { do: 'join', pageId: second })
  expect(await describeNow(batchId, pageIds)).toEqual([['incomplete', [1, 2, 4, 5]]])
  const { documents } = await getDetail(intake, batchId)
  await arrange(intake, batchId, {
    do: 'move',
    pageId: fifth,
    applicationId: documents[0]?.applicationId ?? '',
    before: first,
  })
  expect(await describeNow(batchId, pageIds)).toEqual([['incomplete', [5, 1, 2, 4]]])
  for (let step = 0; step < 4; step += 1) await undo(intake, batchId)
  const ended = await getDetail(intake, batchId)
  expect(ended.documents).toEqual(began.documents)
  expect(ended.lastChange).toBeNull()
})

test('the pages of a document are shown and handed over in the order they were put into', async () => {
  const batchId = await openTestBatch(intake.ask)
  const pageIds = await scanAndRead(intake, batchId, [letter(), letter(), letter()])
  const [first = '', , third = ''] = pageIds
  const id = (await getDetail(intake, batchId)).documents[0]?.applicationId ?? ''
  await arrange(intake, batchId, { do: 'move', pageId: third, applicationId: id, before: first })
  const inOrder = [2, 0, 1].map((index) => pageIds[index])
  const detail = (await (await intake.ask(`/applications/${id}`)).json()) as {
    application: { version: number }
    pages: { id: string }[]
  }
  expect(detail.pages.map((page) => page.id)).toEqual(inOrder)
  const fields = { benefit: 'YA', language: 'fi', hetu: maija }
  const { version } = detail.application
  expect((await post(intake, `/applications/${id}/corrections`, { version, fields })).status).toBe(200)
  expect((await listSnapshots(intake, id)).map((one) => one.pageIds)).toEqual([inOrder])
})

test('a blank page is left out once accepted, is back after an undo, and no page is ever lost', async () => {
  const batchId = await openTestBatch(intake.ask)
  const pageIds = await scanAndRead(intake, batchId, [letter(), blank, blank])
  const [, second = '', third = ''] = pageIds
  await arrange(intake, batchId, { do: 'accept', pageId: second })
  await arrange(intake, batchId, { do: 'keep', pageId: third })
  const { batch, scans } = await getDetail(intake, batchId)
  expect([batch.counts.asked, batch.tally.blanks, batch.tally.inApplications]).toEqual([0, 1, 2])
  expect(scans[0]?.pages.map(({ answer, leftOut }) => [answer, leftOut])).toEqual([
    [null, null],
    ['accepted', 'blank'],
    ['kept', null],
  ])
  await undo(intake, batchId)
  await undo(intake, batchId)
  expect((await getDetail(intake, batchId)).batch).toMatchObject({ counts: { asked: 2 }, tally: { blanks: 0 } })
})

test('blank pages that the cover made an application are taken back from the balancer once accepted as blank', async () => {
  const batchId = await openTestBatch(intake.ask, { benefit: 'YA', language: 'fi' })
  const [only = ''] = await scanAndRead(intake, batchId, [blank])
  const id = (await getDetail(intake, batchId)).documents[0]?.applicationId ?? ''
  await arrange(intake, batchId, { do: 'accept', pageId: only })
  expect((await listSnapshots(intake, id)).map(({ withdrawn }) => withdrawn)).toEqual([false, true])
  expect((await getDetail(intake, batchId)).documents).toMatchObject([{ state: 'withdrawn', pageIds: [only] }])
})

test('a form scanned twice becomes no second application when it is accepted as a copy, and one when it is kept', async () => {
  const batchId = await openTestBatch(intake.ask)
  const pageIds = await scanAndRead(intake, batchId, [form(maija), form(maija), form(matti), form(matti)])
  const [, second = '', , fourth = ''] = pageIds
  await arrange(intake, batchId, { do: 'accept', pageId: second })
  await arrange(intake, batchId, { do: 'keep', pageId: fourth })
  const { documents, batch } = await getDetail(intake, batchId)
  expect(documents.map(({ state }) => state)).toEqual(['handed_over', 'withdrawn', 'handed_over', 'handed_over'])
  expect(batch.tally).toMatchObject({ duplicates: 1, inApplications: 3 })
  const snapshots = await Promise.all(documents.map(({ applicationId }) => listSnapshots(intake, applicationId)))
  expect(snapshots.map((one) => one.length)).toEqual([1, 0, 1, 1])
  expect(await (await intake.ask(`/applications?batch=${batchId}`)).json()).toMatchObject({ total: 0 })
})

test('what was handed over is not rearranged, though what is asked about its blank page can be answered', async () => {
  const batchId = await openTestBatch(intake.ask)
  const pageIds = await scanAndRead(intake, batchId, [form(maija), letter(), blank, separator, letter()])
  const [, second = '', third = '', , fifth = ''] = pageIds
  const id = (await getDetail(intake, batchId)).documents[0]?.applicationId ?? ''
  for (const wish of [
    { do: 'split', pageId: second },
    { do: 'join', pageId: fifth },
    { do: 'set_aside', pageId: second },
    { do: 'move', pageId: fifth, applicationId: id, before: null },
  ] satisfies ArrangeBatch[]) {
    const refused = await post(intake, `/batches/${batchId}/arrange`, wish)
    expect([refused.status, await codeOf(refused)]).toEqual([409, 'application.handed_over'])
  }
  await arrange(intake, batchId, { do: 'accept', pageId: third })
  expect((await getDetail(intake, batchId)).batch.counts.asked).toBe(0)
  expect((await listSnapshots(intake, id)).map((one) => one.pageIds)).toEqual([pageIds.slice(0, 3)])
})

test('an application whose applicant nobody knows yet may lose all its pages, and have them back', async () => {
  const batchId = await openTestBatch(intake.ask, { benefit: 'YA', language: 'fi' })
  const pageIds = await scanAndRead(intake, batchId, [form(), separator, letter()])
  const [, , third = ''] = pageIds
  const [, second] = (await getDetail(intake, batchId)).documents
  const id = second?.applicationId ?? ''
  const { version } = ((await (await intake.ask(`/applications/${id}`)).json()) as { application: { version: number } })
    .application
  await post(intake, `/applications/${id}/corrections`, { version, fields: { phone: '044 123 4567' } })
  expect((await listSnapshots(intake, id)).map((one) => one.withdrawn)).toEqual([false])
  await arrange(intake, batchId, { do: 'join', pageId: third })
  expect(await describeNow(batchId, pageIds)).toEqual([['unidentified', [1, 3]]])
  expect((await listSnapshots(intake, id)).map((one) => one.withdrawn)).toEqual([false, true])
  await undo(intake, batchId)
  expect(await describeNow(batchId, pageIds)).toEqual([
    ['unidentified', [1]],
    ['unidentified', [3]],
  ])
  // At the balancer a withdrawn task never opens again, so the pages come back as another application.
  const heir = (await getDetail(intake, batchId)).documents[1]?.applicationId ?? ''
  expect(heir).not.toBe(id)
  expect(await listSnapshots(intake, heir)).toMatchObject([{ version: 1, withdrawn: false, pageIds: [third] }])
  const fields = (
    (await (await intake.ask(`/applications/${heir}`)).json()) as { fields: { name: string; value: string }[] }
  ).fields
  expect(fields.find(({ name }) => name === 'phone')?.value).toBe('044 123 4567')
})

test('a foreign cover that is accepted holds for the papers behind it, one that is not is as if it were not there', async () => {
  const batchId = await openTestBatch(intake.ask, { benefit: 'YA', language: 'fi' })
  const cover = writeCoverCode({ office: 'kuopio', batchNumber: 1, benefit: 'TO', language: 'sv' })
  const kept = await scanAndRead(intake, batchId, [withCode(cover), letter()])
  const accepted = await scanAndRead(intake, batchId, [withCode(cover), letter()])
  await arrange(intake, batchId, { do: 'keep', pageId: kept[0] ?? '' })
  await arrange(intake, batchId, { do: 'accept', pageId: accepted[0] ?? '' })
  const { documents, batch } = await getDetail(intake, batchId)
  expect(documents.map(({ benefit, language, state }) => [benefit, language, state])).toEqual([
    ['YA', 'fi', 'unidentified'],
    ['TO', 'sv', 'unidentified'],
  ])
  expect(batch.office).toBe('lahti')
  await undo(intake, batchId)
  expect((await getDetail(intake, batchId)).batch.counts.asked).toBe(1)
})

test('only the newest change is undone, once, and by somebody who saw it', async () => {
  const batchId = await openTestBatch(intake.ask)
  const pageIds = await scanAndRead(intake, batchId, [letter(), letter(), letter()])
  const first = await arrange(intake, batchId, { do: 'split', pageId: pageIds[1] ?? '' })
  const second = await arrange(intake, batchId, { do: 'set_aside', pageId: pageIds[2] ?? '' })
  expect(await codeOf(await post(intake, `/batches/${batchId}/undo`, { changeId: first }))).toBe('batch.changed')
  expect((await post(intake, `/batches/${batchId}/undo`, { changeId: second })).status).toBe(200)
  expect(await codeOf(await post(intake, `/batches/${batchId}/undo`, { changeId: second }))).toBe('batch.changed')
  expect((await post(intake, `/batches/${batchId}/undo`, { changeId: first }, clerkElsewhere)).status).toBe(404)
  const foreign = await post(intake, `/batches/${batchId}/arrange`, { do: 'split', pageId: pageIds[1] }, clerkElsewhere)
  expect(foreign.status).toBe(404)
  const elsewhere = await openTestBatch(intake.ask)
  const wrong = await post(intake, `/batches/${elsewhere}/arrange`, { do: 'split', pageId: pageIds[1] })
  expect(await codeOf(wrong)).toBe('batch.changed')
})

test('what a clerk does while others read and do the same leaves every page in one place', async () => {
  const batchId = await openTestBatch(intake.ask)
  const pageIds = await scanAndRead(intake, batchId, [letter(), letter(), letter(), letter()])
  const wishes = pageIds.flatMap((pageId): ArrangeBatch[] => [
    { do: 'split', pageId },
    { do: 'join', pageId },
    { do: 'set_aside', pageId },
    { do: 'take_back', pageId },
  ])
  const reading = [1, 2, 3].map(() => scanAndRead(intake, batchId, [letter(), separator, blank]))
  const answers = await Promise.all(wishes.map((wish) => post(intake, `/batches/${batchId}/arrange`, wish)))
  await Promise.all(reading)
  expect(answers.filter(({ status }) => status !== 200 && status !== 409)).toEqual([])
  const { batch, documents } = await getDetail(intake, batchId)
  expect(batch.counts.pages).toBe(13)
  expect(new Set(documents.flatMap((one) => one.pageIds)).size).toBe(10)
})

test('a batch is closed with the sheets counted in, or with a reason', async () => {
  const batchId = await openTestBatch(intake.ask, { sheetsCounted: 4 })
  await scanAndRead(intake, batchId, [separator, letter(), blank])
  const { tally } = (await getDetail(intake, batchId)).batch
  expect(tally).toMatchObject({ expected: 4, difference: -1 })
  expect(await codeOf(await post(intake, `/batches/${batchId}/close`, {}))).toBe('batch.does_not_tally')
  expect((await post(intake, `/batches/${batchId}/count`, { sheetsCounted: 2, bothSides: true })).status).toBe(200)
  expect((await getDetail(intake, batchId)).batch.tally).toMatchObject({ expected: 4, difference: -1 })
  const closed = await post(intake, `/batches/${batchId}/close`, { reason: 'Yksi arkki oli kuori, jota ei skannattu.' })
  expect(closed.status).toBe(200)
  const { batch } = await getDetail(intake, batchId)
  expect([batch.closedAt !== null, batch.closedBecause]).toEqual([true, 'Yksi arkki oli kuori, jota ei skannattu.'])
  expect(await codeOf(await post(intake, `/batches/${batchId}/count`, { sheetsCounted: 3 }))).toBe('batch.closed')
  const even = await openTestBatch(intake.ask, { sheetsCounted: 1 })
  await scanStack(intake, even, 1)
  expect((await post(intake, `/batches/${even}/close`, {})).status).toBe(200)
  expect((await getDetail(intake, even)).batch.closedBecause).toBeNull()
})

test('a file confirmed as a duplicate may be thought over until it is read as new', async () => {
  const batchId = await openTestBatch(intake.ask, { sheetsCounted: 1 })
  const bytes = await drawJpeg('thought over')
  await sendScan(intake.ask, batchId, bytes)
  await sendScan(intake.ask, batchId, bytes)
  const scan = (await getDetail(intake, batchId)).scans.find(({ duplicateOf }) => duplicateOf !== null)
  const settle = async (as: string) => (await post(intake, `/scans/${scan?.id}/settle`, { as })).status
  const countAsked = async () => (await getDetail(intake, batchId)).batch.counts.asked
  expect([await countAsked(), await settle('undecided'), await settle('duplicate'), await countAsked()]).toEqual([
    1, 409, 200, 0,
  ])
  expect((await getDetail(intake, batchId)).batch.tally).toMatchObject({ difference: 0, duplicates: 1, undecided: 0 })
  expect([await settle('undecided'), await countAsked(), await settle('duplicate')]).toEqual([200, 1, 200])
  expect([await settle('new'), await settle('undecided'), await settle('duplicate')]).toEqual([200, 409, 409])
})

test('verification finds every page of all this in its place, and names those that are in none', async () => {
  const check = async () => {
    const { checks } = await verifyHouse(intake.house)
    return checks.filter(({ name }) => name.startsWith('pages stored = pages placed'))
  }
  expect(await check()).toMatchObject([{ faults: [] }])
  const batchId = await openTestBatch(intake.ask)
  const [first = '', second = ''] = await scanAndRead(intake, batchId, [letter(), separator, letter()])
  const { documents, scans } = await getDetail(intake, batchId)
  const { db } = intake.house
  const move = async (pageId: string, applicationId: string) =>
    await db.updateTable('page').set({ application_id: applicationId }).where('id', '=', pageId).execute()
  const [one = '', other = ''] = documents.map(({ applicationId }) => applicationId)
  await db.updateTable('application').set({ state: 'withdrawn' }).where('id', '=', one).execute()
  await db.updateTable('page').set({ left_out: 'blank' }).where('application_id', '=', other).execute()
  await db
    .updateTable('scan')
    .set({ divided_at: null })
    .where('id', '=', scans[0]?.id ?? '')
    .execute()
  expect((await check())[0]?.faults).toEqual([
    `Page ${first} belongs to an application that was withdrawn.`,
    `Application ${other} is open though all its pages are left out.`,
    `Scan ${scans[0]?.id} has been seen whole and is not divided into documents.`,
  ])
  await expect(move(second, one), 'a sheet that orders papers is no page of one').rejects.toThrow('page_has_one_place')
})
