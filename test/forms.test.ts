import { createHash } from 'node:crypto'
import type { ApplicationDetail, ApplicationList, Batch, BatchDetail, PlanReasons, Stored } from '@tasain/contracts'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findServingOffice, readNation } from '../infra/demo/nation.ts'
import { drawForms, type KnownForm, readForms } from './samples/gather.ts'
import { query, speakAs, startTestStack, type TestStack, waitUntil } from './support/stack.ts'

// Many papers at once, the whole way to their tasks. With TASAIN_FORMS=FOLDER the pages of that folder instead of ours.

const folder = process.env['TASAIN_FORMS']
const patience = folder === undefined ? 180 : 3000
type Form = KnownForm & { scanId: string; applicationId: string }
type Task = { id: string; application_id: string; home_office_id: string; office_id: string } & Record<string, string>

let stack: TestStack
let papers: KnownForm[]
let batchId: string
const forms: Form[] = []
beforeAll(async () => {
  papers = folder === undefined ? await drawForms() : readForms(folder)
  stack = await startTestStack()
}, 180_000)
afterAll(() => stack?.remove(), 60_000)

const clerk = () => speakAs(stack, 'intake', 'clerk-lahti')
const getApplication = async (id: string) => (await clerk().get<ApplicationDetail>(`/applications/${id}`)).body

test('each page is visible as soon as it is stored, byte for byte', { timeout: patience * 1000 }, async () => {
  batchId = (await clerk().post<Batch>('/batches', { sheetsCounted: papers.length })).body.id
  for (const paper of papers) {
    const { status, body } = await clerk().upload<Stored>(`/batches/${batchId}/scans`, paper.bytes, paper.fileName)
    expect([status, body.state], paper.fileName).toEqual([201, 'stored'])
    const { id: scanId, applicationId } = body.scan
    const { scans } = (await clerk().get<BatchDetail>(`/batches/${batchId}`)).body
    expect(scans.map(({ id }) => id)).toContain(scanId)
    const original = await clerk().fetch(`/scans/${scanId}/original`)
    expect(hash(Buffer.from(await original.arrayBuffer())), paper.fileName).toBe(hash(paper.bytes))
    forms.push({ ...paper, scanId, applicationId: applicationId ?? '' })
  }
})

test('every page is read, none is lost or set aside', { timeout: patience * 1000 }, async () => {
  const read = () => clerk().get<BatchDetail>(`/batches/${batchId}`)
  const started = performance.now()
  const { batch, scans } = await waitUntil(
    'all pages are read',
    async () => {
      const { body } = await read()
      return body.batch.counts.read + body.batch.counts.setAside >= body.batch.counts.pages && body
    },
    patience,
  )
  say(`read ${Math.round((performance.now() - started) / 1000)} s after the last was stored`)
  const setAside = scans.flatMap(({ fileName, pages }) => pages.map((page) => ({ fileName, ...page })))
  expect(setAside.filter(({ state }) => state !== 'read')).toEqual([])
  expect(batch.counts).toMatchObject({ scans: forms.length, pages: forms.length, setAside: 0 })
  expect(scans.map(({ id }) => id).sort()).toEqual(forms.map(({ scanId }) => scanId).sort())
})

test('what reading is sure of is true, and what it is not sure of waits for a clerk', async () => {
  const waiting = await listWaiting()
  const wrong: string[] = []
  let [identified, finished] = [0, 0]
  for (const { applicationId, fileName, truth } of forms) {
    const { application, fields } = await getApplication(applicationId)
    const sure = fields.filter(({ status, source }) => status === 'sure' && source === 'reading')
    // The values themselves are not told: one of them may be an identity code.
    for (const { name, value } of sure)
      if (truth[name] !== undefined && flatten(name, value) !== flatten(name, truth[name]))
        wrong.push(`${fileName}: ${name}`)
    const open = fields.filter(({ required, status }) => required && status !== 'sure')
    expect(waiting.has(applicationId), `${fileName}: ${application.state}`).toBe(open.length > 0)
    if (application.state === 'handed_over') identified += 1
    if (open.length === 0) finished += 1
  }
  say(
    `${forms.length} pages: ${identified} identified by reading, ${finished} need no clerk at all, ${wrong.length} sure values wrong`,
  )
  expect(wrong).toEqual([])
})

test('a clerk settles from the paper what waits', { timeout: patience * 1000 }, async () => {
  const waiting = await listWaiting()
  if (folder === undefined) expect(waiting.size).toBeGreaterThan(0)
  for (const { applicationId, truth, fileName } of forms.filter((form) => waiting.has(form.applicationId))) {
    const { application, fields } = await getApplication(applicationId)
    const open = fields.filter(({ required, status }) => required && status !== 'sure')
    const written = Object.fromEntries(open.map(({ name, value }) => [name, truth[name] ?? value]))
    const { version } = application
    const saved = await clerk().post(`/applications/${applicationId}/corrections`, { version, fields: written })
    expect(saved.status, fileName).toBe(200)
  }
  expect(await listWaiting()).toEqual(new Set())
})

test('each application is one task, at home or where the plan sent it for reasons', { timeout: 120_000 }, async () => {
  const { postalAreas } = readNation()
  const homes = new Map(forms.map(({ applicationId, truth }) => [applicationId, homeOf(truth['postal'] ?? '')]))
  function homeOf(postal: string) {
    return findServingOffice(postalAreas, postal.slice(0, 5))
  }
  // What a clerk set right comes over after the task itself.
  const tasks = await waitUntil('each task is at home, and known whose it is', async () => {
    const all = await query<Task>(stack, 'balancer', 'select * from balancer.task where identified')
    return all.filter((task) => task.home_office_id === homes.get(task.application_id)).length === forms.length && all
  })
  expect(tasks.map((task) => task.application_id).sort()).toEqual(forms.map((form) => form.applicationId).sort())
  for (const task of tasks) {
    const form = forms.find(({ applicationId }) => applicationId === task.application_id)
    expect(task, form?.fileName).toMatchObject({ benefit: form?.truth['benefit'], language: form?.truth['language'] })
    expect(task, form?.fileName).toMatchObject({ state: 'open' })
    if (task.office_id !== task.home_office_id) await expectMoved(task)
  }
  say(`${tasks.length} tasks in ${new Set(tasks.map((task) => task.office_id)).size} offices`)
})

test('and nothing is off anywhere', async () => {
  for (const house of ['intake', 'balancer', 'desk'] as const) {
    const { body } = await speakAs(stack, house, 'auditor').get<{ ok: boolean }>('/verify')
    expect(body, `${house}: ${JSON.stringify(body)}`).toMatchObject({ ok: true })
  }
})

async function listWaiting(): Promise<Set<string>> {
  const path = `/applications?state=to_check&batch=${batchId}&limit=500`
  const { applications } = (await clerk().get<ApplicationList>(path)).body
  return new Set(applications.map(({ id }) => id))
}

async function expectMoved(task: Task): Promise<void> {
  const moves = await query<{ to_office_id: string; reasons: PlanReasons }>(
    stack,
    'balancer',
    'select to_office_id, reasons from balancer.move where task_id = $1',
    [task.id],
  )
  expect(moves.map((move) => move.to_office_id)).toEqual([task.office_id])
  expect(moves[0]?.reasons.alternatives).toBeDefined()
}

const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')
const flatten = (name: string, value: string) =>
  name === 'iban' || name === 'phone' ? value.replace(/\s/g, '') : value.trim()

function say(line: string): void {
  process.stdout.write(`forms: ${line}\n`)
}
