import { applicationDetail, applicationList, handoverPage, stored } from '@tasain/contracts'
import { addDays, formatDate, helsinkiDate, newId, parseHetu } from '@tasain/vocabulary'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import { readOnePage } from '../recognition/recognition.work.ts'
import {
  balancer,
  clerk,
  clerkElsewhere,
  drawJpeg,
  handler,
  openTestBatch,
  sendScan,
  startTestHouse,
  type TestHouse,
} from '../test-house.ts'
import { keepReading, madeUpField, madeUpReading, testHetu } from '../test-reading.ts'
import { followPage } from './follow.work.ts'
import { replaceServingAreas } from './serving-area.store.ts'

let intake: TestHouse
beforeAll(async () => {
  intake = await startTestHouse((await testDatabase('intake')).appUrl)
  const areas = [
    { prefix: '1', officeId: 'lahti' },
    { prefix: '70', officeId: 'kuopio' },
  ]
  await intake.house.db.transaction().execute((tx) =>
    replaceServingAreas(tx, {
      offices: ['lahti', 'kuopio'].map((id) => ({ id, districtId: 'd' })),
      areas,
    }),
  )
})
afterAll(async () => intake.stop())

async function scanOne(cover: object = {}) {
  const batchId = await openTestBatch(intake.ask, cover)
  const response = await sendScan(intake.ask, batchId, await drawJpeg(batchId))
  const { scan } = stored.parse(await response.json())
  const [pageId, id] = [scan.pages[0]?.id ?? '', scan.applicationId ?? '']
  return { batchId, pageId, id }
}

const getDetail = async (id: string) => applicationDetail.parse(await (await intake.ask(`/applications/${id}`)).json())
const listSnapshots = async (id: string) => {
  const answer = await intake.ask('/handovers?limit=1000', { by: balancer })
  const { handovers } = handoverPage.parse(await answer.json())
  return handovers.map(({ snapshot }) => snapshot).filter(({ applicationId }) => applicationId === id)
}
const correct = async (id: string, body: object, by = clerk) =>
  await intake.ask(`/applications/${id}/corrections`, {
    method: 'POST',
    body: JSON.stringify(body),
    by,
    headers: { 'idempotency-key': newId() },
  })

test('an application read with certainty is handed over once, to the office of its postal code', async () => {
  const { id, pageId } = await scanOne()
  expect((await getDetail(id)).application.state).toBe('reading')
  const reading = madeUpReading({
    fields: { hetu: madeUpField(testHetu), name: madeUpField('M M'), postal: madeUpField('70100 Kuopio') },
  })
  await keepReading(intake.house, pageId, reading)
  await keepReading(intake.house, pageId, reading)
  const snapshots = await listSnapshots(id)
  expect(snapshots).toMatchObject([
    { version: 1, benefit: 'YA', language: 'fi', homeOffice: 'kuopio', scanningOffice: 'lahti', identified: true },
  ])
  const hetu = parseHetu(intake.house.cipher.decryptText(await keptCipher(id)))
  expect(hetu && snapshots[0]?.applicantIndex).toBe(hetu && intake.house.indexIdentity(hetu))
  expect(JSON.stringify(snapshots)).not.toContain(testHetu)
})

async function keptCipher(id: string): Promise<string> {
  const row = await intake.house.db
    .selectFrom('application_field')
    .select('cipher')
    .where('application_id', '=', id)
    .where('name', '=', 'hetu')
    .executeTakeFirstOrThrow()
  return row.cipher ?? ''
}

test('what reading could not establish waits on the checking page of the scanning office only', async () => {
  const { id, pageId, batchId } = await scanOne()
  await keepReading(
    intake.house,
    pageId,
    madeUpReading({ form: null, fields: { hetu: madeUpField('01019O-999W', 'doubtful') } }),
  )
  expect((await getDetail(id)).application.state).toBe('incomplete')
  expect(await listSnapshots(id)).toEqual([])
  const mine = applicationList.parse(await (await intake.ask(`/applications?batch=${batchId}`)).json())
  expect(mine).toMatchObject({ total: 1, applications: [{ id, doubtfulFields: 5 }] })
  const theirs = await intake.ask(`/applications?batch=${batchId}`, { by: clerkElsewhere })
  expect(await theirs.json()).toEqual({ applications: [], total: 0 })
  for (const path of [`/applications/${id}`, '/applications/01900000-0000-7000-8000-000000000000'])
    expect((await intake.ask(path, { by: clerkElsewhere })).status).toBe(404)
})

