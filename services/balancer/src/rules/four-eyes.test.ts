import { type Caller, ruleCheck, ruleVersion, type WriteRule } from '@tasain/contracts'
import { connect, type Database } from '@tasain/kit'
import { addDays, type IsoDate } from '@tasain/vocabulary'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { testDatabase } from '../../../../test/support/database.ts'
import { managerCaller, openHouse, type TestHouse } from '../../testing/house.ts'
import { makeNation } from '../../testing/nation.ts'
import type { Schema } from '../schema.ts'
import { countsAt, findInForce, holdsAt, isIn, type Place } from './rule.ts'
import { listInForce, listVersions, type StoredVersion } from './rules.store.ts'

const today = '2026-11-23'
const nation = makeNation()
const places: Place[] = nation.offices.map(({ id, districtId }) => ({
  id,
  district: districtId,
  region: nation.districts.find((district) => district.id === districtId)?.regionId ?? '',
}))
const north = managerCaller('north')
const east = managerCaller('east')
const south = managerCaller('south')

let house: TestHouse
// History is not the working role's to take away.
let owner: Database<Schema>
const clear = async () => {
  for (const table of ['rule_approval', 'rule_withdrawal', 'rule_version', 'rule'] as const)
    await owner.db.deleteFrom(table).execute()
}
beforeAll(async () => {
  const urls = await testDatabase('balancer')
  house = await openHouse({ urls, nation })
  owner = connect<Schema>({ url: urls.ownerUrl, schema: 'balancer', log: house.log, max: 1 })
})
afterEach(async () => {
  await clear()
  house.clock.at = new Date(`${today}T10:00:00Z`)
})
afterAll(async () => {
  await owner.close()
  await house.close()
})

const post = (path: string, body: object, who: Caller) => house.ask(who, 'POST', path, body)
const reason = 'As agreed.'
const closing: WriteRule = { scope: {}, value: { kind: 'export', allow: false }, from: today, reason }
const quota = (giver: string, receiver: string): WriteRule => ({
  ...closing,
  value: { kind: 'quota', giver, receiver, minutesPerMonth: 600 },
})
/** A rule that two managers have made. */
async function agree(rule: WriteRule): Promise<string> {
  const { id } = ruleVersion.parse((await post('/rules', rule, north)).body)
  expect((await post(`/rules/${id}/approve`, { version: 1 }, east)).status).toBe(200)
  return id
}
const versionInForce = async () => (await listInForce(house.db, today)).map(({ version }) => version)

