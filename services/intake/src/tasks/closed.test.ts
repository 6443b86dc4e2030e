import { applicationDetail, applicationList, searchResult } from '@tasain/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { ownDatabase } from '../../../../test/support/database.ts'
import { followPage } from '../applications/follow.work.ts'
import { settleApplication } from '../applications/settle.work.ts'
import { readOnePage } from '../recognition/recognition.work.ts'
import { openTestBatch, startTestHouse, type TestHouse } from '../test-house.ts'
import { madeUpField } from '../test-reading.ts'
import {
  codeOf,
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
} from '../test-stack.ts'

let intake: TestHouse
beforeAll(async () => {
  intake = await startTestHouse((await ownDatabase()).urlsOf('intake').appUrl)
})
afterAll(async () => intake.stop())

const decidedAt = '2026-12-01T10:20:30.000Z'
const decide = (id: string) =>
  intake.events.add(id, 'decided', { epoch: 1, holder: 'handler-1', happenedAt: decidedAt })
const getApplication = async (id: string) =>
  applicationDetail.parse(await (await intake.ask(`/applications/${id}`)).json())
const correct = async (id: string, body: object) => await post(intake, `/applications/${id}/corrections`, body)

/** A batch of two applications, each of two pages; the first has a doubtful name. */
async function scanTwo() {
  const batchId = await openTestBatch(intake.ask)
  const first = form(maija)
  const doubtful = { ...first, fields: { ...first.fields, name: madeUpField('Meikälainen', 'doubtful') } }
  const pages = [doubtful, letter('selvitys'), separator, form(matti), letter()]
  const pageIds = await scanAndRead(intake, batchId, pages)
  const ids = (await getDetail(intake, batchId)).documents.map(({ applicationId }) => applicationId)
  return { batchId, pageIds, first: ids[0] ?? '', second: ids[1] ?? '' }
}

