import { createHash, randomUUID } from 'node:crypto'
import type {
  ApplicationDetail,
  ApplicationList,
  Batch,
  BatchDetail,
  HeldTask,
  LoadTable,
  MyTasks,
  NextTask,
  RefusalBody,
  Stored,
  TaskStory,
} from '@tasain/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { drawForm } from './samples/form.ts'
import { speakAs, startTestStack, type TestStack, waitUntil } from './support/stack.ts'

// One paper, the whole way: through the real processes, HTTP, PostgreSQL and the object store.

let stack: TestStack
beforeAll(async () => {
  stack = await startTestStack()
}, 180_000)
afterAll(() => stack?.remove(), 60_000)

describe('one paper', () => {
  let page: Awaited<ReturnType<typeof drawForm>>
  let stored: Stored
  let held: HeldTask

  test('is drawn as a form that has been filled in on paper', async () => {
    page = await drawForm({ layout: 'housing-fi', seed: 7, answers: { postal: '15110 Lahti' } })
    expect(page.bytes.length).toBeGreaterThan(10_000)
  })

  test('is stored while the clerk waits, and is visible at once', async () => {
    const clerk = speakAs(stack, 'intake', 'clerk-lahti')
    const batch = await clerk.post<Batch>('/batches', { sheetsCounted: 1 })
    expect(batch.status).toBe(201)
    const key = randomUUID()
    const answer = await clerk.upload<Stored>(`/batches/${batch.body.id}/scans`, page.bytes, 'hakemus.jpg', key)
    expect(answer.status).toBe(201)
    stored = answer.body
    expect(stored.state).toBe('stored')
    const again = await clerk.upload<Stored>(`/batches/${batch.body.id}/scans`, page.bytes, 'hakemus.jpg', key)
    expect(again.body).toEqual(stored)
    const detail = await clerk.get<BatchDetail>(`/batches/${batch.body.id}`)
    expect(detail.body.scans.map((scan) => scan.id)).toEqual([stored.scan.id])
    const original = await clerk.fetch(`/scans/${stored.scan.id}/original`)
    const bytes = Buffer.from(await original.arrayBuffer())
    expect(createHash('sha256').update(bytes).digest('hex')).toBe(createHash('sha256').update(page.bytes).digest('hex'))
  })

  test('is read, and what reading was not sure of a clerk settles from the page', async () => {
    const clerk = speakAs(stack, 'intake', 'clerk-lahti')
    const id = stored.scan.applicationId
    const read = await waitUntil('the page is read', async () => {
      const { body } = await clerk.get<ApplicationDetail>(`/applications/${id}`)
      return body.application.state !== 'reading' && body
    })
    const wrong = await clerk.post<RefusalBody>(`/applications/${id}/corrections`, {
      version: read.application.version,
      fields: { hetu: '010594Y9033' },
    })
    expect(wrong.body.error.code).toBe('application.wrong_hetu')
    const unsettled = read.fields.filter((field) => field.required && field.status !== 'sure')
    if (unsettled.length > 0) {
      const truth: Record<string, string> = {
        ...page.truth.fields,
        benefit: page.truth.benefit,
        language: page.truth.language,
      }
      const fields = Object.fromEntries(unsettled.map((field) => [field.name, truth[field.name] ?? field.value]))
      const saved = await clerk.post(`/applications/${id}/corrections`, { version: read.application.version, fields })
      expect(saved.status).toBe(200)
    }
    const { body } = await clerk.get<ApplicationDetail>(`/applications/${id}`)
    expect(body.application.state).toBe('handed_over')
    const toCheck = await clerk.get<ApplicationList>('/applications?state=to_check')
    expect(toCheck.body.applications.map((application) => application.id)).not.toContain(id)
  })

  test('becomes one decision task that the server hands to a free handler of its office', async () => {
    const handler = speakAs(stack, 'balancer', 'handler-lahti')
    held = await waitUntil('the task reaches the handler', async () => {
      const { body } = await handler.post<NextTask>('/tasks/next', {})
      return body.task ?? undefined
    })
    expect(held.applicationId).toBe(stored.scan.applicationId)
    expect((await handler.post<NextTask>('/tasks/next', {})).body.task?.id).toBe(held.id)
  })

  test('is seen by the one who holds its task, and by no other handler', async () => {
    const pageId = stored.scan.pages[0]?.id
    const paths = [`/pages/${pageId}/image`, `/pages/${pageId}/image?width=thumbnail`, `/pages/${pageId}/text`]
    const grant = { 'x-view-grant': held.viewGrant }
    for (const path of [...paths, `/applications/${held.applicationId}`]) {
      const mine = await speakAs(stack, 'intake', 'handler-lahti').fetch(path, { headers: grant })
      expect(mine.status, path).toBe(200)
      const withoutGrant = await speakAs(stack, 'intake', 'handler-lahti').fetch(path)
      const stolen = await speakAs(stack, 'intake', 'handler-kuopio').fetch(path, { headers: grant })
      const absent = await speakAs(stack, 'intake', 'handler-kuopio').fetch(path.replace(/[0-9a-f-]{36}/, randomUUID()))
      for (const answer of [withoutGrant, stolen]) {
        expect(answer.status, path).toBe(404)
        expect(await errorCode(answer.clone())).toBe(await errorCode(absent.clone()))
      }
    }
    const manager = await speakAs(stack, 'intake', 'manager-lahti').fetch(paths[0] ?? '')
    expect(manager.status).toBe(403)
  })

  test('is decided once: an old epoch is refused, and the story says what happened', async () => {
    const handler = speakAs(stack, 'balancer', 'handler-lahti')
    const decision = { outcome: 'granted', grounds: 'Ehdot täyttyvät.' }
    const stale = await handler.post<RefusalBody>(`/tasks/${held.id}/decision`, { ...decision, epoch: held.epoch - 1 })
    expect(stale.body.error.code).toBe('task.not_held')
    const key = { 'idempotency-key': randomUUID() }
    const decided = await handler.post(`/tasks/${held.id}/decision`, { ...decision, epoch: held.epoch }, key)
    expect(decided.status).toBe(200)
    expect((await handler.post(`/tasks/${held.id}/decision`, { ...decision, epoch: held.epoch }, key)).status).toBe(200)
    expect((await handler.get<MyTasks>('/tasks/mine')).body.decidedToday).toBe(1)
    const story = await speakAs(stack, 'balancer', 'auditor').get<TaskStory>(`/tasks/${held.id}/story`)
    const kinds = story.body.steps.map((step) => step.kind)
    expect(kinds.filter((kind) => ['received', 'claimed', 'decided'].includes(kind))).toEqual([
      'received',
      'claimed',
      'decided',
    ])
    expect((await handler.post<NextTask>('/tasks/next', {})).body.task).toBeNull()
  })

  test('leaves its marks in the access log and nothing off anywhere', async () => {
    for (const house of ['intake', 'balancer', 'desk'] as const) {
      const { body } = await speakAs(stack, house, 'auditor').get<{ ok: boolean; checks: unknown[] }>('/verify')
      expect(body, `${house}: ${JSON.stringify(body)}`).toMatchObject({ ok: true })
    }
    const load = await speakAs(stack, 'balancer', 'manager-lahti').get<LoadTable>('/load')
    expect(load.body.offices.every((office) => office.openTasks === 0)).toBe(true)
  })
})

async function errorCode(answer: Response): Promise<string> {
  return ((await answer.json()) as RefusalBody).error.code
}
