import type { RecallReason } from '@tasain/contracts'
import { addWorkingDays, type Benefit, type IsoDate, type Language } from '@tasain/vocabulary'
import { type Hands, listWorkingDays, minutesOn } from '../../load/capacity.ts'
import type { QueueDays } from '../../rules/obey.ts'
import { closesWay } from '../../rules/obey.ts'
import type { Place, Version } from '../../rules/rule.ts'
import { plannedDays } from '../snapshot.ts'

/** A task the planner sent and nobody has started. */
export type SentTask = {
  id: string
  office: string
  home: string
  benefit: Benefit
  language: Language
  restricted: boolean
  dueOn: IsoDate
  sentOn: IsoDate
  minutes: number
}
export type Kind = Pick<SentTask, 'office' | 'benefit' | 'language' | 'restricted'>

/** Working days a receiver has at least, however late the work was when it was sent. */
const graceWorkingDays = 5

/** The last day on which sent work may be started where it lies: its due date, or the end of a grace when that is later. */
export function findStartDate({ dueOn, sentOn }: Pick<SentTask, 'dueOn' | 'sentOn'>): IsoDate {
  const grace = addWorkingDays(sentOn, graceWorkingDays)
  return grace > dueOn ? grace : dueOn
}

/** Whether an office has anybody able and allowed to do such work on one of the days known. */
export function makeHandsCheck(hands: readonly Hands[], today: IsoDate): (kind: Kind) => boolean {
  const days = listWorkingDays(today, plannedDays)
  const present = Map.groupBy(
    hands.filter((hand) => days.some((day) => minutesOn(hand, day) > 0)),
    ({ officeId }) => officeId,
  )
  return ({ office, benefit, language, restricted }) =>
    (present.get(office) ?? []).some(
      (hand) => hand.benefits.includes(benefit) && hand.languages.includes(language) && (hand.cleared || !restricted),
    )
}

export type Surroundings = {
  today: IsoDate
  places: ReadonlyMap<string, Place>
  hasHands: (kind: Kind) => boolean
  inForce: readonly Version[]
  days: QueueDays
}

/**
 * Why sent work is called back home, or undefined when it stays: its receiver is closed to it, or it was not started by
 * its date and the queue at home is the shorter one by now. Never to a home that cannot do it, nor past a blackout.
 */
export function findRecall(task: SentTask, around: Surroundings): RecallReason | undefined {
  const { today, places, hasHands, inForce, days } = around
  const [from, home] = [places.get(task.office), places.get(task.home)]
  if (!from || !home || from === home || !hasHands({ ...task, office: task.home })) return undefined
  const blackouts = inForce.filter(({ value }) => value.kind === 'blackout')
  if (blackouts.some((version) => closesWay(version, from, home, inForce))) return undefined
  if (!hasHands(task)) return 'receiver_closed'
  const daysAt = (office: string) => days.get(office) ?? Number.POSITIVE_INFINITY
  return findStartDate(task) < today && daysAt(task.home) < daysAt(task.office) ? 'not_started' : undefined
}

/**
 * Which of these tasks go home, in their order: each that goes lengthens the queue at home and shortens the one it leaves, so
 * that no more go than make the two alike. `capacity`: minutes a working day, by office.
 */
export function chooseRecalls<T extends SentTask>(
  tasks: readonly T[],
  around: Surroundings,
  capacity: ReadonlyMap<string, number>,
): { task: T; why: RecallReason }[] {
  const days = new Map(around.days)
  const shift = (office: string, minutes: number) => {
    const hands = capacity.get(office) ?? 0
    const before = days.get(office)
    if (hands > 0 && typeof before === 'number') days.set(office, before + minutes / hands)
  }
  return tasks.flatMap((task) => {
    const why = findRecall(task, { ...around, days })
    if (why === undefined) return []
    shift(task.home, task.minutes)
    shift(task.office, -task.minutes)
    return [{ task, why }]
  })
}
