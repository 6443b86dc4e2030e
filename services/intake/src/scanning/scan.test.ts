import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { stored } from '@tasain/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import { clerkElsewhere, drawJpeg, openTestBatch, sendScan, startTestHouse, type TestHouse } from '../test-house.ts'

let intake: TestHouse
beforeAll(async () => {
  intake = await startTestHouse((await testDatabase('intake')).appUrl)
})
afterAll(async () => intake.stop())

const listTemporary = async () => await readdir(join(intake.folder, 'temporary', 'received'))

test('a JPEG that is uploaded is stored: its object, its rows and one job for its page', async () => {
  const batchId = await openTestBatch(intake.ask)
  const response = await sendScan(intake.ask, batchId, await drawJpeg(1), { name: 'sivu 1.jpg' })
  expect(response.status).toBe(201)
  const { state, scan } = stored.parse(await response.json())
  expect(state).toBe('stored')
  expect(scan).toMatchObject({ fileName: 'sivu 1.jpg', mediaType: 'image/jpeg', duplicateOf: null })
  expect(scan.pages).toMatchObject([{ number: 1, state: 'stored', reason: null }])
  expect(scan.applicationId).not.toBeNull()
  expect(await listTemporary()).toEqual([])
})

test('the same bytes again in the same office are a duplicate that points to the first, without an application', async () => {
  const bytes = await drawJpeg(2)
  const batchId = await openTestBatch(intake.ask)
  const first = stored.parse(await (await sendScan(intake.ask, batchId, bytes)).json())
  const response = await sendScan(intake.ask, batchId, bytes)
  expect(response.status).toBe(200)
  const second = stored.parse(await response.json())
  expect(second.state).toBe('duplicate')
  expect(second.scan).toMatchObject({ applicationId: null, duplicateOf: { scanId: first.scan.id, batchId } })
  expect(second.scan.pages).toMatchObject([{ state: 'duplicate' }])
})

test('another office does not learn that the same bytes were stored elsewhere', async () => {
  const bytes = await drawJpeg(3)
  await sendScan(intake.ask, await openTestBatch(intake.ask), bytes)
  const theirs = await openTestBatch(intake.ask, {}, clerkElsewhere)
  const response = await sendScan(intake.ask, theirs, bytes, { by: clerkElsewhere })
  expect(response.status).toBe(201)
})

test('a repeated upload under the same key is given the first answer and changes nothing', async () => {
  const bytes = await drawJpeg(4)
  const batchId = await openTestBatch(intake.ask)
  const key = 'upload-of-page-four'
  const answers = await Promise.all([0, 1, 2].map(() => sendScan(intake.ask, batchId, bytes, { key })))
  expect(answers.map(({ status }) => status)).toEqual([201, 201, 201])
  const [one, ...others] = await Promise.all(answers.map((answer) => answer.json()))
  for (const other of others) expect(other).toEqual(one)
  const detail = await (await intake.ask(`/batches/${batchId}`)).json()
  expect(detail).toMatchObject({ batch: { counts: { scans: 1, pages: 1 } } })
})
