import {
  type ApplicationDetail,
  type Batch,
  type HeldTask,
  type NextTask,
  refusals,
  type Stored,
} from '@tasain/contracts'
import sharp from 'sharp'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { speakAs, type TestStack, waitUntil } from '../support/stack.ts'
import { expectAccessible } from './accessible.ts'
import { chooseFiles, drawPaper, openBatch, type Paper } from './papers.ts'
import { chooseAtProvider, signIn, type Visitor, visit } from './visitor.ts'
import { words } from './words.ts'
import type { World } from './world.ts'

const t = words.fi

/** Whoever has no right sees nothing, by no address. */
export function tellRights(world: World): void {
  describe('rights', () => {
    const enter = receiveVisitors(world)
    let paper: Paper
    let batchId: string
    let applicationId: string
    let pageId: string
    let taskId: string
    beforeAll(async () => {
      const postal = '70100 Kuopio'
      paper = await drawPaper({ layout: 'sickness-fi', seed: 7, name: 'hakemus.tif', postal, isSloppy: true })
      const clerk = speakAs(world.stack, 'intake', 'clerk-lahti')
      batchId = (await clerk.post<Batch>('/batches', {})).body.id
      const { body } = await clerk.upload<Stored>(`/batches/${batchId}/scans`, paper.file.buffer, paper.file.name)
      applicationId = body.scan.applicationId ?? ''
      pageId = body.scan.pages[0]?.id ?? ''
      const { application } = await waitUntil('the paper is read', async () => {
        const detail = await clerk.get<ApplicationDetail>(`/applications/${applicationId}`)
        return detail.body.application.state !== 'reading' && detail.body
      })
      const { hetu = '' } = paper.truth
      await clerk.post(`/applications/${applicationId}/corrections`, { version: application.version, fields: { hetu } })
      taskId = await waitUntil('the task is in a handler’s hands', async () => {
        const next = await speakAs(world.stack, 'balancer', 'handler-kuopio').post<NextTask>('/tasks/next', {})
        return next.body.task?.id
      })
    }, 60_000)

    test('a handler without the task sees neither the task nor a page of it by its address', async () => {
      const visitor = await enter('handler-lahti')
      const { page } = visitor
      await page.goto(`/tasks/${taskId}`)
      await page.getByText(t.handler.case.lost).waitFor()
      await page.getByRole('button', { name: t.handler.next.fetch }).waitFor()
      visitor.expectStatus(404, new RegExp(`${applicationId}|${pageId}`))
      // What a house answers is no page of ours, so the browser asks for an icon by itself.
      visitor.expectStatus(404, /^\/favicon\.ico$/)
      for (const path of [`pages/${pageId}/image`, `pages/${pageId}/text`, `applications/${applicationId}`]) {
        const answer = await page.goto(`/api/intake/${path}`)
        expect(answer?.status(), path).toBe(404)
        expect(await answer?.text(), path).toContain(refusals['request.not_found'].fi)
      }
    })

    test('whoever loses a task while deciding it can no longer decide, and goes on to the next', async () => {
      const visitor = await enter('handler-kuopio', `/tasks/${taskId}`)
      const { page } = visitor
      visitor.expectStatus(409, new RegExp(`${taskId}/decision$`))
      // With the return the right to look ends, and a page that is just being fetched does not come.
      visitor.expectStatus(404, /\/(pages|applications)\//)
      await page.getByRole('button', { name: t.handler.case.decide, exact: true }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByLabel(t.handler.outcomes.granted, { exact: true }).check()
      await dialog.getByLabel(t.handler.decide.grounds).fill('Ehdot täyttyvät.')
      // Twice at once is a look and no decision: the button that confirms stands where this one stood.
      await dialog.getByRole('button', { name: t.handler.decide.review }).dblclick()
      const elsewhere = speakAs(world.stack, 'balancer', 'handler-kuopio')
      const held = await elsewhere.get<HeldTask>(`/tasks/${taskId}`)
      const back = { epoch: held.body.epoch, reason: 'other' }
      expect((await elsewhere.post(`/tasks/${taskId}/return`, back)).status).toBe(200)
      await dialog.getByRole('button', { name: t.handler.decide.confirm }).dblclick()
      await dialog.getByText(t.handler.case.lost).waitFor()
      expect(await dialog.getByRole('button', { name: t.handler.decide.confirm }).count()).toBe(0)
      await expectAccessible(visitor, 'a lost task')
      await dialog.getByRole('button', { name: t.handler.next.fetch }).dblclick()
      await page.getByText(t.handler.next.empty).waitFor()
      expect(visitor.writes).toEqual([`/api/balancer/tasks/${taskId}/decision`, '/api/balancer/tasks/next'])
    })

    test('a clerk of another office does not see the batch, its application or a search hit of it', async () => {
      const visitor = await enter('clerk-vaasa', '/batches')
      const { page } = visitor
      await page.getByRole('heading', { name: t.clerk.batches.title }).waitFor()
      await page.getByText(t.clerk.batches.none).or(page.locator('main tbody tr').first()).waitFor()
      expect(await page.locator(`a[href*="${batchId}"]`).count()).toBe(0)
      visitor.expectStatus(404, new RegExp(`${batchId}|${applicationId}`))
      for (const path of [`/batches/${batchId}`, `/scan/${batchId}`, `/check/${applicationId}`]) {
        await page.goto(path)
        await page.getByRole('alert').getByText(refusals['request.not_found'].fi).waitFor()
      }
      await page.goto('/search')
      await page.getByLabel(t.clerk.search.label).fill(paper.truth['name']?.split(' ')[0] ?? '')
      await page.keyboard.press('Enter')
      await page.getByText(t.clerk.search.none).waitFor()
    })

    test('a page of another role says that it is not theirs, and asks for nothing', async () => {
      const visitor = await enter('handler-lahti')
      const { page } = visitor
      for (const path of ['/rules', '/situation', '/scan', '/check/1']) {
        await page.goto(path)
        await page.getByRole('heading', { name: t.shell.noRight.title }).waitFor()
      }
    })
  })
}

/** Whatever goes wrong is said in a sentence that says what to do. */
export function tellBadDays(world: World): void {
  describe('bad days', () => {
    const enter = receiveVisitors(world)

    test('a wrong identity code is told at once and not saved', async () => {
      const clerk = speakAs(world.stack, 'intake', 'clerk-lahti')
      const other = await drawPaper({
        layout: 'sickness-fi',
        seed: 9,
        name: 'toinen.tif',
        postal: '15110 Lahti',
        isSloppy: true,
      })
      const { body } = await clerk.post<Batch>('/batches', {})
      const sent = await clerk.upload<Stored>(`/batches/${body.id}/scans`, other.file.buffer, other.file.name)
      const visitor = await enter('clerk-lahti', `/check/${sent.body.scan.applicationId}`)
      const { page } = visitor
      const field = page.locator('[data-field="hetu"]')
      await page.getByText(t.shell.applicationStates.unidentified).waitFor({ timeout: 60_000 })
      await field.fill('010594Y9033')
      await field.press('Enter')
      await page.getByText(t.clerk.verdict.hetu).waitFor()
      await page.keyboard.press('Control+Enter')
      expect(await field.evaluate('document.activeElement.dataset.field')).toBe('hetu')
      const kept = await clerk.get<ApplicationDetail>(`/applications/${sent.body.scan.applicationId}`)
      expect(kept.body.application.state).toBe('unidentified')
    })

    test('what cannot be searched for is refused beside the field, and stands in no address', async () => {
      const visitor = await enter('clerk-vaasa', '/search')
      const { page } = visitor
      visitor.expectStatus(400, /^\/api\/intake\/search$/)
      const code = '010190-999W'
      const addresses: string[] = []
      page.on('request', (request) => void addresses.push(request.url()))
      const field = page.getByLabel(t.clerk.search.label)
      for (const [typed, refusal] of [
        [code, refusals['search.identity_code'].fi],
        ['%%%', refusals['search.no_words'].fi],
        ['OR OR OR', refusals['search.no_words'].fi],
      ] as const) {
        await field.fill(typed)
        await page.keyboard.press('Enter')
        await page.getByRole('search').getByText(refusal).waitFor()
        expect(await page.getByRole('alert').count()).toBe(0)
      }
      await field.fill('asumistuki')
      await page.keyboard.press('Enter')
      await page.getByText(t.clerk.search.none).waitFor()
      expect(await page.getByRole('search').getByText(refusals['search.no_words'].fi).count()).toBe(0)
      expect(addresses.filter((address) => address.includes(code) || address.includes('%25'))).toEqual([])
    })

    test('an unreadable, an unknown and an oversized file are each refused in a sentence', async () => {
      const visitor = await enter('clerk-lahti')
      const { page } = visitor
      visitor.expectStatus(413, /^\/api\/intake\/uploads/)
      visitor.expectStatus(415, /^\/api\/intake\/uploads/)
      visitor.expectStatus(422, /^\/api\/intake\/uploads/)
      await openBatch(visitor)
      const { file } = await drawPaper({ layout: 'sickness-fi', seed: 8, name: 'ehjä.jpg', postal: '15110 Lahti' })
      const jpeg = file.buffer
      const files = [
        { name: 'katkennut.jpg', bytes: jpeg.subarray(0, 3_000), code: 'scan.damaged' },
        { name: 'kirje.jpg', bytes: Buffer.from('Hyvä Tasaturva, liitteenä hakemus.'), code: 'scan.unknown_type' },
        { name: 'valtava.jpg', bytes: Buffer.concat([jpeg, Buffer.alloc(26_000_000)]), code: 'scan.too_large_file' },
      ] as const
      await chooseFiles(
        visitor,
        ...files.map(({ name, bytes }) => ({ file: { name, mimeType: 'image/jpeg', buffer: bytes } })),
      )
      for (const { name, code } of files)
        await page.getByRole('listitem').filter({ hasText: name }).getByText(refusals[code].fi).waitFor()
    })

    test('a session lost in the middle of an upload is taken up in another tab, and the upload goes on', async () => {
      const visitor = await enter('clerk-lahti')
      const { page } = visitor
      visitor.expectStatus(401, /^\/api\//)
      const batchId = await openBatch(visitor)
      await slowDown(visitor, 2_500_000)
      await chooseFiles(visitor, { file: await drawLargeFile('pitkä.tif') })
      await waitForShare(visitor)
      await visitor.context.clearCookies({ name: /session/ })
      const dialog = page.getByRole('dialog', { name: t.shell.sessionLost.heading })
      await dialog.getByText(t.shell.sessionLost.body).waitFor()
      await page.getByText(t.clerk.upload.paused).waitFor()
      const [tab] = await Promise.all([
        visitor.context.waitForEvent('page'),
        dialog.getByText(t.shell.sessionLost.action, { exact: true }).click(),
      ])
      await chooseAtProvider(tab, 'clerk-lahti')
      await tab.getByText(t.shell.signedIn.body).waitFor()
      await tab.close()
      await dialog.waitFor({ state: 'hidden' })
      await expectOnePage(world.stack, visitor, batchId)
    })

    test('a server that is down for five seconds is waited for, and the upload goes on where it stopped', async () => {
      const visitor = await enter('clerk-lahti')
      const { page } = visitor
      visitor.expectStatus(503, /^\/api\//)
      visitor.expectStatus(500, /^\/api\//)
      const batchId = await openBatch(visitor)
      await slowDown(visitor, 2_500_000)
      await chooseFiles(visitor, { file: await drawLargeFile('sitkeä.tif') })
      await waitForShare(visitor)
      const down = keepDown(world.stack, 5_000)
      await page.getByText(/yhteys poikki\. Yritämme koko ajan uudelleen/).waitFor()
      await down
      await expectOnePage(world.stack, visitor, batchId)
    })
  })
}

/** Visitors for tests that each begin with somebody signing in; nothing may go wrong behind their pages. */
function receiveVisitors(world: World) {
  let visitor: Visitor | undefined
  afterEach(async () => {
    await visitor?.close()
    expect(visitor?.faults).toEqual([])
  })
  return async (subject: string, path?: string): Promise<Visitor> => {
    visitor = await visit(world, 'fi')
    await signIn(visitor, subject, path)
    return visitor
  }
}

/** A form as a file of 8.7 MB, so that sending it takes its time. */
async function drawLargeFile(name: string): Promise<Paper['file']> {
  const { file } = await drawPaper({ layout: 'sickness-fi', seed: name.length, name, postal: '15110 Lahti' })
  const page = sharp(file.buffer).resize(2480, 3508, { fit: 'fill' }).toColourspace('b-w')
  return { name, mimeType: 'image/tiff', buffer: await page.tiff({ compression: 'none' }).toBuffer() }
}

async function slowDown({ context, page }: Visitor, bytesPerSecond: number): Promise<void> {
  const session = await context.newCDPSession(page)
  const line = { offline: false, latency: 20, downloadThroughput: 10_000_000, uploadThroughput: bytesPerSecond }
  await session.send('Network.emulateNetworkConditions', line)
}

/** Waits until a part of the file, but not all of it, has been sent. */
async function waitForShare({ page }: Visitor): Promise<void> {
  await page.getByText(/Lähetetään [2-5]\d\s%/).waitFor()
}

async function expectOnePage(stack: TestStack, { page }: Visitor, batchId: string): Promise<void> {
  await page.getByText(`${t.clerk.upload.stored} · ${t.clerk.batches.pageCount(1)}`).waitFor({ timeout: 40_000 })
  const { body } = await speakAs(stack, 'intake', 'clerk-lahti').get<{ batch: Batch }>(`/batches/${batchId}`)
  expect(body.batch.counts).toMatchObject({ scans: 1, pages: 1, duplicates: 0 })
}

/** Kills intake again and again as soon as it has been started anew. */
async function keepDown(stack: TestStack, ms: number): Promise<void> {
  const end = Date.now() + ms
  while (Date.now() < end) {
    const pid = stack.findPid('intake')
    if (pid !== undefined) process.kill(pid, 'SIGKILL')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
