import { stored } from '@tasain/contracts'
import { createLog } from '@tasain/kit'
import { newId } from '@tasain/vocabulary'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type * as z from 'zod'
import {
  captureOutput,
  codes,
  doAll,
  fillShape,
  findInColumns,
  listRoutes,
  oddBodies,
  oddNumbers,
  oddTexts,
} from '../../../packages/kit/testing/odd-requests.ts'
import { testDatabase } from '../../../test/support/database.ts'
import { createApp } from './app.ts'
import { clerk, drawJpeg, openTestBatch, sendScan, startTestHouse, type TestHouse } from './test-house.ts'
import { keepReading, madeUpReading } from './test-reading.ts'

let intake: TestHouse
let ids: Record<string, string>
const manager = { ...clerk, subject: 'manager-1', roles: ['manager'] as (typeof clerk)['roles'] }
const admin = { ...clerk, subject: 'admin-1', roles: ['clerk', 'admin'] as (typeof clerk)['roles'] }

beforeAll(async () => {
  intake = await startTestHouse((await testDatabase('intake')).appUrl, () => ({ log: createLog('odd-test') }))
  const batches = await openTestBatch(intake.ask)
  const { scan } = stored.parse(await (await sendScan(intake.ask, batches, await drawJpeg('odd'))).json())
  await keepReading(intake.house, scan.pages[0]?.id ?? '', madeUpReading({ text: 'Lahti' }))
  ids = { batches, scans: scan.id, applications: scan.applicationId ?? '', forms: await insertForm() }
})
afterAll(async () => intake.stop())

const emptyDraft = { code: '', version: '', language: null, benefit: null, title: '', barcode: null }
async function insertForm(): Promise<string> {
  const id = newId()
  const draft = JSON.stringify({ page: { width: 2480, height: 3508 }, ...emptyDraft, anchors: [], fields: [] })
  const by = {
    made_by: 'x',
    changed_by: 'x',
    published_by: null,
    published_at: null,
    withdrawn_by: null,
    withdrawn_at: null,
  }
  await intake.house.db
    .insertInto('form')
    .values({ id, state: 'draft', draft, definition: null, code: null, version: null, ...by })
    .execute()
  return id
}

const addressOf = (path: string) => path.replace(':id', ids[path.split('/')[1] ?? ''] ?? newId())
const post = async (path: string, body: string, key = newId()) =>
  await intake.ask(addressOf(path), { method: 'POST', body, by: admin, headers: { 'idempotency-key': key } })
const fillWith = (shape: z.ZodType, text: string) =>
  JSON.stringify(fillShape(shape, { text: () => text, number: (_path, usual) => usual }))
const editionOf = async (id = ids['forms'] ?? '') =>
  (await intake.house.db.selectFrom('form').select('edition').where('id', '=', id).executeTakeFirstOrThrow()).edition

async function sendTus(metadata: Record<string, string>): Promise<number> {
  const encoded = Object.entries(metadata).map(([name, text]) => `${name} ${Buffer.from(text).toString('base64')}`)
  const headers = { 'tus-resumable': '1.0.0', 'upload-length': '100', 'upload-metadata': encoded.join(',') }
  return (await intake.ask('/uploads', { method: 'POST', headers })).status
}

describe('Identity codes', () => {
  test('none that is sent to any route is found in a column or the log', async () => {
    const output = await captureOutput(async () => {
      for (const code of codes) {
        for (const { path, body } of listRoutes(createApp(intake.house)))
          if (body) await post(path, fillWith(body, code), encodeURIComponent(`key of ${code}`))
        await sendKnownLeaks(code)
        await intake.ask(`/pages/${encodeURIComponent(code)}/image`, { by: manager })
      }
    })
    expect(await findInColumns(intake.house.db, 'intake', codes)).toEqual([])
    expect(codes.filter((code) => output.includes(code))).toEqual([])
    expect(output).toContain('refused')
  }, 120_000)
})

/** The ways by which codes were once found to get into plain columns. */
async function sendKnownLeaks(code: string): Promise<void> {
  const batchId = await openTestBatch(intake.ask, { sheetsCounted: 9 })
  const close = {
    method: 'POST',
    body: JSON.stringify({ reason: `Hakija ${code}` }),
    headers: { 'idempotency-key': newId() },
  }
  expect((await intake.ask(`/batches/${batchId}/close`, close)).status).toBe(200)
  const field = {
    key: 'one',
    name: 'one',
    type: 'text',
    region: [0, 0, 9, 9],
    label: code,
    names: { fi: code, sv: code },
  }
  const drafted = { page: { width: 2480, height: 3508 }, ...emptyDraft, title: code, anchors: [], fields: [field] }
  const draft = JSON.stringify({ edition: await editionOf(), draft: drafted })
  expect((await post('/forms/:id/draft', draft)).status).toBe(200)
  expect(await sendTus({ batchId: ids['batches'] ?? '', fileName: `${code}.jpg`, idempotencyKey: `key ${code}` })).toBe(
    201,
  )
  const correct = async (fields: object) => {
    const { version } = await intake.house.db
      .selectFrom('application')
      .select('version')
      .where('id', '=', ids['applications'] ?? '')
      .executeTakeFirstOrThrow()
    return (await post('/applications/:id/corrections', JSON.stringify({ version, fields }))).status
  }
  expect(await correct({ [code]: 'x' })).toBe(400)
  expect(await correct({ free: `Puoliso ${code}`, address: code })).toBe(200)
}

describe('Odd requests are refused', () => {
  test('no text, number or nesting ends in a fault of the service', async () => {
    const faults: string[] = []
    const deeds: (() => Promise<void>)[] = []
    const plan = (what: string, ask: () => Promise<number>) =>
      deeds.push(async () => {
        const status = await ask()
        if (status >= 500) faults.push(`${status} ${what.slice(0, 80)}`)
      })
    for (const { path, body, query } of listRoutes(createApp(intake.house))) {
      const send = async (text: string) => (await post(path, text)).status
      const get = async (address: string) => (await intake.ask(address, { by: admin })).status
      for (const odd of body ? oddBodies : []) plan(`${path} ${odd}`, () => send(odd))
      for (const text of oddTexts) {
        const what = `${path} ${JSON.stringify(text)}`
        if (body) plan(what, () => send(fillWith(body, text)))
        const names = query ? Object.keys((query as z.ZodObject).shape) : []
        const search = new URLSearchParams(names.map((name): [string, string] => [name, text])).toString()
        if (query) plan(what, () => get(`${addressOf(path)}?${search}`))
        if (path.includes(':id')) plan(what, () => get(path.replace(':id', encodeURIComponent(text.toWellFormed()))))
      }
      for (const number of body ? oddNumbers : []) {
        const filled = JSON.stringify(fillShape(body as z.ZodType, { text: () => 'abcd', number: () => number }))
        plan(`${path} ${JSON.stringify(number)}`, () => send(filled))
      }
    }
    for (const text of oddTexts)
      plan(`upload ${text}`, () => sendTus({ batchId: text, fileName: text, idempotencyKey: `${text}12345678` }))
    const batchId = ids['batches'] ?? ''
    plan('key of an upload', () => sendTus({ batchId, fileName: 'a\0', idempotencyKey: '\0'.repeat(9) }))
    await doAll(deeds)
    expect(deeds.length).toBeGreaterThan(300)
    expect(faults).toEqual([])
  }, 120_000)
})
