import { addDays, type Benefit, type IsoDate } from '@tasain/vocabulary'
import { bindsWay, closesWay } from './obey.ts'
import { countsAt, holdsAt, isIn, laterOf, listSpans, type Place, type Version } from './rule.ts'

/** The days on which something is so; `to` null = until further notice. */
export type Days = { from: IsoDate; to: IsoDate | null }
type Code = 'same' | 'orderBlocked' | 'blocksOrder' | 'endsOverlap' | 'circle' | 'liftsNothing'
/** Why a rule cannot stand beside the others: `other` is the one in the way, where there is one. */
export type Contradiction = Days & { code: Code; other: Version | undefined }

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
    ...listBrokenOrders(written, world, places),
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

/** The other rules as they hold on any of the days the written one is for. */
function listWorld(written: Version, versions: readonly Version[]): Version[] {
  const others = versions.filter(({ ruleId }) => ruleId !== written.ruleId)
  const spans = [...Map.groupBy(others, ({ ruleId }) => ruleId).values()].flatMap(listSpans)
  return spans.filter((span) => findOverlap(span, written) !== undefined)
}

function findOverlap(one: Days, other: Days): Days | undefined {
  const from = laterOf(one.from, other.from)
  const ends = [one.to, other.to].filter((to) => to !== null).toSorted()
  const to = ends[0] ?? null
  return to === null || from <= to ? { from, to } : undefined
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

/** Orders that could not be carried out on some day: the written one, or others because of it. */
function listBrokenOrders(written: Version, world: readonly Version[], places: readonly Place[]): Contradiction[] {
  const found = listStretches(written, world).flatMap(({ from, to, others }): Contradiction[] => {
    const inForce = [...others, written]
    const own = findObstacle(written, inForce, places)
    if (own) return [{ code: 'orderBlocked', other: own, from, to }]
    return others
      .filter((order) => findObstacle(order, inForce, places) && !findObstacle(order, others, places))
      .map((other) => ({ code: 'blocksOrder', other, from, to }))
  })
  return joinStretches(found)
}

/** A rule that keeps all ordered work from moving, or undefined when some way stands open or nothing is ordered. */
function findObstacle(order: Version, inForce: readonly Version[], places: readonly Place[]): Version | undefined {
  const { value } = order
  if (value.kind !== 'quota' || value.minMinutes === 0) return undefined
  const givers = places.filter((place) => isIn(place, value.giver))
  const takers = places.filter((place) => isIn(place, value.receiver))
  let obstacle: Version | undefined
  for (const from of givers)
    for (const to of takers) {
      if (from.id === to.id || !bindsWay(order, from, to, inForce)) continue
      obstacle = inForce.find(
        (other) =>
          closesWay(other, from, to, inForce) ||
          (other.value.kind === 'quota' &&
            other.value.minutesPerMonth < value.minMinutes &&
            bindsWay(other, from, to, inForce) &&
            isWithin(givers, other.value.giver) &&
            isWithin(takers, other.value.receiver)),
      )
      if (!obstacle) return undefined
    }
  return obstacle
}

function isWithin(places: readonly Place[], placeId: string): boolean {
  return places.every((place) => isIn(place, placeId))
}

type Stretch = Days & { others: Version[] }

/** The written rule's days cut where any other rule begins or ends, each stretch with the others in force on it. */
function listStretches(written: Days, world: readonly Version[]): Stretch[] {
  const turns = world.flatMap(({ from, to }) => [from, ...(to === null ? [] : [addDays(to, 1)])])
  const inside = turns.filter((day) => day > written.from && (written.to === null || day <= written.to))
  const starts = [...new Set([written.from, ...inside])].toSorted()
  return starts.map((from, index) => {
    const next = starts[index + 1]
    const others = world.filter((other) => other.from <= from && (other.to === null || other.to >= from))
    return { from, to: next === undefined ? written.to : addDays(next, -1), others }
  })
}

/** Stretches that follow one another with the same rule in the way are one. */
function joinStretches(found: readonly Contradiction[]): Contradiction[] {
  const joined: Contradiction[] = []
  for (const one of found) {
    const before = joined.find(
      ({ code, other, to }) => code === one.code && other === one.other && to !== null && addDays(to, 1) === one.from,
    )
    if (before) before.to = one.to
    else joined.push({ ...one })
  }
  return joined
}
