import type { Benefit } from '@tasain/vocabulary'
import { countsAt, isIn, nameVersion, type Place, type Version } from './rule.ts'

export type Sending = { from: Place; to: Place; benefit: Benefit }
/** Queue days of each office before the plan; null = endless. */
export type QueueDays = ReadonlyMap<string, number | null>

/**
 * The first rule in force that forbids a sending, by name, or undefined when none does. Written apart from the planner, so
 * that a fault there does not become a move. Shares and quotas that are not zero bind no single sending
 * but what was sent before: `makeSpender` keeps them when a plan is made to moves.
 */
export function findObjection(sending: Sending, inForce: readonly Version[], days: QueueDays): string | undefined {
  const forbidding = inForce.find((version) => forbids(version, sending, inForce, days))
  return forbidding && nameVersion(forbidding)
}

/** Whether nothing may leave an office, or nothing come in, whatever it is. */
export function isClosed(way: 'export' | 'import', place: Place, inForce: readonly Version[]): boolean {
  const closing = inForce.filter(({ value }) => value.kind === 'blackout' || (value.kind === way && !value.allow))
  return closing.some((version) => countsAt(version, place, inForce))
}

function forbids(version: Version, { from, to, benefit }: Sending, inForce: readonly Version[], days: QueueDays) {
  const { value } = version
  if (value.kind === 'accept') return countsAt(version, to, inForce) && !value.benefits.includes(benefit)
  if (value.kind !== 'threshold') return closesWay(version, from, to, inForce)
  const giverDays = days.get(from.id) ?? Number.POSITIVE_INFINITY
  const takerDays = days.get(to.id) ?? Number.POSITIVE_INFINITY
  return (
    (giverDays <= value.exportAboveDays && countsAt(version, from, inForce)) ||
    (takerDays >= value.importBelowDays && countsAt(version, to, inForce))
  )
}

/** Whether a rule in force lets nothing go from one office to another, whatever it is and however long the queues are. */
export function closesWay(version: Version, from: Place, to: Place, inForce: readonly Version[]): boolean {
  const { value } = version
  const atGiver = () => countsAt(version, from, inForce)
  const atTaker = () => countsAt(version, to, inForce)
  switch (value.kind) {
    case 'export':
      return !value.allow && atGiver()
    case 'import':
      return !value.allow && atTaker()
    case 'blackout':
      return atGiver() || atTaker()
    case 'reach':
      return value.within !== 'nation' && from[value.within] !== to[value.within] && (atGiver() || atTaker())
    case 'accept':
      return value.benefits.length === 0 && atTaker()
    case 'shareOut':
      return value.max === 0 && atGiver()
    case 'shareIn':
      return value.max === 0 && atTaker()
    case 'quota':
      return value.minutesPerMonth === 0 && bindsWay(version, from, to, inForce)
    case 'threshold':
    case 'weight':
      return false
  }
}

/** Whether a quota counts what goes from one office to another; one that is set aside at either end does not. */
export function bindsWay(version: Version, from: Place, to: Place, inForce: readonly Version[]): boolean {
  const { value } = version
  if (value.kind !== 'quota' || !isIn(from, value.giver) || !isIn(to, value.receiver)) return false
  return countsAt(version, from, inForce) && countsAt(version, to, inForce)
}
