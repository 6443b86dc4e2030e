import { setTimeout as sleep } from 'node:timers/promises'
import { type ApplicationDetail, type HeldTask, nextTask, stored } from '@tasain/contracts'
import { newId } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { sweepOnce } from '../services/balancer/src/handling/handling.work.ts'
import { createIntake } from '../services/balancer/src/receiving/intake.work.ts'
import { receiveOnce } from '../services/balancer/src/receiving/receiving.work.ts'
import { type TestHouse as Balancer, handlerCaller, openHouse } from '../services/balancer/testing/house.ts'
import { makeNation } from '../services/balancer/testing/nation.ts'
import {
  clerk as anyClerk,
  drawJpeg,
  openTestBatch,
  sendScan,
  startTestHouse,
  type TestHouse,
} from '../services/intake/src/test-house.ts'
import { keepReading, madeUpReading } from '../services/intake/src/test-reading.ts'
import { codeOf, post } from '../services/intake/src/test-stack.ts'
import { ownDatabase } from './support/database.ts'

// Intake and the balancer, both real, over HTTP: what becomes of a task at one of them holds at the other at once.

const rounds = process.env['TASAIN_LONG'] === '1' ? 1_000 : 12
/** A look that begins so much later is refused, however slow the machine is. */
const graceMs = 400
const clerk = { ...anyClerk, office: 'north-1', district: 'north' }
const anna = handlerCaller('north-1-handler-1')
let balancer: Balancer
let intake: TestHouse
let receive: () => Promise<number>

beforeAll(async () => {
  const { urlsOf } = await ownDatabase()
  balancer = await openHouse({ urls: urlsOf('balancer'), nation: makeNation() })
  const { address: url, balancerPublicKey: publicKey, intakePrivateKey } = balancer
  intake = await startTestHouse(urlsOf('intake').appUrl, () => ({}), { balancer: { url, publicKey, intakePrivateKey } })
  const client = createIntake({ url: intake.address, privateKey: balancer.config.privateKey })
  receive = () => receiveOnce({ ...balancer, intake: client }, 0)
})
afterAll(async () => {
  await intake.stop()
  await balancer.close()
})

type Papers = { id: string; pageId: string }

/** An application that has been handed over and is in its queue. */
async function handOver(): Promise<Papers> {
  const batchId = await openTestBatch(intake.ask, { benefit: 'YA', language: 'fi' }, clerk)
  const sent = await sendScan(intake.ask, batchId, await drawJpeg(newId()), { by: clerk })
  const { scan } = stored.parse(await sent.json())
  const papers = { id: scan.applicationId ?? '', pageId: scan.pages[0]?.id ?? '' }
  await keepReading(intake.house, papers.pageId, madeUpReading())
  await receive()
  return papers
}

async function claim({ id }: Papers): Promise<HeldTask> {
  await balancer.db.deleteFrom('exclusion').execute()
  await balancer.db.updateTable('conflict_of_interest').set({ ended_at: new Date(), end_reason: 'a test' }).execute()
  const { task } = nextTask.parse((await balancer.ask(anna, 'POST', '/tasks/next')).body)
  if (task?.applicationId !== id) throw new Error('another task was given')
  return task
}

async function look({ id, pageId }: Papers, { viewGrant }: HeldTask): Promise<number[]> {
  const headers = { 'x-view-grant': viewGrant }
  const paths = [`/applications/${id}`, `/pages/${pageId}/image`, `/pages/${pageId}/text`]
  const answers = await Promise.all(paths.map((path) => intake.ask(path, { by: anna, headers })))
  return answers.map(({ status }) => status)
}

/** So that the next test is given its own task. */
const clear = () => balancer.db.updateTable('task').set({ identified: false }).where('state', '=', 'open').execute()

async function act(task: HeldTask, path: string, body: object): Promise<number> {
  const { status } = await balancer.ask(anna, 'POST', `/tasks/${task.id}/${path}`, { epoch: task.epoch, ...body })
  return status
}

