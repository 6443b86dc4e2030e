import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Caller, stored } from '@tasain/contracts'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { makeDensePdf, makeExplodingPdf } from '../../../../test/faults/heavy-files.ts'
import { testDatabase } from '../../../../test/support/database.ts'
import { clerk, openTestBatch, sendScan, startTestHouse, type TestHouse } from '../test-house.ts'

let intake: TestHouse
let pageIds: string[]
const drawn: { person: string; page: number }[] = []
let held: Promise<void> = Promise.resolve()

beforeAll(async () => {
  intake = await startTestHouse((await testDatabase('intake')).appUrl, ({ render }) => ({
    async render(path, mediaType, view, asker) {
      drawn.push({ person: asker.person, page: view.page })
      await held
      return await render(path, mediaType, view, asker)
    },
  }))
  pageIds = await scan(makeDensePdf(40))
})
afterAll(async () => intake.stop())
beforeEach(() => {
  drawn.length = 0
  held = Promise.resolve()
})

async function scan(bytes: Buffer): Promise<string[]> {
  const response = await sendScan(intake.ask, await openTestBatch(intake.ask), bytes)
  return stored.parse(await response.json()).scan.pages.map(({ id }) => id)
}

const colleague: Caller = { ...clerk, subject: 'clerk-9' }
const look = (page: number, by = clerk, signal?: AbortSignal) =>
  intake.ask(`/pages/${pageIds[page - 1]}/image?width=thumbnail`, { by, ...(signal && { signal }) })
const hold = () => {
  let release = () => {}
  held = new Promise<void>((resolve) => {
    release = resolve
  })
  return () => release()
}

describe('One person cannot stop the others', { timeout: 60_000 }, () => {
  test('a page that many people ask for at once is drawn once', async () => {
    const people = Array.from({ length: 12 }, (_, index) => ({ ...clerk, subject: `clerk-${index}` }))
    const looks = await Promise.all(people.flatMap((by) => [look(1, by), look(1, by)]))
    expect(looks.map(({ status }) => status)).toEqual(looks.map(() => 200))
    expect(drawn).toHaveLength(1)
  })

  test('whoever looks at many pages holds up nobody who looks at one', async () => {
    const release = hold()
    const many = Array.from({ length: 30 }, (_, index) => look(index + 2))
    await expect.poll(() => drawn, { timeout: 30_000 }).toHaveLength(1)
    const one = look(40, colleague)
    await expect.poll(() => drawn.map(({ person }) => person)).toEqual([clerk.subject, colleague.subject])
    release()
    expect(new Set((await Promise.all([...many, one])).map(({ status }) => status))).toEqual(new Set([200]))
  })

  test('a page that cannot be drawn is tried once and then refused at once', { timeout: 120_000 }, async () => {
    pageIds = await scan(makeExplodingPdf(1))
    const refused = await Promise.all([look(1), look(1, colleague)])
    expect(drawn).toHaveLength(1)
    refused.push(await look(1))
    for (const response of refused)
      expect([response.status, await response.json()]).toMatchObject([
        422,
        { error: { code: expect.stringMatching(/^scan\./) } },
      ])
    expect(drawn).toHaveLength(1)
  })

  test('a drawing goes on while somebody waits for it, and what waits for nobody is not begun', async () => {
    pageIds = await scan(makeDensePdf(6, 'left'))
    const release = hold()
    const [first, second] = [new AbortController(), new AbortController()]
    // Only when the first is being drawn are the others sent: which of many comes in first is not known.
    const begun = look(1, clerk, first.signal)
    await expect.poll(() => drawn, { timeout: 30_000 }).toHaveLength(1)
    const lost = Promise.allSettled([begun, ...[2, 3, 4].map((page) => look(page, clerk, second.signal))])
    const other = look(1, colleague)
    await sleep(2_000)
    second.abort()
    // The service learns of each by itself: were the first gone before them, one of them might still be begun.
    await sleep(1_000)
    first.abort()
    expect((await lost).map(({ status }) => status)).toEqual(Array(4).fill('rejected'))
    await sleep(1_000)
    const next = look(5)
    release()
    expect([(await other).status, (await next).status]).toEqual([200, 200])
    expect(drawn.map(({ page }) => page).sort((a, b) => a - b)).toEqual([1, 5])
    expect(await readdir(join(intake.folder, 'temporary', 'reading'))).toEqual([])
  })

  test('so many drawings of one person wait, and one more is refused to that person', async () => {
    pageIds = await scan(makeDensePdf(70, 'many'))
    const release = hold()
    const many = Array.from({ length: 67 }, (_, index) => look(index + 1))
    const answered: number[] = []
    const statuses = Promise.all(many.map(async (one) => answered.push((await one).status)))
    await expect.poll(() => drawn, { timeout: 30_000 }).toHaveLength(1)
    const busy = await Promise.any(many)
    expect([busy.status, busy.headers.get('retry-after'), await busy.json()]).toMatchObject([
      503,
      '5',
      { error: { code: 'service.busy' } },
    ])
    await expect.poll(() => answered, { timeout: 30_000 }).toEqual([503, 503])
    const other = look(70, colleague)
    release()
    expect((await other).status).toBe(200)
    await statuses
    expect(answered.filter((status) => status === 503)).toHaveLength(2)
  }, 120_000)
})
