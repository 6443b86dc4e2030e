import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import { readOnePage } from '../recognition/recognition.work.ts'
import { writeCoverCode } from '../scanning/sheets/sheet-code.ts'
import { expectWaiting, openTestBatch, startTestHouse, type TestHouse } from '../test-house.ts'
import { keepReading, madeUpReading } from '../test-reading.ts'
import {
  arrange,
  codeOf,
  describeDocuments,
  form,
  getDetail,
  letter,
  listSnapshots,
  post,
  scanAndRead,
  scanStack,
  separator,
  undo,
  withCode,
} from '../test-stack.ts'
import { lockApplication } from './application.store.ts'
import { followPage } from './follow.work.ts'

// What must hold whatever clerks do to the pages of a batch.

let intake: TestHouse
beforeAll(async () => {
  intake = await startTestHouse((await testDatabase('intake')).appUrl)
})
afterAll(async () => intake.stop())

const describeNow = async (batchId: string, pageIds: readonly string[]) =>
  describeDocuments(await getDetail(intake, batchId), pageIds)

test('a page set aside that was all of an application with the balancer can be taken back, and that be undone', async () => {
  const batchId = await openTestBatch(intake.ask, { benefit: 'YA', language: 'fi' })
  const pageIds = await scanAndRead(intake, batchId, [letter(), letter()])
  const [first = ''] = pageIds
  const id = (await getDetail(intake, batchId)).documents[0]?.applicationId ?? ''
  for (const pageId of pageIds) await arrange(intake, batchId, { do: 'set_aside', pageId })
  await arrange(intake, batchId, { do: 'take_back', pageId: first })
  expect((await listSnapshots(intake, id)).at(-1)).toMatchObject({ withdrawn: true })
  const [taken, ...others] = (await getDetail(intake, batchId)).documents
  expect([taken, others]).toMatchObject([{ state: 'unidentified', pageIds }, []])
  expect((await listSnapshots(intake, taken?.applicationId ?? '')).at(-1)).toMatchObject({ pageIds: [first] })
  for (let step = 0; step < 3; step += 1) await undo(intake, batchId)
  expect(await describeNow(batchId, pageIds)).toEqual([['unidentified', [1, 2]]])
  expect((await getDetail(intake, batchId)).batch.tally).toMatchObject({ inApplications: 2, setAside: 0 })
})

test('what gets pages of an application under non-disclosure is under it too, be it split, joined or divided later', async () => {
  const batchId = await openTestBatch(intake.ask)
  const restrict = async (id: string) => {
    const { version } = (
      (await (await intake.ask(`/applications/${id}`)).json()) as { application: { version: number } }
    ).application
    const body = { version, fields: {}, restricted: true }
    expect((await post(intake, `/applications/${id}/corrections`, body)).status).toBe(200)
  }
  const listRestricted = async () =>
    await Promise.all(
      (await getDetail(intake, batchId)).documents.map(async ({ applicationId }) => {
        const answer = await intake.ask(`/applications/${applicationId}`)
        return ((await answer.json()) as { application: { restricted: boolean } }).application.restricted
      }),
    )
  const pageIds = await scanAndRead(intake, batchId, [letter(), separator, letter(), letter()])
  const [, , third = '', fourth = ''] = pageIds
  const [, second] = (await getDetail(intake, batchId)).documents
  await restrict(second?.applicationId ?? '')
  await arrange(intake, batchId, { do: 'split', pageId: fourth })
  expect(await listRestricted()).toEqual([false, true, true])
  await arrange(intake, batchId, { do: 'join', pageId: third })
  expect(await listRestricted()).toEqual([true, true])
  const waiting = await scanStack(intake, batchId, 3)
  await restrict((await getDetail(intake, batchId)).documents[2]?.applicationId ?? '')
  for (const [index, seen] of [letter(), separator, letter()].entries())
    await keepReading(intake.house, waiting[index] ?? '', madeUpReading(seen))
  expect(await listRestricted()).toEqual([true, true, true, true])
})

test('an application that is just being corrected and handed over keeps its pages', async () => {
  const batchId = await openTestBatch(intake.ask)
  const pageIds = await scanAndRead(intake, batchId, [letter(), separator, letter()])
  const id = (await getDetail(intake, batchId)).documents[1]?.applicationId ?? ''
  const { db } = intake.house
  const joining = await db.transaction().execute(async (tx) => {
    await lockApplication(tx, id)
    const answer = post(intake, `/batches/${batchId}/arrange`, { do: 'join', pageId: pageIds[2] })
    await expectWaiting(intake.house)
    await tx.updateTable('application').set({ state: 'handed_over' }).where('id', '=', id).execute()
    return { answer }
  })
  expect(await codeOf(await joining.answer)).toBe('application.handed_over')
})

test('a page left out that could not be read stays left out when it is read again, though it is a cover', async () => {
  const batchId = await openTestBatch(intake.ask)
  const pageIds = await scanStack(intake, batchId, 1)
  const [only = ''] = pageIds
  const readFields = () => Promise.resolve({ ok: false as const, code: 'scan.took_too_long' as const })
  await readOnePage({ ...intake.house, readFields }, { pageId: only }, followPage)
  await arrange(intake, batchId, { do: 'set_aside', pageId: only })
  const { scans } = await getDetail(intake, batchId)
  expect((await post(intake, `/scans/${scans[0]?.id}/settle`, { as: 'read_again' })).status).toBe(200)
  const cover = writeCoverCode({ office: 'lahti', batchNumber: 1, benefit: 'TO', language: 'sv' })
  await keepReading(intake.house, only, madeUpReading(withCode(cover)))
  expect(await describeNow(batchId, pageIds)).toEqual([['withdrawn', [1]]])
  await undo(intake, batchId)
  expect(await describeNow(batchId, pageIds)).toEqual([['incomplete', [1]]])
})

test('a task that loses the page its benefit was read from is handed over without it, and stays what it was', async () => {
  const batchId = await openTestBatch(intake.ask)
  const pageIds = await scanAndRead(intake, batchId, [form(), letter(), separator, letter()])
  const [first = '', second = ''] = pageIds
  const [one, other] = (await getDetail(intake, batchId)).documents.map(({ applicationId }) => applicationId)
  await arrange(intake, batchId, { do: 'move', pageId: first, applicationId: other ?? '', before: null })
  const snapshots = await listSnapshots(intake, one ?? '')
  expect(snapshots.map(({ pageIds: own, benefit }) => [own, benefit])).toEqual([
    [[first, second], 'YA'],
    [[second], 'YA'],
  ])
})
