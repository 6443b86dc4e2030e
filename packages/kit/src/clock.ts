/** The time for people and logs. Leases and other fences use the database's clock, so that a jump here moves none. */
export type Clock = { now: () => Date }

export const systemClock: Clock = { now: () => new Date() }