describe('Four eyes hold', () => {
  test('a national rule is not narrowed by way of one’s own draft', async () => {
    const id = await agree(closing)
    const narrowed = { ...closing, scope: { district: 'north' } }
    for (const since of [1, 2]) {
      expect((await post('/rules/check', { ...narrowed, reason: undefined, rule: id }, north)).body).toMatchObject({
        needsApproval: true,
      })
      expect((await post(`/rules/${id}/versions`, { ...narrowed, since }, north)).body).toMatchObject({
        state: 'draft',
      })
    }
    expect(await versionInForce()).toEqual([1])
    expect((await post(`/rules/${id}/withdraw`, { version: 3, reason }, north)).status).toBe(200)
    expect((await post(`/rules/${id}/restore`, { version: 3, reason }, north)).body).toMatchObject({ state: 'draft' })
    expect(await versionInForce()).toEqual([1])
  })

  test('a national rule is not ended by way of one’s own draft', async () => {
    const id = await agree(closing)
    const narrowed = { ...closing, scope: { district: 'north' }, since: 1 }
    const draft = ruleVersion.parse((await post(`/rules/${id}/versions`, narrowed, north)).body)
    expect(draft.endNeedsApproval).toBe(true)
    expect((await post(`/rules/${id}/end`, { reason }, north)).body).toMatchObject({ state: 'draft' })
    expect(await versionInForce()).toEqual([1])
    expect((await post(`/rules/${id}/approve`, { version: 3 }, south)).body).toMatchObject({ state: 'ended' })
    expect(await versionInForce()).toEqual([])
  })

  test('a quota is not turned inward, and its other end may approve it', async () => {
    const id = await agree(quota('north', 'east'))
    const inward = quota('north-1', 'north-2')
    for (const since of [1, 2])
      expect((await post(`/rules/${id}/versions`, { ...inward, since }, north)).body).toMatchObject({ state: 'draft' })
    expect((await post(`/rules/${id}/approve`, { version: 3 }, south)).code).toBe('rule.not_your_district')
    expect((await post(`/rules/${id}/approve`, { version: 3 }, east)).body).toMatchObject({ state: 'in_force' })
  })

  test('a version that still holds today is displaced by one before the next', async () => {
    const id = await agree(closing)
    const own = { ...closing, scope: { district: 'north' } }
    await post(`/rules/${id}/versions`, { ...own, from: '2026-12-10', since: 1 }, north)
    await post(`/rules/${id}/approve`, { version: 2 }, east)
    const soon = await post(`/rules/${id}/versions`, { ...own, from: '2026-12-01', since: 2 }, north)
    expect(soon.body).toMatchObject({ version: 3, state: 'draft' })
    const later = await post(`/rules/${id}/versions`, { ...own, from: '2026-12-10', since: 3 }, north)
    expect(later.body).toMatchObject({ version: 4, state: 'coming', needsApproval: false })
  })

  test('another manager’s own draft does not keep one from ending a shared rule', async () => {
    const id = await agree(closing)
    await post(`/rules/${id}/versions`, { ...closing, scope: { district: 'east' }, since: 1 }, east)
    expect((await post(`/rules/${id}/end`, { reason }, north)).body).toMatchObject({ version: 3, state: 'draft' })
  })

  test('another district’s own rule is not taken over by way of a national draft', async () => {
    const own = ruleVersion.parse((await post('/rules', { ...closing, scope: { district: 'north' } }, north)).body)
    await post(`/rules/${own.id}/versions`, { ...closing, since: 1 }, north)
    const taken = { ...closing, scope: { district: 'east' }, since: 2 }
    expect((await post(`/rules/${own.id}/versions`, taken, east)).code).toBe('rule.not_your_district')
    const { needsApproval } = ruleCheck.parse((await post('/rules/check', { ...closing, rule: own.id }, north)).body)
    expect(needsApproval).toBe(true)
  })

  test('no rule that binds others changes by one person', { timeout: 3_600_000 }, async () => {
    const runs = process.env['TASAIN_LONG'] === '1' ? 1_000 : 25
    await fc.assert(
      fc.asyncProperty(fc.array(acts, { minLength: 8, maxLength: 16 }), async (sequence) => {
        try {
          await agree(closing)
          await agree(quota('north', 'east'))
          for (const act of sequence) await playAndCheck(act)
        } finally {
          await clear()
          house.clock.at = new Date(`${today}T10:00:00Z`)
        }
      }),
      { numRuns: runs },
    )
  })
})

/** Mostly the manager's own, since what is another's is refused anyway. */
const reaches = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom('district' as const, 'office' as const) },
  { weight: 2, arbitrary: fc.constantFrom('nation' as const, 'region' as const, 'elsewhere' as const) },
)
const content = fc.record({
  reach: reaches,
  closes: fc.boolean(),
  begins: fc.integer({ min: 0, max: 3 }),
  days: fc.option(fc.integer({ min: 0, max: 4 })),
  lifts: fc.option(fc.nat({ max: 2 }), { freq: 4 }),
})
const acts = fc.record({
  who: fc.oneof({ weight: 3, arbitrary: fc.constant(north) }, { weight: 2, arbitrary: fc.constantFrom(east, south) }),
  act: fc.oneof(
    { weight: 5, arbitrary: fc.constant('change' as const) },
    { weight: 2, arbitrary: fc.constantFrom('end' as const, 'approve' as const, 'restore' as const) },
    { weight: 1, arbitrary: fc.constantFrom('write' as const, 'withdraw' as const, 'wait' as const) },
  ),
  rule: fc.nat({ max: 2 }),
  version: fc.nat({ max: 8 }),
  isQuota: fc.boolean(),
  content,
})
type Act = typeof acts extends fc.Arbitrary<infer A> ? A : never

