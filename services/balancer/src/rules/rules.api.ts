import {
  approveRule,
  type Caller,
  changeRule,
  endRule,
  previewRule,
  type RuleAct,
  type RuleCheck,
  type RuleVersion,
  restoreRule,
  ruleValue,
  withdrawRule,
  writeRule,
} from '@tasain/contracts'
import { type Answer, type Asked, type Clock, type Jobs, parseShape, refuse } from '@tasain/kit'
import { helsinkiDate, newId } from '@tasain/vocabulary'
import type * as z from 'zod'
import { listPlaces } from '../offices/offices.store.ts'
import type { BalancerDoor, BalancerRead, BalancerTx } from '../schema.ts'
import { endsByTwo, findActRefusal, judgeWriting, listDisplaced, type Viewer } from './authority.ts'
import { checkContradictions, describeContradictions } from './contradictions.store.ts'
import { listRules } from './listed.store.ts'
import { findInForce, findLatest, isEffective, laterOf, readScope, type Version } from './rule.ts'
import {
  describeVersion,
  getVersions,
  insertApproval,
  insertVersion,
  insertWithdrawal,
  listVersions,
  lockRules,
  type NewVersion,
  type StoredVersion,
} from './rules.store.ts'

export type Rules = { clock: Clock; jobs: Pick<Jobs, 'plan'> }
type Content = Omit<z.output<typeof previewRule>, 'rule'>
/** All versions of a rule, oldest first, the latest that is not withdrawn, and the number of the next. */
type History = { versions: readonly StoredVersion[]; latest: StoredVersion; next: number; viewer: Viewer }

export function mountRules(door: BalancerDoor, rules: Rules): void {
  mountReading(door, rules)
  mountChecking(door, rules)
  mountWriting(door, rules)
  mountChanging(door, rules)
}

function mountReading(door: BalancerDoor, { clock }: Rules): void {
  door.list('/rules', 'rule.list', {}, async ({ caller }, read) => {
    return { rules: await listRules(read, await describeViewer(read, caller, clock)) }
  })
  door.list('/rules/:id/versions', 'rule.list', {}, async (asked, read) => {
    const versions = await getVersions(read, asked.params['id'] ?? '')
    const viewer = await describeViewer(read, asked.caller, clock)
    return { rules: versions.map((version) => describeVersion(version, versions, viewer)).toReversed() }
  })
}

/** POST /rules/check: what would keep a rule from being saved, before it is. */
function mountChecking(door: BalancerDoor, { clock }: Rules): void {
  door.view('/rules/check', 'rule.write', { body: previewRule }, async ({ caller, body }, tx) => {
    const viewer = await describeViewer(tx, caller, clock)
    const versions = await listVersions(tx)
    const own = versions.filter(({ ruleId }) => ruleId === body.rule)
    const latest = findLatest(own)
    const written = draftOf(body, latest && { ruleId: latest.ruleId, version: own.length + 1 })
    const needsApproval = judge(viewer, written, versions)
    const checked: RuleCheck = {
      ...(await describeContradictions(tx, written, versions, viewer.places)),
      needsApproval,
    }
    return { body: checked, seen: [] }
  })
}

function mountWriting(door: BalancerDoor, rules: Rules): void {
  door.write('post', '/rules', 'rule.write', { body: writeRule }, async ({ caller, body }, tx) => {
    await lockRules(tx)
    const viewer = await describeViewer(tx, caller, rules.clock)
    return written(201, 'write', await write(rules, tx, viewer, { ...draftOf(body), reason: body.reason }))
  })
  door.write('post', '/rules/:id/versions', 'rule.write', { body: changeRule }, async (asked, tx) => {
    const { latest, next, viewer } = await getAllowed(rules, tx, asked, 'change')
    const { body } = asked
    if (body.since !== latest.version) throw refuse('rule.changed_since')
    if (body.value.kind !== latest.value.kind)
      throw refuse('request.invalid', [{ path: 'value.kind', message: 'a rule keeps its kind' }])
    const version = { ...draftOf(body, { ruleId: latest.ruleId, version: next }), reason: body.reason }
    return written(201, 'change', await write(rules, tx, viewer, version))
  })
}

