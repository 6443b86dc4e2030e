import type { Caller, RuleVersion } from '@tasain/contracts'
import { refuse, shareLock, waitForLock } from '@tasain/kit'
import type { IsoDate } from '@tasain/vocabulary'
import type { BalancerRead, BalancerTx } from '../schema.ts'
import { endsByTwo, listAllowed, type Viewer } from './authority.ts'
import { findInForce, isEffective, stateOf, type Version, writeScope } from './rule.ts'

export type StoredVersion = Version & {
  reason: string
  authorSubject: string
  authorName: string
  writtenAt: Date
  approvedBy: string | null
  approvedAt: Date | null
  withdrawnBy: string | null
  withdrawnAt: Date | null
  withdrawnWhy: string | null
}

/** Puts writers of rules in a row, since what one writes may contradict what another is writing. */
export async function lockRules(tx: BalancerTx): Promise<void> {
  await waitForLock(tx, 'rules')
}

/** Keeps rules as they are until the transaction ends, beside others who do the same. */
export async function shareRules(tx: BalancerTx): Promise<void> {
  await shareLock(tx, 'rules')
}

/** All versions of all rules, or of one, oldest first. */
export async function listVersions(read: BalancerRead, ruleId?: string): Promise<StoredVersion[]> {
  let query = read
    .selectFrom('rule_version as v')
    .leftJoin('rule_approval as a', (join) =>
      join.onRef('a.rule_id', '=', 'v.rule_id').onRef('a.version', '=', 'v.version'),
    )
    .leftJoin('rule_withdrawal as w', (join) =>
      join.onRef('w.rule_id', '=', 'v.rule_id').onRef('w.version', '=', 'v.version'),
    )
    .selectAll('v')
    .select([
      'a.name as approved_by',
      'a.approved_at',
      'w.name as withdrawn_by',
      'w.withdrawn_at',
      'w.reason as withdrawn_why',
    ])
    .orderBy('v.rule_id')
    .orderBy('v.version')
  if (ruleId !== undefined) query = query.where('v.rule_id', '=', ruleId)
  const rows = await query.execute()
  return rows.map((row) => ({
    ruleId: row.rule_id,
    version: row.version,
    scope: { kind: row.scope_kind, id: row.scope_id },
    value: row.value,
    lifts: row.lifts,
    from: row.from_on,
    to: row.to_on,
    ends: row.ends,
    needsApproval: row.needs_approval,
    approved: row.approved_at !== null,
    reason: row.reason,
    authorSubject: row.author_subject,
    authorName: row.author_name,
    writtenAt: row.written_at,
    approvedBy: row.approved_by,
    approvedAt: row.approved_at,
    withdrawnBy: row.withdrawn_by,
    withdrawnAt: row.withdrawn_at,
    withdrawnWhy: row.withdrawn_why,
  }))
}

/** The versions of one rule, oldest first. @throws request.not_found when there is no such rule. */
export async function getVersions(read: BalancerRead, ruleId: string): Promise<[StoredVersion, ...StoredVersion[]]> {
  const [first, ...others] = await listVersions(read, ruleId)
  if (!first) throw refuse('request.not_found')
  return [first, ...others]
}

/** The version in force of each rule that has one on this day. */
export async function listInForce(read: BalancerRead, day: IsoDate): Promise<StoredVersion[]> {
  const rules = Map.groupBy(await listVersions(read), ({ ruleId }) => ruleId)
  return [...rules.values()].flatMap((versions) => findInForce(versions, day) ?? [])
}

export type NewVersion = Omit<Version, 'approved'> & { reason: string }

export async function insertVersion(tx: BalancerTx, version: NewVersion, author: Caller): Promise<void> {
  if (version.version === 1) await tx.insertInto('rule').values({ id: version.ruleId }).execute()
  await tx
    .insertInto('rule_version')
    .values({
      rule_id: version.ruleId,
      version: version.version,
      kind: version.value.kind,
      scope_kind: version.scope.kind,
      scope_id: version.scope.id,
      value: JSON.stringify(version.value),
      lifts: [...version.lifts],
      from_on: version.from,
      to_on: version.to,
      ends: version.ends,
      needs_approval: version.needsApproval,
      reason: version.reason,
      author_subject: author.subject,
      author_name: author.name,
    })
    .execute()
}

export async function insertApproval(
  tx: BalancerTx,
  { ruleId, version }: Pick<Version, 'ruleId' | 'version'>,
  approver: Caller,
): Promise<void> {
  await tx
    .insertInto('rule_approval')
    .values({ rule_id: ruleId, version, subject: approver.subject, name: approver.name })
    .execute()
}

export async function insertWithdrawal(
  tx: BalancerTx,
  { ruleId, version }: Pick<Version, 'ruleId' | 'version'>,
  reason: string,
  { subject, name }: Caller,
): Promise<void> {
  await tx.insertInto('rule_withdrawal').values({ rule_id: ruleId, version, reason, subject, name }).execute()
}

/** A version as the viewer sees it; one that ends the rule shows the days of what it ended. */
export function describeVersion(
  version: StoredVersion,
  versions: readonly StoredVersion[],
  viewer: Viewer,
): RuleVersion {
  const ended = version.ends && versions.findLast((other) => other.version < version.version && isEffective(other))
  const from = ended && ended.from < version.from ? ended.from : version.from
  const state = stateOf(version, versions, viewer.today)
  return {
    id: version.ruleId,
    version: version.version,
    state,
    scope: writeScope(version.scope),
    value: version.value,
    lifts: [...version.lifts],
    from,
    to: version.to,
    reason: version.reason,
    author: version.authorName,
    writtenAt: version.writtenAt.toISOString(),
    approvedBy: version.approvedBy,
    approvedAt: version.approvedAt?.toISOString() ?? null,
    needsApproval: state === 'draft',
    endedBy: version.ends ? version.authorName : null,
    withdrawn:
      version.withdrawnBy !== null && version.withdrawnAt !== null
        ? { by: version.withdrawnBy, at: version.withdrawnAt.toISOString(), reason: version.withdrawnWhy ?? '' }
        : null,
    endNeedsApproval: endsByTwo(versions, viewer),
    allows: listAllowed(version, versions, viewer),
  }
}
