import { approveRule, type Caller, endRule, type RuleVersion, restoreRule, writeRule } from '@tasain/contracts'
import { type Asked, type Clock, type Jobs, refuse } from '@tasain/kit'
import { helsinkiDate, type IsoDate, newId } from '@tasain/vocabulary'
import type * as z from 'zod'
import { listPlaces } from '../offices/offices.store.ts'
import type { BalancerDoor, BalancerRead, BalancerTx } from '../schema.ts'
import { judgeScope, type Viewer } from './authority.ts'
import { contradicts, isEffective, readScope, type Scope, stateOf } from './rule.ts'
import {
  describeVersion,
  getVersions,
  insertApproval,
  insertVersion,
  listVersions,
  lockRules,
  type NewVersion,
  type StoredVersion,
} from './rules.store.ts'

export type Rules = { clock: Clock; jobs: Pick<Jobs, 'plan'> }

export function mountRules(door: BalancerDoor, rules: Rules): void {
  mountReading(door, rules)
  mountWriting(door, rules)
  mountChanging(door, rules)
}

function mountReading(door: BalancerDoor, { clock }: Rules): void {
  door.list('/rules', 'rule.list', {}, async ({ caller }, read) => {
    const viewer = await describeViewer(read, caller, clock)
    const all = Map.groupBy(await listVersions(read), ({ ruleId }) => ruleId)
    const latest = [...all.values()].flatMap((versions) =>
      versions.slice(-1).map((version) => describeVersion(version, versions, viewer)),
    )
    return { rules: latest.toSorted((one, other) => (one.writtenAt < other.writtenAt ? 1 : -1)) }
  })
  door.list('/rules/:id/versions', 'rule.list', {}, async (asked, read) => {
    const versions = await getVersions(read, getRuleId(asked))
    const viewer = await describeViewer(read, asked.caller, clock)
    return { rules: versions.map((version) => describeVersion(version, versions, viewer)).toReversed() }
  })
}

function mountWriting(door: BalancerDoor, rules: Rules): void {
  door.write('post', '/rules', 'rule.write', { body: writeRule }, async ({ caller, body }, tx) => {
    const today = helsinkiDate(rules.clock.now())
    await lockRules(tx)
    const scope = readScope(body.scope)
    const needsApproval = await checkAuthority(tx, caller, [scope])
    const version = { ruleId: newId(), version: 1, ...contentOf(body, scope), ends: false, needsApproval }
    await checkDates(tx, version, today)
    return { status: 201, body: await write(rules, tx, version, caller) }
  })
  door.write('post', '/rules/:id/versions', 'rule.write', { body: writeRule }, async (asked, tx) => {
    const { caller, body } = asked
    await lockRules(tx)
    const versions = await getVersions(tx, getRuleId(asked))
    const latest = getLatest(versions)
    if (body.value.kind !== latest.value.kind)
      throw refuse('request.invalid', [{ path: 'value.kind', message: 'a rule keeps its kind' }])
    const scope = readScope(body.scope)
    const needsApproval = await checkAuthority(tx, caller, [scope, latest.scope])
    const version = { ...nextOf(latest), ...contentOf(body, scope), ends: false, needsApproval }
    await checkDates(tx, version, helsinkiDate(rules.clock.now()))
    return { status: 201, body: await write(rules, tx, version, caller) }
  })
}

