import type { ListedRule } from '@tasain/contracts'
import type { BalancerRead } from '../schema.ts'
import type { Viewer } from './authority.ts'
import { describeIdle } from './contradictions.store.ts'
import { findInForce, findLatest, stateOf } from './rule.ts'
import { describeVersion, listVersions, type StoredVersion } from './rules.store.ts'

/** Every rule as the viewer sees it: what binds today, beside it what waits to take its place; last written first. */
export async function listRules(read: BalancerRead, viewer: Viewer): Promise<ListedRule[]> {
  const all = [...Map.groupBy(await listVersions(read), ({ ruleId }) => ruleId).values()]
  const inForce = all.flatMap((versions) => findInForce(versions, viewer.today) ?? [])
  const idle = await describeIdle(read, inForce, viewer.places)
  const listed = all.flatMap((versions) => {
    const shown = findShown(versions, viewer)
    if (!shown) return []
    const ahead = versions.filter((version) => version !== shown && isAhead(version, versions, viewer)).toReversed()
    return {
      ...describeVersion(shown, versions, viewer),
      ahead: ahead.map((version) => describeVersion(version, versions, viewer)),
      warnings: idle.get(shown) ?? [],
    }
  })
  return listed.toSorted((one, other) => (findLastWritten(one) < findLastWritten(other) ? 1 : -1))
}

function findShown(versions: readonly StoredVersion[], { today }: Viewer): StoredVersion | undefined {
  const coming = versions.findLast((version) => stateOf(version, versions, today) === 'coming')
  return findInForce(versions, today) ?? coming ?? findLatest(versions)
}

function isAhead(version: StoredVersion, versions: readonly StoredVersion[], { today }: Viewer): boolean {
  return ['draft', 'coming'].includes(stateOf(version, versions, today))
}

function findLastWritten({ ahead, writtenAt }: ListedRule): string {
  return ahead[0]?.writtenAt ?? writtenAt
}
