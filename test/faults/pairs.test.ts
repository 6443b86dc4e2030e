import { randomUUID } from 'node:crypto'
import type { ApplicationDetail, Batch, Stored } from '@tasain/contracts'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startChild } from '../../infra/embedded/child.ts'
import { addressOf, getEntry, getHouseEnv, type HouseContext } from '../../infra/embedded/houses.ts'
import { findFreePort } from '../../infra/embedded/ports.ts'
import { prepareSecrets } from '../../infra/embedded/secrets.ts'
import { query, speakAs, startTestStack, type TestStack, waitUntil } from '../support/stack.ts'
import { drawPage, listScans } from './clerk.ts'
import { sized } from './size.ts'

// Two intakes with a reading child each and two balancers work on one database. Everything is delivered twice, and yet
// there is exactly one of each.

const pages = sized(40, 1_000)
const versions = 5
let stack: TestStack
/** The same system, as seen through the second intake and the second balancer. */
let second: TestStack
const extra: { stop: () => Promise<void> }[] = []

beforeAll(async () => {
  stack = await startTestStack()
  const secrets = prepareSecrets(stack.dataDir)
  const ports = { ...stack.ports, intake: await findFreePort(), balancer: await findFreePort() }
  const adminUrl = `postgres://postgres:${secrets.superuserPassword}@127.0.0.1:${ports.postgres}/postgres`
  const context: HouseContext = { dataDir: stack.dataDir, ports, secrets, adminUrl }
  for (const house of ['intake', 'balancer'] as const) {
    const env = { ...getHouseEnv(house, context), ...(house === 'intake' && { INTAKE_READERS: '1' }) }
    const readyUrl = `${addressOf(ports[house])}/ready`
    const signal = new AbortController().signal
    extra.push(await startChild({ name: `${house} 2`, entry: getEntry(house), env, readyUrl, log: () => {}, signal }))
  }
  second = { ...stack, ports }
}, 180_000)
afterAll(async () => {
  for (const child of extra) await child.stop()
  await stack?.remove()
}, 60_000)

describe('two of each house on one database', () => {
  test(
    `keep exactly one of everything that is delivered twice (${pages} pages, ${pages * versions} hand-overs)`,
    async () => {
      const clerks = [speakAs(stack, 'intake', 'clerk-lahti'), speakAs(second, 'intake', 'clerk-lahti')] as const
      const batches: string[] = []
      for (let i = 0; i < pages; i += 200)
        batches.push((await clerks[0].post<Batch>('/batches', { benefit: 'YA', language: 'fi' })).body.id)

      const scanned: string[] = []
      await inParallel(4, pages, async (number) => {
        const path = `/batches/${batches[Math.floor(number / 200)]}/scans`
        const [bytes, key] = [await drawPage(number + 1), randomUUID()]
        const answers = await Promise.all(
          clerks.map((clerk) => clerk.upload<Stored>(path, bytes, `${number}.png`, key)),
        )
        expect(answers.map((answer) => answer.status)).toEqual([201, 201])
        expect(answers[0]?.body).toEqual(answers[1]?.body)
        scanned.push(answers[0]?.body.scan.applicationId ?? '')
      })
      const scans = await waitUntil(
        'every page is read',
        async () => {
          const found = await listScans(clerks[0], batches)
          return found.every((scan) => scan.pages.every((page) => page.state === 'read')) && found
        },
        sized(180, 3_000),
      )
      expect(scans.length).toBe(pages)

      // Each application changes until it has been handed over five times; each change is sent to both intakes.
      const postal = ['00530 Helsinki', '15110 Lahti', '70100 Kuopio', '33100 Tampere', '90100 Oulu']
      await inParallel(4, pages, async (number) => {
        const path = `/applications/${scanned[number]}`
        for (const code of postal.slice(0, versions - 1)) {
          const { version } = (await clerks[0].get<ApplicationDetail>(path)).body.application
          const [body, key] = [{ version, fields: { postal: code } }, { 'idempotency-key': randomUUID() }]
          await Promise.all(clerks.map((clerk) => clerk.post(`${path}/corrections`, body, key)))
        }
      })
      const [{ handovers } = { handovers: 0 }] = await ask<{ handovers: number }>(
        'intake',
        'select count(*)::int as handovers from intake.handover',
      )
      expect(handovers).toBe(pages * versions)

      // The second delivery: both balancers read the whole log once more.
      await waitUntil('all is received', async () => (await counts()).journal === pages * versions, 120)
      await ask('balancer', 'update balancer.receiving_cursor set position = 0')
      await waitUntil('the log is read again', async () => (await counts()).cursor >= handovers, 120)
      const after = await counts()
      expect(after).toMatchObject({ tasks: pages, applications: pages, journal: pages * versions, movedTwice: 0 })
      const [read] = await ask<{ pages: number; readings: number }>(
        'intake',
        'select (select count(*)::int from intake.page) as pages, (select count(*)::int from intake.reading) as readings',
      )
      expect(read).toEqual({ pages, readings: pages })
      for (const house of ['intake', 'balancer'] as const)
        expect((await speakAs(stack, house, 'auditor').get<{ ok: boolean }>('/verify')).body, house).toMatchObject({
          ok: true,
        })
    },
    sized(400, 5_400) * 1_000,
  )
})

async function counts() {
  const [row] = await ask<{ tasks: number; applications: number; journal: number; cursor: number; movedTwice: number }>(
    'balancer',
    `select (select count(*)::int from balancer.task) as tasks,
            (select count(distinct application_id)::int from balancer.task) as applications,
            (select count(*)::int from balancer.handover) as journal,
            (select coalesce(max(position), 0)::int from balancer.receiving_cursor) as cursor,
            (select count(*)::int from (select task_id from balancer.move where cause = 'plan' group by task_id having count(*) > 1) as twice) as "movedTwice"`,
  )
  if (!row) throw new Error('no counts')
  return row
}

function ask<T extends object>(house: 'intake' | 'balancer', text: string): Promise<T[]> {
  return query<T>(stack, house, text)
}

async function inParallel(width: number, count: number, run: (number: number) => Promise<void>): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: width }, async () => {
      for (let number = next++; number < count; number = next++) await run(number)
    }),
  )
}
