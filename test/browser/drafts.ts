import type { ApplicationDetail, Batch, DraftList, Stored } from '@tasain/contracts'
import { expect } from 'vitest'
import { query, speakAs, type TestStack, waitUntil } from '../support/stack.ts'
import { drawPaper } from './papers.ts'
import type { Visitor } from './visitor.ts'

export const savedWords = /^Luonnos tallennettu klo/

/** A form, scanned and read; a sloppy one waits for a clerk. Returns the id of its application. */
export async function scanPaper(stack: TestStack, order: { seed: number; postal: string; isSloppy: boolean }) {
  const name = `luonnos-${order.seed}.tif`
  const paper = await drawPaper({ layout: 'sickness-fi', name, ...order })
  const clerk = speakAs(stack, 'intake', 'clerk-lahti')
  const { id } = (await clerk.post<Batch>('/batches', {})).body
  const { body } = await clerk.upload<Stored>(`/batches/${id}/scans`, paper.file.buffer, name)
  const applicationId = body.scan.applicationId ?? ''
  await waitUntil(
    'the paper is read',
    async () => (await readApplication(stack, applicationId)).application.state !== 'reading',
    60,
  )
  return applicationId
}

export async function readApplication(stack: TestStack, id: string): Promise<ApplicationDetail> {
  return (await speakAs(stack, 'intake', 'clerk-lahti').get<ApplicationDetail>(`/applications/${id}`)).body
}

/** Asks again for as long as a slow machine may need. */
export const until = (ask: () => Promise<unknown>) => expect.poll(ask, { timeout: 15_000 })

/** What the server gives the visitor of their drafts about an object. */
export async function readDrafts({ context }: Visitor, objectId: string): Promise<DraftList['drafts']> {
  const answer = await context.request.get(`/api/drafts/${objectId}`)
  expect(answer.status()).toBe(200)
  return ((await answer.json()) as DraftList).drafts
}

export async function waitForText(visitor: Visitor, objectId: string, text: string): Promise<void> {
  await waitUntil('the draft is saved', async () =>
    (await readDrafts(visitor, objectId)).some(({ body }) => JSON.stringify(body).includes(JSON.stringify(text))),
  )
}

export async function expectNoDraft(stack: TestStack, objectId: string): Promise<void> {
  await waitUntil('the draft is gone from the database', async () => {
    const rows = await query(stack, 'desk', 'select kind from draft where object_id = $1', [objectId])
    return rows.length === 0
  })
}

/** The browser keeps the language and whether keys act, and nothing of what anybody has typed. */
export async function expectNothingStored({ page }: Visitor): Promise<void> {
  const stored = await page.evaluate<{ local: string[]; session: string[]; databases: number }>(
    `(async () => ({ local: Object.keys(localStorage), session: Object.keys(sessionStorage),
      databases: (await indexedDB.databases()).length }))()`,
  )
  expect(stored.local.filter((key) => !['tasain.language', 'tasain.single-keys'].includes(key))).toEqual([])
  expect({ session: stored.session, databases: stored.databases }).toEqual({ session: [], databases: 0 })
}
