import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { query, speakAs, startTestStack, type TestStack, waitUntil } from '../support/stack.ts'
import { createClerk, listScans } from './clerk.ts'
import { sized } from './size.ts'

// Each process is killed at random moments while a clerk scans. Nothing may be lost and nothing done twice, and
// nobody mends anything by hand.

const killsEach = sized(1, 20)
const victims = ['intake', 'reading child', 'balancer', 'desk', 'postgres'] as const
let stack: TestStack
beforeAll(async () => {
  stack = await startTestStack()
}, 180_000)
afterAll(() => stack?.remove(), 60_000)

describe('a process that is killed while pages are scanned', () => {
  test(
    `comes back by itself, and nothing is lost or doubled (${killsEach} kills of each)`,
    async () => {
      const clerk = createClerk(stack, { pagesPerBatch: 200 })
      let scanning = true
      const scanned = (async () => {
        for (let number = 1; scanning; number += 1) {
          await clerk.scan(number)
          await sleep(60)
        }
      })()
      const order = victims
        .flatMap((victim) => Array.from({ length: killsEach }, () => victim))
        .sort(() => Math.random() - 0.5)
      for (const victim of order) {
        await sleep(500 + Math.random() * 2_500)
        const pid = await waitUntil(`${victim} runs`, () => Promise.resolve(findVictim(victim)))
        process.kill(pid, 'SIGKILL')
        await waitUntil(`${victim} is back`, () => Promise.resolve(isBack(victim, pid)))
      }
      scanning = false
      await scanned
      console.log(`${order.length} kills, ${clerk.acknowledged.length} pages acknowledged`)
      expect(clerk.acknowledged.length).toBeGreaterThan(order.length)
      await expectWhole(clerk)
    },
    sized(240, 1_800) * 1_000,
  )
})

async function expectWhole(clerk: ReturnType<typeof createClerk>): Promise<void> {
  const voice = speakAs(stack, 'intake', 'clerk-lahti')
  const acknowledged = clerk.acknowledged.map((scan) => scan.scanId).sort()
  expect(new Set(acknowledged).size).toBe(acknowledged.length)
  const scans = await waitUntil(
    'every page is read or set aside',
    async () => {
      const found = await listScans(voice, clerk.listBatches()).catch(() => [])
      return (
        found.length >= acknowledged.length &&
        found.every((scan) => scan.pages.every((page) => page.state !== 'stored')) &&
        found
      )
    },
    300,
  )
  expect(scans.map((scan) => scan.id).sort()).toEqual(acknowledged)
  expect(scans.flatMap((scan) => scan.pages.filter((page) => page.state === 'set_aside'))).toEqual([])
  const applications = scans.map((scan) => scan.applicationId)
  expect(new Set(applications).size).toBe(acknowledged.length)
  const tasks = await waitUntil('every application is a task', async () => {
    const rows = await countTasks()
    return rows.tasks >= acknowledged.length && rows
  })
  expect(tasks).toEqual({ tasks: acknowledged.length, applications: acknowledged.length })
  for (const house of ['intake', 'balancer', 'desk'] as const) {
    const { body } = await speakAs(stack, house, 'auditor').get<{ ok: boolean }>('/verify')
    expect(body, `${house}: ${JSON.stringify(body)}`).toMatchObject({ ok: true })
  }
}

async function countTasks(): Promise<{ tasks: number; applications: number }> {
  const text = 'select count(*)::int as tasks, count(distinct application_id)::int as applications from balancer.task'
  const [counts] = await query<{ tasks: number; applications: number }>(stack, 'balancer', text)
  return counts ?? { tasks: 0, applications: 0 }
}

function findVictim(victim: (typeof victims)[number]): number | undefined {
  if (victim !== 'reading child') return stack.findPid(victim)
  const parent = stack.findPid('intake')
  return parent === undefined ? undefined : findChildren(parent).at(0)
}

function isBack(victim: (typeof victims)[number], killed: number): boolean {
  const pid = findVictim(victim)
  return pid !== undefined && pid !== killed
}

function findChildren(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number)
  } catch {
    return []
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms))
}
