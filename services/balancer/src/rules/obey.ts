import type { Benefit } from '@tasain/vocabulary'
import { holdsAt, nameVersion, type Place, type Version } from './rule.ts'

export type Sending = { from: Place; to: Place; benefit: Benefit }
/** Queue days of each office before the plan; null = endless. */
export type QueueDays = ReadonlyMap<string, number | null>

/**
 * The first rule in force that forbids a sending, by name, or undefined when none does. Written apart from the planner, so
 * that a fault there does not become a move.
 */
export function findObjection(sending: Sending, inForce: readonly Version[], days: QueueDays): string | undefined {
  const forbidding = inForce.find((version) => forbids(version, sending, days))
  return forbidding && nameVersion(forbidding)
}

function forbids({ scope, value }: Version, { from, to, benefit }: Sending, days: QueueDays): boolean {
  const atGiver = holdsAt(scope, from)
  const atTaker = holdsAt(scope, to)
  switch (value.kind) {
    case 'export':
      return atGiver && !value.allow
    case 'import':
      return atTaker && !value.allow
    case 'accept':
      return atTaker && !value.benefits.includes(benefit)
    case 'reach':
      return (atGiver || atTaker) && value.within !== 'nation' && from[value.within] !== to[value.within]
    case 'threshold': {
      const giverDays = days.get(from.id) ?? Number.POSITIVE_INFINITY
      const takerDays = days.get(to.id) ?? Number.POSITIVE_INFINITY
      return (atGiver && giverDays <= value.exportAboveDays) || (atTaker && takerDays >= value.importBelowDays)
    }
  }
}
