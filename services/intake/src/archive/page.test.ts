import { Readable } from 'node:stream'
import { applicationList, type Caller, searchResult, stored } from '@tasain/contracts'
import { hashStream } from '@tasain/kit'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import {
  auditor,
  clerk,
  clerkElsewhere,
  drawJpeg,
  handler,
  openTestBatch,
  sendScan,
  startTestHouse,
  type TestHouse,
} from '../test-house.ts'
import { keepReading, madeUpReading, testHetu } from '../test-reading.ts'

let intake: TestHouse
let scanId: string
let pageId: string
let applicationId: string
let batchId: string
let bytes: Buffer
let logIsBroken = false

beforeAll(async () => {
  intake = await startTestHouse((await testDatabase('intake')).appUrl, ({ accessLog }) => ({
    accessLog: {
      append: (tx, caller, action, seen) =>
        logIsBroken ? Promise.reject(new Error('no entry')) : accessLog.append(tx, caller, action, seen),
    },
  }))
  batchId = await openTestBatch(intake.ask)
  bytes = await drawJpeg('archive')
  const { scan } = stored.parse(await (await sendScan(intake.ask, batchId, bytes, { name: 'sivu ä.jpg' })).json())
  scanId = scan.id
  pageId = scan.pages[0]?.id ?? ''
  applicationId = scan.applicationId ?? ''
  await keepReading(intake.house, pageId, madeUpReading({ text: `Henkilötunnus ${testHetu} Lahti` }))
})
afterAll(async () => intake.stop())

const listPaths = () => [
  `/pages/${pageId}/image`,
  `/pages/${pageId}/image?width=thumbnail`,
  `/pages/${pageId}/text`,
  `/scans/${scanId}/original`,
]
const listLooks = async (by: Caller) =>
  await intake.house.db
    .selectFrom('access_entry')
    .select(['object_kind', 'object_id', 'reason', 'application_id'])
    .where('subject', '=', by.subject)
    .where('action', '=', 'page.view')
    .orderBy('id')
    .execute()
const absent = async () => {
  const response = await intake.ask('/pages/01900000-0000-7000-8000-000000000000/image')
  return [response.status, ((await response.json()) as { error: { code: string } }).error.code]
}

test('a handler without a grant for this very application gets the answer for what does not exist, and no byte', async () => {
  const grant = { subject: handler.subject, application: applicationId, epoch: 1 }
  intake.events.claim(grant)
  const wrong = [
    {},
    { grant: { ...grant, application: '01900000-0000-7000-8000-000000000001' } },
    { grant: { ...grant, subject: 'somebody-else' } },
  ]
  for (const path of listPaths())
    for (const attempt of wrong) {
      const response = await intake.ask(path, { by: handler, ...attempt })
      const body = (await response.json()) as { error: { code: string } }
      expect([path, response.status, body.error.code]).toEqual([path, ...(await absent())])
    }
  expect(await listLooks(handler)).toEqual([])
})

test('with the grant the handler sees the page, and each look is in the access log', async () => {
  const grant = { subject: handler.subject, application: applicationId, epoch: 1 }
  intake.events.claim(grant)
  for (const path of listPaths()) expect((await intake.ask(path, { by: handler, grant })).status).toBe(200)
  const page = { object_kind: 'page', object_id: pageId, application_id: applicationId }
  expect(await listLooks(handler)).toEqual([
    { ...page, reason: 'page' },
    { ...page, reason: 'thumbnail' },
    { ...page, reason: 'text' },
    { ...page, object_kind: 'scan', object_id: scanId, reason: 'original' },
  ])
})

describe('Rights end at once: an auditor says why they look', () => {
  test('without a reason they are refused with words, with one it stands in the log', async () => {
    const ask = (path: string, why?: string) =>
      intake.ask(path, { by: auditor, headers: why === undefined ? {} : { 'x-reason': encodeURIComponent(why) } })
    for (const path of listPaths())
      for (const why of [undefined, '', ' a ', '%', 'Kantelu\0 12']) {
        const answer = await ask(path, why)
        expect([answer.status, await answer.json()]).toMatchObject([400, { error: { code: 'page.reason_missing' } }])
      }
    const first = await intake.house.db.selectFrom('access_entry').select('id').orderBy('id', 'desc').executeTakeFirst()
    for (const path of listPaths()) expect((await ask(path, `Kantelu 12, ä ${testHetu}`)).status).toBe(200)
    const looks = await intake.house.db
      .selectFrom('access_entry')
      .select('reason')
      .where('subject', '=', auditor.subject)
      .where('id', '>', first?.id ?? '')
      .orderBy('id')
      .execute()
    const why = `Kantelu 12, ä ${'•'.repeat(testHetu.length)}`
    expect(looks.map(({ reason }) => reason)).toEqual(listPaths().map(() => expect.stringMatching(`: ${why}$`)))
  })
})

