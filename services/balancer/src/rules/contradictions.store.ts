import { refuse } from '@tasain/kit'
import type { Benefit } from '@tasain/vocabulary'
import { listOffices } from '../offices/offices.store.ts'
import type { BalancerRead } from '../schema.ts'
import { joinTexts, sayContradiction, sayOrphans, type Text } from './contradiction-words.ts'
import { listContradictions, listOrphans } from './contradictions.ts'
import { listIdle, listIdleDays } from './idle.ts'
import { listBrokenByEnd } from './orders.ts'
import type { Place, Version } from './rule.ts'
import { listVersions } from './rules.store.ts'
import { findOverlap } from './stretches.ts'

const namedAtOnce = 3

/** What a version written or approved contradicts. @throws rule.contradicts, with a sentence for each of the first */
export async function checkContradictions(
  read: BalancerRead,
  written: Version,
  places: readonly Place[],
): Promise<void> {
  const versions = await listVersions(read)
  const list = written.ends ? listBrokenByEnd : listContradictions
  const found = list(written, versions, places)
  if (found.length === 0) return
  const offices = await listOffices(read)
  const sentences = found.slice(0, namedAtOnce).map((one) => sayContradiction(one, offices))
  throw refuse('rule.contradicts', undefined, joinTexts(sentences))
}

/** What would keep the rule from being saved, and what would be worth a thought before it is. */
export async function describeContradictions(
  read: BalancerRead,
  written: Version,
  versions: readonly Version[],
  places: readonly Place[],
): Promise<{ faults: Text[]; warnings: Text[] }> {
  const offices = await listOffices(read)
  const orphans = listOrphans(written, versions, places, await listSkills(read))
  return {
    faults: listContradictions(written, versions, places).map((one) => sayContradiction(one, offices)),
    warnings: [
      ...listIdleDays(written, versions, places).map((one) => sayContradiction(one, offices)),
      ...(orphans.length === 0 ? [] : [sayOrphans(orphans)]),
    ],
  }
}

/** By rule in force: why it does nothing. Those that do something are not there. */
export async function describeIdle<V extends Version>(
  read: BalancerRead,
  inForce: readonly V[],
  places: readonly Place[],
): Promise<Map<V, Text[]>> {
  const idle = inForce.map((rule) => [rule, listIdle(rule, inForce, places)] as const)
  const found = idle.filter(([, list]) => list.length > 0)
  if (found.length === 0) return new Map()
  const offices = await listOffices(read)
  return new Map(
    found.map(([rule, list]) => [
      rule,
      list.map((one) => sayContradiction({ ...one, ...(findOverlap(rule, one.other) ?? rule) }, offices)),
    ]),
  )
}

/** By office: what somebody there is able to do. */
async function listSkills(read: BalancerRead): Promise<Map<string, Set<Benefit>>> {
  const rows = await read
    .selectFrom('handler')
    .innerJoin('handler_skill', 'handler_skill.handler_id', 'handler.id')
    .select(['handler.office_id', 'handler_skill.benefit'])
    .distinct()
    .execute()
  const skills = new Map<string, Set<Benefit>>()
  for (const { office_id: office, benefit } of rows)
    skills.set(office, (skills.get(office) ?? new Set<Benefit>()).add(benefit))
  return skills
}