test('the batch cover holds where reading finds nothing, and the unidentified wait in the scanning office', async () => {
  const { id, pageId } = await scanOne({ benefit: 'TO', language: 'sv', arrivedOn: '2026-01-05', confirmOld: true })
  await keepReading(intake.house, pageId, madeUpReading({ form: null, fields: {} }))
  expect((await getDetail(id)).application.state).toBe('unidentified')
  expect(await listSnapshots(id)).toMatchObject([
    { benefit: 'TO', language: 'sv', arrivedOn: '2026-01-05', identified: false, homeOffice: 'lahti' },
  ])
  const { due_on: due } = await intake.house.db
    .selectFrom('application')
    .select('due_on')
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  // Epiphany, 6 January, is no working day.
  expect(due).toBe('2026-01-15')
})

test('a correction makes the next version; one made on an older view is refused and changes nothing', async () => {
  const { id, pageId } = await scanOne({ benefit: 'YA', language: 'fi' })
  await keepReading(intake.house, pageId, madeUpReading({ form: null, fields: {} }))
  const { version } = (await getDetail(id)).application
  const answer = await correct(id, {
    version,
    fields: { hetu: ` ${testHetu} `, postal: '70100 Kuopio', name: 'Maija M' },
  })
  expect(answer.status).toBe(200)
  expect(await answer.text()).not.toContain(testHetu)
  const corrected = await getDetail(id)
  expect(corrected.application).toMatchObject({ state: 'handed_over', homeOffice: 'kuopio', doubtfulFields: 0 })
  expect(corrected.fields.find(({ name }) => name === 'hetu')).toMatchObject({ value: testHetu, source: 'clerk' })
  expect((await listSnapshots(id)).map((one) => [one.version, one.identified])).toEqual([
    [1, false],
    [2, true],
  ])
  const stale = await correct(id, { version, fields: { name: 'Joku Muu' } })
  expect([stale.status, await stale.json()]).toMatchObject([409, { error: { code: 'application.changed' } }])
  const unimportant = await correct(id, { version: corrected.application.version, fields: { phone: '044 123 4567' } })
  expect(unimportant.status).toBe(200)
  expect(await listSnapshots(id)).toHaveLength(2)
  const kept = await intake.house.db.selectFrom('correction').selectAll().where('application_id', '=', id).execute()
  expect(new Set(kept.map(({ name }) => name))).toEqual(new Set(['hetu', 'name', 'phone', 'postal']))
  const answers = await intake.house.db.selectFrom('idempotency_key').selectAll().execute()
  expect(answers.length).toBeGreaterThan(0)
  expect(JSON.stringify([kept, answers])).not.toContain(testHetu)
})

test.each([
  ['hetu', '010190-999A', 'application.wrong_hetu'],
  ['iban', 'FI66 5493 6567 2415 43', 'application.wrong_iban'],
  ['postal', '1511 Lahti', 'application.wrong_postal'],
  ['benefit', 'XX', 'application.unknown_benefit'],
  ['language', 'en', 'application.unknown_language'],
  ['arrivedOn', '2099-01-01', 'application.wrong_date'],
  ['arrivedOn', '1.11.1926', 'application.arrived_too_long_ago'],
  ['date', '31.2.2024', 'application.wrong_date'],
])('a clerk who writes a wrong %s is told so and nothing is kept', async (name, value, code) => {
  const { id, pageId } = await scanOne()
  await keepReading(intake.house, pageId, madeUpReading({ fields: {} }))
  const { application } = await getDetail(id)
  const answer = await correct(id, { version: application.version, fields: { phone: '044 1', [name]: value } })
  expect([answer.status >= 400, await answer.json()]).toMatchObject([
    true,
    { error: { code, fields: [{ path: `fields.${name}` }] } },
  ])
  expect((await getDetail(id)).application.version).toBe(application.version)
})