const getVersion = async (id: string) => {
  const answer = await intake.ask(`/applications/${id}`, { by: clerk })
  return ((await answer.json()) as ApplicationDetail).application.version
}
const correct = async (id: string, body: object) => await post(intake, `/applications/${id}/corrections`, body, clerk)
const decision = { outcome: 'granted', grounds: 'All is in order.' }

describe('Rights end at once', { timeout: 90_000 }, () => {
  test.each([
    ['return', { reason: 'unclear' }],
    ['recusal', { reason: 'A relative.' }],
    ['information-request', { missing: ['Bank statement'], deadlineOn: '2026-12-04' }],
    ['decision', decision],
  ])('after a %s the handler sees nothing of it any more', async (path, body) => {
    await clear()
    const papers = await handOver()
    const task = await claim(papers)
    expect(await look(papers, task)).toEqual([200, 200, 200])
    expect(await act(task, path, body)).toBe(200)
    await sleep(graceMs)
    expect(await look(papers, task)).toEqual([404, 404, 404])
  })

  test('a lost lease ends the look, and the next claim begins another', async () => {
    await clear()
    const papers = await handOver()
    const task = await claim(papers)
    expect(await look(papers, task)).toEqual([200, 200, 200])
    await sql`update task set lease_ends_at = now() - interval '1 second' where id = ${task.id}`.execute(balancer.db)
    await sweepOnce(balancer)
    await sleep(graceMs)
    expect(await look(papers, task)).toEqual([404, 404, 404])
    expect(await look(papers, await claim(papers))).toEqual([200, 200, 200])
    expect(await look(papers, task)).toEqual([404, 404, 404])
    await act(task, 'return', { epoch: task.epoch + 1, reason: 'unclear' })
  })

  test('non-disclosure ends the look of who is not cleared, and the hold too', async () => {
    await clear()
    const papers = await handOver()
    const task = await claim(papers)
    expect(await look(papers, task)).toEqual([200, 200, 200])
    const body = { version: await getVersion(papers.id), fields: {}, restricted: true }
    expect((await correct(papers.id, body)).status).toBe(200)
    expect(await look(papers, task)).toEqual([404, 404, 404])
    await receive()
    expect((await balancer.ask(anna, 'GET', `/tasks/${task.id}`)).code).toBe('request.not_found')
    const cleared = handlerCaller('north-1-handler-2')
    await balancer.db.updateTable('handler').set({ cleared: true }).where('subject', '=', cleared.subject).execute()
    const { task: again } = nextTask.parse((await balancer.ask(cleared, 'POST', '/tasks/next')).body)
    const headers = { 'x-view-grant': again?.viewGrant ?? '' }
    expect((await intake.ask(`/applications/${papers.id}`, { by: cleared, headers })).status).toBe(200)
  })
})

describe('A decided application is closed', { timeout: 90_000 }, () => {
  test(`of a decision and a correction at once neither is lost and none follows, ${rounds} times`, async () => {
    for (let round = 0; round < rounds; round += 1) {
      await clear()
      const papers = await handOver()
      const task = await claim(papers)
      const version = await getVersion(papers.id)
      const postal = { postal: `${15_200 + round} Lahti` }
      const [corrected, decided] = await Promise.all([
        correct(papers.id, { version, fields: postal }),
        act(task, 'decision', decision),
      ])
      expect(decided).toBe(200)
      if (corrected.status !== 200) expect(await codeOf(corrected)).toBe('application.decided')
      const later = await correct(papers.id, { version: await getVersion(papers.id), fields: { phone: '050 1' } })
      expect([later.status, await codeOf(later)]).toEqual([409, 'application.decided'])
      // Whatever the correction changed before it knew is kept on both sides, and the decided task is as it was.
      while ((await receive()) > 0);
      const sent = await intake.house.db
        .selectFrom('handover')
        .select('version')
        .where('application_id', '=', papers.id)
        .execute()
      const kept = await balancer.db
        .selectFrom('handover')
        .select('version')
        .where('application_id', '=', papers.id)
        .execute()
      expect(kept).toHaveLength(sent.length)
      const found = balancer.db.selectFrom('task').select(['state', 'epoch']).where('id', '=', task.id)
      expect(await found.execute()).toEqual([{ state: 'decided', epoch: task.epoch }])
    }
  }, 300_000)
})
