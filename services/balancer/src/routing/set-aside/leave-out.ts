import { holdsAt, isIn, type Place, type Version } from '../../rules/rule.ts'
import type { PlanInput } from '../snapshot.ts'
import { isSoundKey } from './set-aside.ts'

/** The input without what no plan can reckon with. Rules of places that are not there bind nobody. */
export function leaveOut(input: PlanInput): PlanInput {
  const { places, hands, work, arrivals, rules, midnight, setAside } = input
  const ids = new Set(places.map(({ id }) => id))
  const numbers = new Set(places.map(({ number }) => number))
  const isSound = ({ queueKey }: { queueKey: number }) => isSoundKey(queueKey, numbers)
  const less = setAside.map(({ queueKey, dueOn, minutes, movable }) => ({
    queueKey,
    dueOn,
    tasks: -1,
    minutes: -minutes,
    movableTasks: movable ? -1 : 0,
    movableMinutes: movable ? -minutes : 0,
  }))
  return {
    ...input,
    hands: hands.filter(({ officeId }) => ids.has(officeId)),
    work: [...work, ...less].filter(isSound),
    arrivals: arrivals.filter(isSound),
    rules: rules.filter((rule) => isBound(rule, places)),
    midnight: new Map([...midnight].map(([id, minutes]) => [id, Math.max(0, minutes)])),
  }
}

function isBound({ scope, value }: Version, places: readonly Place[]): boolean {
  const isThere = (end: string) => places.some((place) => isIn(place, end))
  if (value.kind === 'quota') return isThere(value.giver) && isThere(value.receiver)
  return places.some((place) => holdsAt(scope, place))
}
