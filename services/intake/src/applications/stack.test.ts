import { type BatchDetail, batchDetail, stored } from '@tasain/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { drawMultiPage, type Sheet } from '../../../../test/samples/form.ts'
import { ownDatabase } from '../../../../test/support/database.ts'
import { startReading } from '../recognition/recognition.work.ts'
import { openTestBatch, sendScan, startTestHouse, type TestHouse } from '../test-house.ts'
import { followPage } from './follow.work.ts'

// A real stack through real children: drawn, scanned with dust and skew, read by two at once, one of them killed.

let intake: TestHouse
beforeAll(async () => {
  intake = await startTestHouse((await ownDatabase()).urlsOf('intake').appUrl, () => ({}), { readers: 2 })
  await startReading(intake.house, 2, followPage)
})
afterAll(async () => intake.stop())

const getDetail = async (batchId: string) => batchDetail.parse(await (await intake.ask(`/batches/${batchId}`)).json())
const fetchPdf = async (path: string) => new Uint8Array(await (await intake.ask(path)).arrayBuffer())

const letter = {
  heading: 'Liite hakemukseen',
  paragraphs: [
    'Lähetän selvityksen tilanteestani. Vuokrasopimus on voimassa toistaiseksi ja vuokra maksetaan ajallaan.',
  ],
}
const other = { heading: 'Hei', paragraphs: ['Haen tukea heinäkuun sähkölaskuun, koska palkkani jäi maksamatta.'] }
const [support, housing, child] = ['support-fi', 'housing-fi', 'child-sv'].map((layout, seed) => ({
  layout,
  seed: 70 + seed,
}))

/** Cover, three forms with what came with them, separators, an empty sheet, and a form that went through twice. */
async function layStack(batchId: string): Promise<Sheet[]> {
  if (!support || !housing || !child) throw new Error('three forms are laid into the stack')
  const cover = await fetchPdf(`/batches/${batchId}/cover?benefit=TO&language=fi`)
  const separator = await fetchPdf(`/batches/${batchId}/separator`)
  return [cover, support, letter, 'blank', housing, separator, child, separator, other, separator, support]
}

async function waitUntilDivided(batchId: string): Promise<BatchDetail> {
  const isRead = async () => (await getDetail(batchId)).batch.tally.unread
  await expect.poll(isRead, { timeout: 90_000, interval: 300 }).toBe(0)
  return await getDetail(batchId)
}

test.each(['inPdf', 'fax'] as const)(
  'a stack scanned %s becomes its applications, though a child is killed while it reads',
  async (profile) => {
    const batchId = await openTestBatch(intake.ask, { sheetsCounted: 11 })
    const { bytes, fileName } = await drawMultiPage(await layStack(batchId), profile)
    const response = await sendScan(intake.ask, batchId, bytes, { name: fileName })
    const pageIds = stored.parse(await response.json()).scan.pages.map(({ id }) => id)
    expect(pageIds).toHaveLength(11)
    await expect.poll(async () => (await getDetail(batchId)).batch.counts.read, { timeout: 60_000 }).toBeGreaterThan(1)
    const [victim] = intake.readerPids()
    if (victim !== undefined) process.kill(victim, 'SIGKILL')

    const { batch, documents, scans } = await waitUntilDivided(batchId)
    expect(batch.counts).toMatchObject({ pages: 11, read: 11, setAside: 0 })
    const places = documents.map(({ pageIds: own }) => own.map((id) => pageIds.indexOf(id) + 1))
    expect(places).toEqual([[2, 3, 4], [5], [7], [9], [11]])
    expect(documents.map(({ formCode, benefit }) => [formCode, benefit])).toEqual([
      ['TO 1', 'TO'],
      ['YA 2', 'YA'],
      ['LB 4r', 'LL'],
      [null, 'TO'],
      ['TO 1', 'TO'],
    ])
    // The letter says nothing of who sent it, but the cover what it is about; the form that came twice waits for the clerk.
    expect(documents.map(({ state }) => state).slice(3)).toEqual(['unidentified', 'incomplete'])
    const asked = scans[0]?.pages.map(({ question }) => question) ?? []
    expect(asked.flatMap((question, index) => (question ? [[index + 1, question]] : []))).toEqual([
      [4, 'blank'],
      [11, 'same_page'],
    ])
    const { tally } = batch
    expect(tally).toMatchObject({ expected: 11, difference: 0, covers: 1, separators: 3, inApplications: 7, unread: 0 })
  },
  150_000,
)