function mountChanging(door: BalancerDoor, rules: Rules): void {
  const today = () => helsinkiDate(rules.clock.now())
  door.write('post', '/rules/:id/end', 'rule.write', { body: endRule }, async (asked, tx) => {
    await lockRules(tx)
    const versions = await getVersions(tx, getRuleId(asked))
    const latest = getLatest(versions)
    const states = versions.map((version) => stateOf(version, versions, today()))
    if (latest.ends || states.every((state) => state === 'ended')) throw refuse('rule.already_ended')
    const isAcross = await checkAuthority(tx, asked.caller, [latest.scope])
    // A draft that never came into force may be withdrawn by anyone who may write it.
    const needsApproval = isAcross && versions.some(isEffective)
    const end = { ends: true, from: today(), to: today(), needsApproval, reason: asked.body.reason }
    return { body: await write(rules, tx, { ...nextOf(latest), ...whatOf(latest), ...end }, asked.caller) }
  })
  door.write('post', '/rules/:id/restore', 'rule.write', { body: restoreRule }, async (asked, tx) => {
    await lockRules(tx)
    const versions = await getVersions(tx, getRuleId(asked))
    const latest = getLatest(versions)
    const earlier = versions.find(({ version }) => version === asked.body.version)
    if (!earlier || earlier.ends) throw refuse('request.not_found')
    const needsApproval = await checkAuthority(tx, asked.caller, [earlier.scope, latest.scope])
    const from = [earlier.from, today()].toSorted().at(-1) ?? today()
    const to = earlier.to !== null && earlier.to >= from ? earlier.to : null
    const content = { ...whatOf(earlier), from, to, ends: false, needsApproval, reason: asked.body.reason }
    const version = { ...nextOf(latest), ...content }
    await checkDates(tx, version, today())
    return { body: await write(rules, tx, version, asked.caller) }
  })
  door.write('post', '/rules/:id/approve', 'rule.approve', { body: approveRule }, async (asked, tx) => {
    await lockRules(tx)
    const versions = await getVersions(tx, getRuleId(asked))
    const latest = getLatest(versions)
    if (latest.version !== asked.body.version || isEffective(latest)) throw refuse('rule.not_draft')
    if (latest.authorSubject === asked.caller.subject) throw refuse('rule.needs_another_manager')
    // What was written since may stand in the way now.
    if (!latest.ends && contradicts(latest, await listVersions(tx))) throw refuse('rule.contradicts')
    await insertApproval(tx, latest, asked.caller)
    return { body: await describeLatest(rules, tx, latest.ruleId, asked.caller) }
  })
}

async function write(rules: Rules, tx: BalancerTx, version: NewVersion, author: Caller): Promise<RuleVersion> {
  await insertVersion(tx, version, author)
  return await describeLatest(rules, tx, version.ruleId, author)
}

/** The latest version, just written or approved; one that counts is planned with at once. */
async function describeLatest(
  { clock, jobs }: Rules,
  tx: BalancerTx,
  ruleId: string,
  caller: Caller,
): Promise<RuleVersion> {
  const versions = await getVersions(tx, ruleId)
  const latest = getLatest(versions)
  if (isEffective(latest)) await jobs.plan(tx, 'plan', {}, { priority: 1 })
  return describeVersion(latest, versions, await describeViewer(tx, caller, clock))
}

async function describeViewer(read: BalancerRead, caller: Caller, clock: Clock): Promise<Viewer> {
  return { caller, places: await listPlaces(read), today: helsinkiDate(clock.now()) }
}

/** @returns whether a second manager must approve. */
async function checkAuthority(tx: BalancerTx, caller: Caller, scopes: readonly Scope[]): Promise<boolean> {
  const places = await listPlaces(tx)
  const authorities = scopes.map((scope) => judgeScope(scope, places, caller.district))
  if (authorities.includes('unknown')) throw refuse('rule.unknown_scope')
  if (authorities.includes('foreign')) throw refuse('rule.not_your_district')
  return authorities.includes('across')
}

async function checkDates(tx: BalancerTx, version: NewVersion, today: IsoDate): Promise<void> {
  if (version.from < today) throw refuse('rule.starts_in_past')
  if (contradicts(version, await listVersions(tx))) throw refuse('rule.contradicts')
}

function contentOf({ value, from, to, reason }: z.output<typeof writeRule>, scope: Scope) {
  return { value, from, to, reason, scope }
}

function whatOf({ scope, value }: StoredVersion) {
  return { scope, value }
}

function nextOf({ ruleId, version }: StoredVersion) {
  return { ruleId, version: version + 1 }
}

function getLatest(versions: readonly [StoredVersion, ...StoredVersion[]]): StoredVersion {
  return versions.at(-1) ?? versions[0]
}

function getRuleId({ params }: Pick<Asked, 'params'>): string {
  return params['id'] ?? ''
}