test('a handler sees an application by a grant for it and not otherwise; both looks of those who may are logged', async () => {
  const { id, pageId } = await scanOne()
  await keepReading(intake.house, pageId, madeUpReading())
  const grant = { subject: handler.subject, application: id, epoch: 1 }
  intake.events.claim(grant)
  expect((await intake.ask(`/applications/${id}`, { by: handler })).status).toBe(404)
  expect((await intake.ask(`/applications/${id}`, { by: handler, grant: { ...grant, subject: 'other' } })).status).toBe(
    404,
  )
  const seen = await intake.ask(`/applications/${id}`, { by: handler, grant })
  expect(seen.status).toBe(200)
  expect(applicationDetail.parse(await seen.json()).fields.find(({ name }) => name === 'hetu')?.value).toBe(testHetu)
  const entries = await intake.house.db
    .selectFrom('access_entry')
    .select('subject')
    .where('application_id', '=', id)
    .where('action', '=', 'application.view')
    .execute()
  expect(entries).toEqual([{ subject: handler.subject }])
})

test('a page that cannot be read is set aside with its reason and does not hold up the others', async () => {
  const { id, pageId, batchId } = await scanOne({ benefit: 'YA', language: 'fi' })
  const readFields = () => Promise.resolve({ ok: false as const, code: 'scan.took_too_long' as const })
  await readOnePage({ ...intake.house, readFields }, { pageId }, followPage)
  expect((await getDetail(id)).application).toMatchObject({ state: 'unidentified', reason: 'scan.took_too_long' })
  const detail = await (await intake.ask(`/batches/${batchId}`)).json()
  expect(detail).toMatchObject({ batch: { counts: { setAside: 1, toCheck: 1 } } })
})

test('a box to tick is said in the words of its form, and is ticked or not', async () => {
  const { id, pageId } = await scanOne()
  const fields = { ...madeUpReading().fields, rent: madeUpField('on', 'doubtful') }
  await keepReading(intake.house, pageId, madeUpReading({ fields }))
  const find = async () => (await getDetail(id)).fields.find(({ name }) => name === 'rent')
  expect(await find()).toMatchObject({
    value: 'on',
    type: 'tick',
    names: { fi: 'Vuokra-asunto', sv: 'Hyresbostad' },
    status: 'doubtful',
  })
  const { version } = (await getDetail(id)).application
  expect((await correct(id, { version, fields: { rent: 'perhaps' } })).status).toBe(400)
  expect((await correct(id, { version, fields: { rent: 'off' } })).status).toBe(200)
  expect(await find()).toMatchObject({ value: 'off', source: 'clerk' })
})

describe('One bad row stops nobody', () => {
  const today = helsinkiDate(new Date())
  const longAgo = addDays(today, -500)
  const tooLongAgo = addDays(today, -1_900)
  const openBatch = async (cover: object) => {
    const answer = await intake.ask('/batches', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(cover),
    })
    return { status: answer.status, answer: await answer.json() }
  }

  test('a batch of papers from long ago is opened when the clerk confirms', async () => {
    const asked = await openBatch({ arrivedOn: longAgo })
    expect(asked).toMatchObject({ status: 409, answer: { error: { code: 'application.arrived_long_ago' } } })
    expect(JSON.stringify(asked)).toContain(formatDate(longAgo))
    expect(await openBatch({ arrivedOn: longAgo, confirmOld: true })).toMatchObject({
      status: 201,
      answer: { arrivedOn: longAgo },
    })
  })

  test('a batch from more than five years ago or tomorrow is refused', async () => {
    for (const [arrivedOn, code] of [
      [tooLongAgo, 'application.arrived_too_long_ago'],
      ['0001-01-01', 'application.arrived_too_long_ago'],
      [addDays(today, 2), 'application.wrong_date'],
    ])
      expect(await openBatch({ arrivedOn, confirmOld: true })).toMatchObject({
        status: 422,
        answer: { error: { code } },
      })
  })

  test('a corrected date of long ago is kept when the clerk confirms', async () => {
    const { id, pageId } = await scanOne()
    await keepReading(intake.house, pageId, madeUpReading({ fields: {} }))
    const { version } = (await getDetail(id)).application
    const fields = { arrivedOn: formatDate(longAgo) }
    const asked = await (await correct(id, { version, fields })).json()
    expect(asked).toMatchObject({
      error: { code: 'application.arrived_long_ago', fields: [{ path: 'fields.arrivedOn' }] },
    })
    expect(JSON.stringify(asked)).toContain(formatDate(longAgo))
    expect((await correct(id, { version, fields, confirmOld: true })).status).toBe(200)
    expect((await getDetail(id)).application.arrivedOn).toBe(longAgo)
  })
})