test('another office and other roles see nothing; the auditor sees all', async () => {
  for (const path of listPaths()) {
    expect((await intake.ask(path, { by: clerkElsewhere })).status).toBe(404)
    expect((await intake.ask(path, { by: { ...clerk, subject: 'manager-1', roles: ['manager'] } })).status).toBe(403)
    expect((await intake.ask(path, { by: auditor, headers: { 'x-reason': 'Valvonta' } })).status).toBe(200)
  }
})

test('the original comes back byte for byte as a download that runs nothing', async () => {
  const response = await intake.ask(`/scans/${scanId}/original`)
  expect(response.headers.get('content-disposition')).toContain(
    'attachment; filename="scan"; filename*=UTF-8\'\'sivu%20%C3%A4.jpg',
  )
  expect(response.headers.get('content-security-policy')).toContain('sandbox')
  expect(response.headers.get('cache-control')).toBe('no-store')
  const back = Buffer.from(await response.arrayBuffer())
  expect(await hashStream(Readable.from([back]))).toBe(await hashStream(Readable.from([bytes])))
})

test('text shaped like an identity code is masked wherever it is kept or shown', async () => {
  const body = await (await intake.ask(`/pages/${pageId}/text`)).text()
  expect(body).toContain('Henkilötunnus ••••••••••• Lahti')
  expect(body).not.toContain(testHetu)
  const { rows } = await sql<{ found: number }>`
    select count(*) as found from reading where reading::text like ${`%${testHetu}%`}`.execute(intake.house.db)
  expect(rows[0]?.found).toBe(0)
})

test('a look that cannot be logged shows nothing', async () => {
  logIsBroken = true
  try {
    for (const path of listPaths().filter((one) => !one.endsWith('/text'))) {
      const response = await intake.ask(path)
      expect([path, response.status]).toEqual([path, 503])
      expect(response.headers.get('content-type')).toContain('application/json')
    }
    expect((await intake.ask(`/pages/${pageId}/text`)).status).toBe(500)
  } finally {
    logIsBroken = false
  }
})

test('clerks of the office see the paper until a week after its batch was closed, and while it waits for them', async () => {
  await intake.ask(`/batches/${batchId}/close`, { method: 'POST' })
  expect((await intake.ask(`/pages/${pageId}/image`)).status).toBe(200)
  const { db } = intake.house
  await sql`update batch set closed_at = now() - interval '8 days' where id = ${batchId}`.execute(db)
  await sql`update application set state = 'unidentified' where id = ${applicationId}`.execute(db)
  for (const path of [...listPaths(), `/applications/${applicationId}`])
    expect([path, (await intake.ask(path)).status]).toEqual([path, 200])
  const correct = { method: 'POST', body: JSON.stringify({ version: 2, fields: {} }) }
  const look = async () => [
    ...(await Promise.all(listPaths().map(async (path) => (await intake.ask(path)).status))),
    (await intake.ask(`/applications/${applicationId}`)).status,
    searchResult.parse(
      await (await intake.ask('/search', { method: 'POST', body: JSON.stringify({ q: 'henkilötunnus' }) })).json(),
    ).total,
    applicationList.parse(await (await intake.ask('/applications?state=all')).json()).total,
    (await intake.ask(`/applications/${applicationId}/corrections`, correct)).status,
  ]
  await sql`update application set state = 'handed_over', doubtful_fields = 1 where id = ${applicationId}`.execute(db)
  expect(await look()).toEqual([200, 200, 200, 200, 200, 1, 1, 200])
  await sql`update application set state = 'handed_over', doubtful_fields = 0 where id = ${applicationId}`.execute(db)
  expect(await look()).toEqual([404, 404, 404, 404, 404, 0, 0, 404])
})
