import type { IndexEntry } from './intake.work.ts'

export type Difference = {
  compared: number
  /** Handed over by intake and not, or not in that version, received here. */
  missing: IndexEntry[]
  /** Received here although intake knows nothing of it. */
  unknown: string[]
}

/** Compares what intake has handed over with what was received, application by application. */
export function compareHouses(handedOver: readonly IndexEntry[], received: ReadonlyMap<string, number>): Difference {
  const known = new Set(handedOver.map(({ applicationId }) => applicationId))
  return {
    compared: handedOver.length,
    missing: handedOver.filter(({ applicationId, version }) => (received.get(applicationId) ?? 0) < version),
    unknown: [...received.keys()].filter((applicationId) => !known.has(applicationId)),
  }
}