/** Does one thing as one manager, and holds what was against what is. */
async function playAndCheck(act: Act): Promise<void> {
  if (act.act === 'wait') {
    house.clock.at = new Date(house.clock.at.getTime() + 86_400_000)
    return
  }
  const before = await listVersions(house.db)
  const refusal = (await play(act, before)).code
  const after = await listVersions(house.db)
  expect(refusal).not.toBe('internal')
  const approved = after.find((one) => one.approved && !before.some((was) => isSame(was, one) && was.approved))
  if (approved) {
    expect(act.act).toBe('approve')
    expect(approved.authorSubject).not.toBe(act.who.subject)
    return
  }
  for (let day = 0; day <= 9; day += 1) expectOwnChanges(before, after, addDays(getToday(), day), act.who)
}

async function play({ who, act, rule, version, isQuota, content: written }: Act, versions: readonly StoredVersion[]) {
  const ids = [...new Set(versions.map(({ ruleId }) => ruleId))]
  const id = ids[rule % ids.length] ?? ''
  const own = versions.filter(({ ruleId }) => ruleId === id)
  const latest = own.findLast(({ withdrawnAt }) => withdrawnAt === null)?.version ?? own.length
  const numbered = { version: 1 + (version % own.length), reason }
  if (act === 'write') return await post('/rules', describeContent(written, who, isQuota, ids), who)
  if (act === 'change') {
    const body = describeContent(written, who, own[0]?.value.kind === 'quota', ids)
    return await post(`/rules/${id}/versions`, { ...body, since: latest }, who)
  }
  if (act === 'approve') return await post(`/rules/${id}/approve`, { version: latest }, who)
  return await post(`/rules/${id}/${act}`, act === 'end' ? { reason } : numbered, who)
}

function describeContent(written: Act['content'], who: Caller, isQuota: boolean, ids: readonly string[]) {
  const { reach, closes, begins, days, lifts } = written
  const district = who.district ?? ''
  const from = addDays(getToday(), begins)
  const span = { from, to: days === null ? null : addDays(from, days), reason }
  if (isQuota) return { ...quota(reach === 'nation' ? 'south' : `${district}-1`, inward[reach] ?? district), ...span }
  const scope = { office: { office: `${district}-1` }, district: { district }, nation: {}, ...others }[reach]
  const lifted = lifts === null ? [] : ids.slice(lifts, lifts + 1)
  return { ...closing, scope, value: { kind: 'export', allow: !closes }, lifts: lifted, ...span }
}
const others = { region: { region: 'upper' }, elsewhere: { office: 'south-1' } }
const inward: Partial<Record<Act['content']['reach'], string>> = {
  office: 'north-2',
  region: 'east',
  elsewhere: 'upper',
}

const getToday = (): IsoDate => addDays(house.clock.at.toISOString().slice(0, 10), 0)
const isSame = (one: StoredVersion, other: StoredVersion) =>
  one.ruleId === other.ruleId && one.version === other.version

/** What is in force on a day has changed only where it binds nobody but the manager's own district. */
function expectOwnChanges(
  before: readonly StoredVersion[],
  after: readonly StoredVersion[],
  day: IsoDate,
  who: Caller,
): void {
  const was = listOn(before, day)
  const is = listOn(after, day)
  const gone = was.filter((one) => !is.some((other) => isSame(one, other)))
  const come = is.filter((one) => !was.some((other) => isSame(one, other)))
  for (const changed of [...gone, ...come])
    expect({ day, ...changed, binds: listBound(changed) }).toMatchObject({ binds: [who.district] })
  for (const kept of was.filter((one) => listBound(one).some((district) => district !== who.district)))
    if (!gone.includes(kept))
      for (const place of places) {
        const lifted = countsAt(kept, place, was) && !countsAt(kept, place, is)
        expect({ day, lifted, kept: kept.value, place: place.id }).toMatchObject({ lifted: false })
      }
}

function listOn(versions: readonly StoredVersion[], day: IsoDate): StoredVersion[] {
  const rules = Map.groupBy(versions, ({ ruleId }) => ruleId)
  return [...rules.values()].flatMap((own) => findInForce(own, day) ?? [])
}

function listBound({ scope, value }: StoredVersion): string[] {
  const bound = places.filter((place) =>
    value.kind === 'quota' ? isIn(place, value.giver) || isIn(place, value.receiver) : holdsAt(scope, place),
  )
  return [...new Set(bound.map(({ district }) => district))]
}
