import type { Snapshot } from '@tasain/contracts'
import { connect, createLog } from '@tasain/kit'
import { newId } from '@tasain/vocabulary'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ownDatabase } from '../../../../test/support/database.ts'
import { type Schema, schema } from '../schema.ts'
import { waitForHandovers } from './handover.api.ts'
import { insertHandover, listHandovers, placeHandovers } from './handover.store.ts'

const rounds = process.env['TASAIN_LONG'] === '1' ? 10_000 : 500
let intake: ReturnType<typeof connect<Schema>>
let batchId: string

beforeAll(async () => {
  const url = (await ownDatabase()).urlsOf('intake').appUrl
  intake = connect<Schema>({ url, schema, log: createLog('test') })
  batchId = newId()
  await intake.db
    .insertInto('batch')
    .values({
      id: batchId,
      office: 'lahti',
      channel: 'office_paper',
      benefit: null,
      language: null,
      arrived_on: '2026-01-05',
      sheets_counted: null,
      opened_by: 'x',
      closed_at: null,
    })
    .execute()
})
afterAll(async () => intake.close())

async function insertApplication(): Promise<string> {
  const id = newId()
  const office = { scanning_office: 'lahti', home_office: 'lahti' }
  const unknown = { benefit: null, language: null, arrived_on: null, due_on: null, form_code: null }
  await intake.db
    .insertInto('application')
    .values({
      id,
      batch_id: batchId,
      state: 'incomplete',
      channel: 'post',
      ...office,
      ...unknown,
      applicant_index: null,
      form_confidence: null,
    })
    .execute()
  return id
}

function describe(applicationId: string): Snapshot {
  return {
    applicationId,
    version: 1,
    channel: 'post',
    benefit: 'YA',
    language: 'fi',
    arrivedOn: '2026-01-05',
    scanningOffice: 'lahti',
    homeOffice: 'lahti',
    identified: false,
    applicantIndex: null,
    restricted: false,
    pageIds: [],
    withdrawn: false,
  }
}

test(`a reader by cursor misses nothing though two writers end in the opposite order, ${rounds} times`, async () => {
  const seen: string[] = []
  let cursor = 0
  const read = async () => {
    await placeHandovers(intake.db)
    const page = await listHandovers(intake.db, cursor, 100)
    for (const { position, snapshot } of page.handovers) {
      expect(position).toBe(cursor + 1)
      cursor = position
      seen.push(snapshot.applicationId)
    }
  }
  const written: string[] = []
  for (let round = 0; round < rounds; round += 1) {
    const [first, second] = [await insertApplication(), await insertApplication()]
    const one = await intake.db.startTransaction().execute()
    await insertHandover(one, describe(first))
    const other = await intake.db.startTransaction().execute()
    await insertHandover(other, describe(second))
    await other.commit().execute()
    await read()
    await one.commit().execute()
    await read()
    written.push(second, first)
  }
  expect(seen).toEqual(written)
}, 600_000)

test('many writers and several readers at once: each reader sees every snapshot once, in one order', async () => {
  const start = (await listHandovers(intake.db, 0, 100_000)).cursor
  const ids = await Promise.all(Array.from({ length: 60 }, () => insertApplication()))
  let open = ids.length
  const write = async (id: string) => {
    await intake.db.transaction().execute(async (tx) => {
      await insertHandover(tx, describe(id))
      await new Promise((resolve) => setTimeout(resolve, (id.charCodeAt(20) * 7) % 40))
    })
    open -= 1
  }
  const follow = async () => {
    const seen: string[] = []
    for (let cursor = start; seen.length < ids.length; ) {
      const page = await waitForHandovers(intake.db, { after: cursor, limit: 7, wait: 1 })
      seen.push(...page.handovers.map(({ snapshot }) => snapshot.applicationId))
      cursor = page.cursor
    }
    return seen
  }
  const [one, two] = await Promise.all([follow(), follow(), ...ids.map(write)])
  expect(open).toBe(0)
  expect([...(one ?? [])].sort()).toEqual([...ids].sort())
  expect(two).toEqual(one)
}, 60_000)

test('waiting ends as soon as something is handed over', async () => {
  const { cursor } = await listHandovers(intake.db, 0, 100_000)
  const id = await insertApplication()
  const began = performance.now()
  const waiting = waitForHandovers(intake.db, { after: cursor, limit: 10, wait: 15 })
  await new Promise((resolve) => setTimeout(resolve, 300))
  await intake.db.transaction().execute((tx) => insertHandover(tx, describe(id)))
  expect((await waiting).handovers.map(({ snapshot }) => snapshot.applicationId)).toEqual([id])
  expect(performance.now() - began).toBeLessThan(5_000)
})
