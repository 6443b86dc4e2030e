import { bindsWay, closesWay } from './obey.ts'
import { isIn, type Place, type Version } from './rule.ts'
import { type Contradiction, joinStretches, listOwn, listStretches, listWorld } from './stretches.ts'

/** The orders that could not be carried out any more once a rule ends, as an exception may have opened their way. */
export function listBrokenByEnd(
  ended: Version,
  versions: readonly Version[],
  places: readonly Place[],
): Contradiction[] {
  const days = { ...ended, to: null }
  const own = listOwn(days, versions)
  const found = listStretches(days, [...listWorld(days, versions), ...own]).flatMap(({ from, to, others }) => {
    const left = others.filter((other) => !own.includes(other))
    return listNewlyBroken(left, others, places).map((other) => ({ code: 'endBlocksOrder' as const, other, from, to }))
  })
  return joinStretches(found)
}

/** Orders that could not be carried out on some day: the written one, or others because of it. */
export function listBrokenOrders(
  written: Version,
  world: readonly Version[],
  own: readonly Version[],
  places: readonly Place[],
): Contradiction[] {
  const found = listStretches(written, [...world, ...own]).flatMap(({ from, to, others }): Contradiction[] => {
    const after = [...others.filter((other) => !own.includes(other)), written]
    const obstacle = findObstacle(written, after, places)
    if (obstacle) return [{ code: 'orderBlocked', other: obstacle, from, to }]
    return listNewlyBroken(after, others, places).map((other) => ({ code: 'blocksOrder', other, from, to }))
  })
  return joinStretches(found)
}

/** The orders that could be carried out under the rules as they were, and could not as they will be. */
function listNewlyBroken(after: readonly Version[], before: readonly Version[], places: readonly Place[]): Version[] {
  return after.filter(
    (order) => before.includes(order) && findObstacle(order, after, places) && !findObstacle(order, before, places),
  )
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
