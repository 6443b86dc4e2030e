import { formMade } from '@tasain/contracts'
import { newId } from '@tasain/vocabulary'
import { PDFDocument } from 'pdf-lib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { drawFormPdf } from '../../../../../test/samples/draw.ts'
import { drawBlank, drawForm } from '../../../../../test/samples/form.ts'
import { getLayout } from '../../../../../test/samples/layouts.ts'
import { ownDatabase } from '../../../../../test/support/database.ts'
import type { Asker } from '../../house.ts'
import { startTestHouse, type TestHouse } from '../../test-house.ts'
import { admin, listFaults, openTestDesk } from './test-desk.ts'

let house: TestHouse
let atProposal: ((asker: Asker) => Promise<void>) | undefined
const intake = () => house
const { upload, post, getForm } = openTestDesk(intake)

beforeAll(async () => {
  house = await startTestHouse((await ownDatabase()).urlsOf('intake').appUrl, ({ proposeForm }) => ({
    async proposeForm(path, mediaType, page, asker) {
      await atProposal?.(asker)
      return await proposeForm(path, mediaType, page, asker)
    },
  }))
})
afterAll(async () => house.stop())

test('a copy that somebody has filled in is refused, and nothing of it is kept', { timeout: 240_000 }, async () => {
  const { bytes } = await drawForm({ layout: 'study-fi', seed: 6 })
  const count = async (table: 'form' | 'form_blank' | 'access_entry') => {
    const all = await intake()
      .house.db.selectFrom(table)
      .select((eb) => eb.fn.countAll<string>().as('rows'))
      .executeTakeFirstOrThrow()
    return all.rows
  }
  const tables = ['form', 'form_blank', 'access_entry'] as const
  const before = await Promise.all(tables.map(count))
  expect(await listFaults(await upload('/forms', bytes))).toEqual(['form.filled_in'])
  expect(await Promise.all(tables.map(count))).toEqual(before)
})

test('a blank sent again under its key is answered at once, without another proposal', {
  timeout: 240_000,
}, async () => {
  const { bytes } = await drawBlank('study-fi', 1)
  const key = newId()
  const began = performance.now()
  const first = await upload('/forms', bytes, admin, key)
  const answered = performance.now()
  const again = await upload('/forms', bytes, admin, key)
  expect(performance.now() - answered).toBeLessThan((answered - began) / 2)
  const made = formMade.parse(await first.json())
  expect([again.status, await again.json()]).toEqual([201, made])
  expect(await listFaults(await upload('/forms', Buffer.concat([bytes, Buffer.from('x')]), admin, key))).toEqual([
    'request.key_reused',
  ])
  expect((await post(`/forms/${made.id}/discard`, { edition: (await getForm(made.id)).edition })).status).toBe(200)
})

test('what is no form is refused in words', { timeout: 240_000 }, async () => {
  expect(await listFaults(await upload('/forms', Buffer.from('not a form')))).toEqual(['scan.unknown_type'])
  expect(await listFaults(await upload('/forms', Buffer.alloc(0)))).toEqual(['scan.empty'])
  const { bytes } = await drawBlank('study-fi', 1)
  expect(await listFaults(await upload('/forms?page=2', bytes))).toEqual(['form.page_missing'])
  const { pdf } = await drawFormPdf(getLayout('study-fi'), 1)
  const poster = await PDFDocument.load(pdf)
  poster.getPage(0).setMediaBox(0, 0, 5000, 5000)
  expect(await listFaults(await upload('/forms', Buffer.from(await poster.save())))).toEqual(['form.too_large'])
})

test('more files at a time than may wait are turned away', async () => {
  const answers = await Promise.all(Array.from({ length: 40 }, () => upload('/forms', Buffer.from('not a form'))))
  const [refused, turnedAway] = [415, 503].map((status) => answers.filter((answer) => answer.status === status).length)
  expect(refused).toBeGreaterThanOrEqual(10)
  expect(turnedAway).toBe(40 - (refused ?? 0))
  expect(turnedAway).toBeGreaterThan(0)
})

test('a proposal that nobody waits for any more is given up, and leaves its place', async () => {
  const { bytes } = await drawBlank('study-fi', 1)
  const seen: string[] = []
  atProposal = async ({ signal }) => {
    seen.push('begun')
    await new Promise((resolve) => signal?.addEventListener('abort', resolve))
    seen.push('given up')
    throw new Error('given up')
  }
  const gone = new AbortController()
  const body = new FormData()
  body.append('file', new Blob([new Uint8Array(bytes)]), 'form.jpg')
  const leaving = Promise.allSettled([intake().ask('/forms', { method: 'POST', body, by: admin, signal: gone.signal })])
  await expect.poll(() => seen, { timeout: 30_000 }).toEqual(['begun'])
  gone.abort()
  expect((await leaving)[0]?.status).toBe('rejected')
  await expect.poll(() => seen, { timeout: 30_000 }).toEqual(['begun', 'given up'])
  atProposal = undefined
  expect(await listFaults(await upload('/forms', Buffer.from('not a form')))).toEqual(['scan.unknown_type'])
}, 120_000)