describe('A decided application is closed', { timeout: 90_000 }, () => {
  test('a correction is refused in words and nothing of it is stored', async () => {
    const { first } = await scanTwo()
    decide(first)
    const { application, fields } = await getApplication(first)
    const refused = await correct(first, { version: application.version, fields: { phone: '050 999' } })
    expect([refused.status, await codeOf(refused)]).toEqual([409, 'application.decided'])
    expect((await getApplication(first)).fields).toEqual(fields)
    expect(await listSnapshots(intake, first)).toHaveLength(1)
  })

  test('the true state stands in the list, on the page, in the batch and in hits', async () => {
    const { batchId, first, pageIds } = await scanTwo()
    await keepText(pageIds[1] ?? '')
    const list = async (state: string) => {
      const answer = await intake.ask(`/applications?state=${state}&batch=${batchId}`)
      return applicationList.parse(await answer.json()).applications
    }
    const find = async () => (await list('all')).find(({ id }) => id === first)?.task
    expect((await list('to_check')).map(({ id }) => id)).toEqual([first])
    expect(await find()).toBeNull()
    for (const [kind, state] of [
      ['received', 'open'],
      ['claimed', 'claimed'],
      ['information_requested', 'awaiting_information'],
    ] as const) {
      intake.events.add(first, kind, kind === 'claimed' ? { holder: 'handler-1' } : {})
      await intake.house.tasks.catchUp()
      expect(await find()).toEqual({ state, decidedAt: null })
    }
    decide(first)
    await intake.house.tasks.catchUp()
    const shown = { state: 'decided', decidedAt }
    expect(await find()).toEqual(shown)
    expect(await list('to_check')).toEqual([])
    const detail = await getDetail(intake, batchId)
    expect([detail.batch.counts.toCheck, detail.documents[0]?.task]).toEqual([0, shown])
    expect((await getApplication(first)).application.task).toEqual(shown)
    const hits = await post(intake, '/search', { q: 'ratkaisuteksti' })
    expect(searchResult.parse(await hits.json()).hits).toMatchObject([{ state: 'handed_over', task: shown }])
  })

  test('no page goes into it or out of it, whatever its own state', async () => {
    const { batchId, pageIds, first, second } = await scanTwo()
    // Whose it is has become doubtful since, so that pages could be moved but for the decision.
    await intake.house.db.updateTable('application').set({ state: 'unidentified' }).execute()
    decide(first)
    const [head = '', attachment = '', , other = ''] = pageIds
    for (const wish of [
      { do: 'split', pageId: attachment },
      { do: 'set_aside', pageId: head },
      { do: 'move', pageId: other, applicationId: first, before: null },
      { do: 'join', pageId: other },
    ]) {
      const refused = await post(intake, `/batches/${batchId}/arrange`, wish)
      expect([refused.status, await codeOf(refused)], wish.do).toEqual([409, 'application.decided'])
    }
    const moved = await post(intake, `/batches/${batchId}/arrange`, { do: 'set_aside', pageId: other })
    expect(moved.status).toBe(200)
    decide(second)
    const undo = { changeId: ((await moved.json()) as { changeId: string }).changeId }
    expect(await codeOf(await post(intake, `/batches/${batchId}/undo`, undo))).toBe('application.decided')
  })

  test('a page of it that could not be read is not read again', async () => {
    const batchId = await openTestBatch(intake.ask, { benefit: 'YA', language: 'fi' })
    const [pageId = ''] = await scanStack(intake, batchId, 1)
    const readFields = () => Promise.resolve({ ok: false as const, code: 'scan.took_too_long' as const })
    await readOnePage({ ...intake.house, readFields }, { pageId }, followPage)
    const { scans } = await getDetail(intake, batchId)
    decide(scans[0]?.applicationId ?? '')
    const refused = await post(intake, `/scans/${scans[0]?.id}/settle`, { as: 'read_again' })
    expect([refused.status, await codeOf(refused)]).toEqual([409, 'application.decided'])
  })

  test('non-disclosure can be set on it, and nothing else changes by that', async () => {
    const { first } = await scanTwo()
    decide(first)
    await intake.house.tasks.catchUp()
    const { application, fields } = await getApplication(first)
    const body = { version: application.version, fields: {}, restricted: true }
    expect((await correct(first, body)).status).toBe(200)
    const after = await getApplication(first)
    expect([after.application.restricted, after.fields]).toEqual([true, fields])
    const [before, ...later] = await listSnapshots(intake, first)
    expect(later).toEqual([{ ...before, version: 2, restricted: true }])
  })

  test('reading that ends after the decision changes nothing', async () => {
    const { first } = await scanTwo()
    const before = await getApplication(first)
    decide(first)
    await intake.house.tasks.catchUp()
    await intake.house.db.deleteFrom('application_field').where('name', '=', 'name').execute()
    await intake.house.db.transaction().execute((tx) => settleApplication(tx, first))
    expect((await getApplication(first)).application.version).toBe(before.application.version)
    expect(await listSnapshots(intake, first)).toHaveLength(1)
  })

  test('without the balancer what was handed over is not corrected, and the rest is', async () => {
    const { batchId, first, pageIds } = await scanTwo()
    const { application } = await getApplication(first)
    const incomplete = await openTestBatch(intake.ask)
    await scanAndRead(intake, incomplete, [letter('Hei')])
    const open = (await getDetail(intake, incomplete)).documents[0]?.applicationId ?? ''
    const { version } = (await getApplication(open)).application
    intake.events.setDown(true)
    const refused = await correct(first, { version: application.version, fields: { phone: '050 999' } })
    expect([refused.status, await codeOf(refused)]).toEqual([503, 'application.state_unknown'])
    await intake.house.db
      .updateTable('application')
      .set({ state: 'unidentified' })
      .where('batch_id', '=', batchId)
      .execute()
    const arranged = await post(intake, `/batches/${batchId}/arrange`, { do: 'set_aside', pageId: pageIds[1] })
    expect([arranged.status, await codeOf(arranged)]).toEqual([503, 'application.state_unknown'])
    expect((await correct(open, { version, fields: { phone: '050 999' } })).status).toBe(200)
    const restrict = { version: application.version, fields: {}, restricted: true }
    expect((await correct(first, restrict)).status).toBe(200)
    intake.events.setDown(false)
  })
})

/** As if this had been read from a page. */
async function keepText(pageId: string): Promise<void> {
  const text = 'ratkaisuteksti'
  await intake.house.db
    .updateTable('reading')
    .set({ text, search_text: text, words: JSON.stringify([{ text, confidence: 1, box: [1, 2, 3, 4] }]) })
    .where('page_id', '=', pageId)
    .execute()
}
