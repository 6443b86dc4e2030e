import { verification } from '@tasain/contracts'
import { sealAccessLog, signCaller } from '@tasain/kit'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openBrowser, startTestDesk, type TestDesk } from '../../../../test/support/desk.ts'

let desk: TestDesk

beforeAll(async () => {
  desk = await startTestDesk()
  await desk.startProvider()
})
afterAll(() => desk.stop())

test('the record of sign-ins is counted and found in order', async () => {
  await openBrowser().signIn(desk.address, 'clerk-1')
  await openBrowser().signIn(desk.address, 'handler-1')
  const { accessLogHeadFile: headFile, accessLogKey: key } = desk.house.config
  await sealAccessLog({ ...desk.house, headFile, key })
  expect(await verify()).toEqual({
    ok: true,
    checks: [
      { name: 'access log', counted: 2, faults: [] },
      { name: 'sessions', counted: 2, faults: [] },
    ],
  })
})

test('a session that nobody signed in for is found', async () => {
  const { db } = desk.house
  const id = '01970000-0000-7000-8000-000000000000'
  const planted = { subject: 'x', person: 'x', roles: ['manager' as const], office: null, district: null }
  await db
    .insertInto('session')
    .values({ id, token_hash: Buffer.alloc(32), language: 'fi', ...planted })
    .execute()
  const { ok, checks } = await verify()
  expect(ok).toBe(false)
  expect(checks[1]?.faults).toEqual([`The session ${id} has no sign-in in the access log.`])
})

async function verify() {
  const caller = { subject: 'operator', name: 'Operator', roles: ['admin' as const], office: null, district: null }
  const token = await signCaller('desk', desk.house.config.privateKey, caller)
  const response = await fetch(`${desk.address}/verify`, { headers: { authorization: `Bearer ${token}` } })
  return verification.parse(await response.json())
}
