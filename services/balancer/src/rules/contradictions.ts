import type { Benefit } from '@tasain/vocabulary'
import { listBrokenOrders } from './orders.ts'
import { countsAt, holdsAt, isIn, type Place, type Version } from './rule.ts'
import { type Contradiction, findOverlap, listOwn, listStretches, listWorld } from './stretches.ts'

/**
 * What a rule would contradict on the days it is written for, as far as the rules themselves say; queues and hands are
 * another matter. `versions` are those of all rules; drafts count once they are approved.
 */
export function listContradictions(
  written: Version,
  versions: readonly Version[],
  places: readonly Place[],
): Contradiction[] {
  const world = listWorld(written, versions)
  return [
    ...listSame(written, world),
    ...listOverlaps(written, places),
    ...listCircles(written, world),
    ...listIdleLifts(written, versions, world, places),
    ...listBrokenOrders(written, world, listOwn(written, versions), places),
  ]
}

/** The benefits that no office could take in from elsewhere any more because of this rule. */
export function listOrphans(
  written: Version,
  versions: readonly Version[],
  places: readonly Place[],
  skills: ReadonlyMap<string, ReadonlySet<Benefit>>,
): Benefit[] {
  const world = listWorld(written, versions)
  const isTaken = (benefit: Benefit, inForce: readonly Version[]) =>
    places.some((place) => skills.get(place.id)?.has(benefit) && takesIn(place, benefit, inForce))
  const known = [...new Set([...skills.values()].flatMap((set) => [...set]))]
  const orphans = listStretches(written, world).flatMap(({ others }) =>
    known.filter((benefit) => isTaken(benefit, others) && !isTaken(benefit, [...others, written])),
  )
  return [...new Set(orphans)].toSorted()
}

function takesIn(place: Place, benefit: Benefit, inForce: readonly Version[]): boolean {
  const isAgainst = ({ value }: Version) =>
    value.kind === 'blackout' ||
    (value.kind === 'import' && !value.allow) ||
    (value.kind === 'shareIn' && value.max === 0) ||
    (value.kind === 'accept' && !value.benefits.includes(benefit))
  return !inForce.some((version) => isAgainst(version) && countsAt(version, place, inForce))
}

function listSame(written: Version, world: readonly Version[]): Contradiction[] {
  const same = world.filter(
    (other) =>
      isSameMatter(written, other) && !written.lifts.includes(other.ruleId) && !other.lifts.includes(written.ruleId),
  )
  return same.map((other) => ({ code: 'same', other, ...(findOverlap(written, other) ?? written) }))
}

function isSameMatter({ scope, value }: Version, { scope: otherScope, value: other }: Version): boolean {
  if (value.kind === 'quota') {
    return other.kind === 'quota' && value.giver === other.giver && value.receiver === other.receiver
  }
  if (value.kind === 'weight' && (other.kind !== 'weight' || value.benefit !== other.benefit)) return false
  return value.kind === other.kind && scope.kind === otherScope.kind && scope.id === otherScope.id
}

/** Ordered work between places that share an office would be counted where nothing moves. */
function listOverlaps(written: Version, places: readonly Place[]): Contradiction[] {
  const { value, from, to } = written
  if (value.kind !== 'quota' || value.minMinutes === 0) return []
  const isShared = places.some((place) => isIn(place, value.giver) && isIn(place, value.receiver))
  return isShared ? [{ code: 'endsOverlap', other: undefined, from, to }] : []
}

function listCircles(written: Version, world: readonly Version[]): Contradiction[] {
  const leadsBack = (ids: readonly string[], seen: ReadonlySet<string>): boolean =>
    ids.some((id) => {
      if (id === written.ruleId) return true
      if (seen.has(id)) return false
      return world.some(({ ruleId, lifts }) => ruleId === id && leadsBack(lifts, new Set([...seen, id])))
    })
  return written.lifts
    .filter((id) => leadsBack([id], new Set()))
    .map((id) => ({
      code: 'circle',
      other: world.find(({ ruleId }) => ruleId === id),
      from: written.from,
      to: written.to,
    }))
}

/** Rules that are to be set aside where, or when, they do not hold anyway. */
function listIdleLifts(
  written: Version,
  versions: readonly Version[],
  world: readonly Version[],
  places: readonly Place[],
): Contradiction[] {
  const holds = ({ scope, value }: Version, place: Place) =>
    value.kind === 'quota' ? isIn(place, value.giver) || isIn(place, value.receiver) : holdsAt(scope, place)
  const isIdle = (id: string) =>
    id !== written.ruleId &&
    !world.some(
      (other) => other.ruleId === id && places.some((place) => holdsAt(written.scope, place) && holds(other, place)),
    )
  return written.lifts.filter(isIdle).map((id) => ({
    code: 'liftsNothing',
    other: versions.findLast(({ ruleId }) => ruleId === id),
    from: written.from,
    to: written.to,
  }))
}