function mountChanging(door: BalancerDoor, rules: Rules): void {
  door.write('post', '/rules/:id/end', 'rule.write', { body: endRule }, async (asked, tx) => {
    const { latest, versions, next, viewer } = await getAllowed(rules, tx, asked, 'end')
    const { today } = viewer
    const ended = findInForce(versions, today) ?? latest
    const needsApproval = endsByTwo(versions, viewer)
    const end = { ...ended, version: next, ends: true, from: today, to: today, needsApproval, approved: false }
    await checkContradictions(tx, end, viewer.places)
    await insertVersion(tx, { ...end, reason: asked.body.reason }, asked.caller)
    return written(200, 'end', await describeLatest(rules, tx, viewer, latest.ruleId))
  })
  door.write('post', '/rules/:id/restore', 'rule.write', { body: restoreRule }, async (asked, tx) => {
    const { next, viewer, version: earlier } = await getAllowed(rules, tx, asked, 'restore', asked.body.version)
    // What was written once may be more than may be written now.
    parseShape(ruleValue, earlier.value)
    const from = laterOf(earlier.from, viewer.today)
    const content = { ...earlier, from, version: next, reason: asked.body.reason }
    return written(200, 'restore', await write(rules, tx, viewer, content))
  })
  door.write('post', '/rules/:id/withdraw', 'rule.write', { body: withdrawRule }, async (asked, tx) => {
    const { latest, viewer } = await getAllowed(rules, tx, asked, 'withdraw', asked.body.version)
    await insertWithdrawal(tx, latest, asked.body.reason, asked.caller)
    return written(200, 'withdraw', await describeLatest(rules, tx, viewer, latest.ruleId))
  })
  door.write('post', '/rules/:id/approve', 'rule.approve', { body: approveRule }, async (asked, tx) => {
    const { latest, viewer } = await getAllowed(rules, tx, asked, 'approve', asked.body.version)
    // What was written since may stand in the way now.
    await checkContradictions(tx, { ...latest, from: laterOf(latest.from, viewer.today) }, viewer.places)
    await insertApproval(tx, latest, asked.caller)
    return written(200, 'approve', await describeLatest(rules, tx, viewer, latest.ruleId))
  })
}

/** The answer, logged with what was done. */
function written(status: number, act: RuleAct | 'write', body: RuleVersion): Answer {
  return { status, body, seen: [{ kind: 'rule', id: body.id, reason: `${act} ${body.version}` }] }
}

/** Locks the rules and gets one that the caller may do this with now. @throws what stands in the way */
async function getAllowed(
  { clock }: Rules,
  tx: BalancerTx,
  { caller, params }: Pick<Asked, 'caller' | 'params'>,
  act: RuleAct,
  number?: number,
): Promise<History & { version: StoredVersion }> {
  await lockRules(tx)
  const versions = await getVersions(tx, params['id'] ?? '')
  const viewer = await describeViewer(tx, caller, clock)
  const latest = findLatest(versions) ?? versions[0]
  const version = number === undefined ? latest : versions.find((one) => one.version === number)
  if (!version) throw refuse('request.not_found')
  const refusal = findActRefusal(act, version, versions, viewer)
  if (refusal) throw refuse(refusal)
  return { versions, latest, next: versions.length + 1, version, viewer }
}

/** Writes a version that may stand beside the other rules, and says how it stands. @throws what stands in its way */
async function write(rules: Rules, tx: BalancerTx, viewer: Viewer, version: NewVersion): Promise<RuleVersion> {
  const versions = await listVersions(tx)
  const needsApproval = judge(viewer, version, versions)
  if (version.from < viewer.today) throw refuse('rule.starts_in_past')
  await checkContradictions(tx, { ...version, approved: false }, viewer.places)
  await insertVersion(tx, { ...version, needsApproval }, viewer.caller)
  return await describeLatest(rules, tx, viewer, version.ruleId)
}

/** @returns whether a second manager must approve what is written. @throws what the viewer may not write */
function judge(
  viewer: Viewer,
  written: Pick<Version, 'ruleId' | 'scope' | 'value' | 'lifts' | 'from'>,
  all: readonly StoredVersion[],
): boolean {
  const own = all.filter(({ ruleId }) => ruleId === written.ruleId)
  const lifted = all.filter(({ ruleId }) => written.lifts.includes(ruleId))
  const judged = judgeWriting([written, ...listDisplaced(own, written.from)], lifted, viewer)
  if ('refusal' in judged) throw refuse(judged.refusal)
  return judged.needsApproval
}

/** The latest version, just written or approved; one that counts is planned with at once. */
async function describeLatest({ jobs }: Rules, tx: BalancerTx, viewer: Viewer, ruleId: string): Promise<RuleVersion> {
  const versions = await getVersions(tx, ruleId)
  const latest = findLatest(versions) ?? versions[0]
  if (isEffective(latest)) await jobs.plan(tx, 'plan', {}, { priority: 1 })
  return describeVersion(latest, versions, viewer)
}

async function describeViewer(read: BalancerRead, caller: Caller, clock: Clock): Promise<Viewer> {
  return { caller, places: await listPlaces(read), today: helsinkiDate(clock.now()) }
}

/** What is asked for, as the next version of a rule or the first of a new one. */
function draftOf({ scope, value, lifts, from, to }: Content, next?: Pick<Version, 'ruleId' | 'version'>): Version {
  const content = { scope: readScope(scope), value, lifts, from, to }
  return {
    ...(next ?? { ruleId: newId(), version: 1 }),
    ...content,
    ends: false,
    needsApproval: false,
    approved: false,
  }
}
