import {
  type ArrangeBatch,
  type BatchDetail,
  batchDetail,
  type Caller,
  type FormReading,
  type PageReading,
  type RefusalBody,
  stored,
} from '@tasain/contracts'
import { newId } from '@tasain/vocabulary'
import { PDFDocument } from 'pdf-lib'
import { expect } from 'vitest'
import { separatorCode } from './scanning/sheets/sheet-code.ts'
import { sendScan, type TestHouse } from './test-house.ts'
import { keepReading, madeUpField, madeUpReading } from './test-reading.ts'

// Stacks for tests: files of several pages whose readings are made up.

export type Seen = Partial<PageReading>

export const [maija, matti, helvi] = ['010190-999W', '010594Y9032', '020594X903P'] as const
const housing: FormReading = { code: 'YA 2', version: '2026-01', language: 'fi', benefit: 'YA', confidence: 1 }

export const letter = (text = ''): Seen => ({ form: null, fields: {}, text, words: [] })
export const blank: Seen = { ...letter(), blank: true }
export const withCode = (text: string): Seen => ({
  ...letter(),
  barcodes: [{ format: 'QRCode', text, box: [0, 0, 200, 200] }],
  sheet: true,
})
export const separator = withCode(separatorCode)
/** The first page of a form whose applicant is known; without one, of a form nobody can be made out on. */
export const form = (hetu?: string, date = '1.2.2026'): Seen => ({
  form: housing,
  fields: {
    ...(hetu !== undefined && { hetu: madeUpField(hetu) }),
    name: madeUpField('Meikäläinen Maija'),
    postal: madeUpField('15110 Lahti'),
    date: madeUpField(date),
  },
})

/** A PDF of so many pages, no two alike. */
async function drawStack(pages: number): Promise<Buffer> {
  const pdf = await PDFDocument.create()
  pdf.setTitle(String(Math.random()))
  for (let page = 0; page < pages; page += 1) pdf.addPage([595, 842])
  return Buffer.from(await pdf.save())
}

/** Scans a stack of so many pages and reads none. Returns their ids. */
export async function scanStack({ ask }: TestHouse, batchId: string, pages: number): Promise<string[]> {
  const response = await sendScan(ask, batchId, await drawStack(pages), { name: 'pino.pdf' })
  return stored.parse(await response.json()).scan.pages.map(({ id }) => id)
}

/** Scans a stack in which this is read, the pages all at once in any order. Returns the ids of its pages. */
export async function scanAndRead(intake: TestHouse, batchId: string, seen: readonly Seen[]): Promise<string[]> {
  const pageIds = await scanStack(intake, batchId, seen.length)
  const order = pageIds.map((id, index) => ({ id, index, at: Math.random() })).sort((a, b) => a.at - b.at)
  await Promise.all(order.map(({ id, index }) => keepReading(intake.house, id, madeUpReading(seen[index]))))
  return pageIds
}

/** The batch as its clerk sees it. Fails when a page stored is in no place, or in two. */
export async function getDetail({ ask }: TestHouse, batchId: string): Promise<BatchDetail> {
  const detail = batchDetail.parse(await (await ask(`/batches/${batchId}`)).json())
  const { inApplications, covers, separators, blanks, duplicates, setAside, unread, undecided } = detail.batch.tally
  const placed = inApplications + covers + separators + blanks + duplicates + setAside + unread + undecided
  expect(placed, 'every page stored is in one place').toBe(detail.batch.counts.pages)
  return detail
}

/** The documents by the places of their pages in the stack, from 1, and their states. */
export function describeDocuments({ documents }: BatchDetail, pageIds: readonly string[]): [string, number[]][] {
  return documents.map((one) => [one.state, one.pageIds.map((id) => pageIds.indexOf(id) + 1)])
}

export async function listSnapshots({ house }: TestHouse, applicationId: string) {
  const rows = await house.db
    .selectFrom('handover')
    .select('snapshot')
    .where('application_id', '=', applicationId)
    .orderBy('version')
    .execute()
  return rows.map(({ snapshot }) => snapshot)
}

export async function post({ ask }: TestHouse, path: string, body: object, by?: Caller): Promise<Response> {
  const headers = { 'idempotency-key': newId() }
  return await ask(path, { method: 'POST', body: JSON.stringify(body), headers, ...(by && { by }) })
}

export const codeOf = async (response: Response) => ((await response.json()) as RefusalBody).error.code

/** Does what a clerk wishes. @returns the id of the change. */
export async function arrange(intake: TestHouse, batchId: string, wish: ArrangeBatch): Promise<string> {
  const response = await post(intake, `/batches/${batchId}/arrange`, wish)
  expect(response.status, JSON.stringify(wish)).toBe(200)
  return ((await response.json()) as { changeId: string }).changeId
}

/** Takes the newest change back. */
export async function undo(intake: TestHouse, batchId: string): Promise<void> {
  const { lastChange } = await getDetail(intake, batchId)
  expect((await post(intake, `/batches/${batchId}/undo`, { changeId: lastChange?.id })).status).toBe(200)
}
