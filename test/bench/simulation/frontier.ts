import type { Figures } from '@tasain/simulation'

/** What a policy comes to, from dear moves to cheap ones: runs that another beats on moves and mean wait are left out. */
export type Frontier = readonly Figures[]

export function drawFrontier(runs: readonly Figures[]): Frontier {
  const order = [...runs].sort((a, b) => a.moved - b.moved || a.meanWait - b.meanWait)
  return order.filter((run, i) => order.slice(0, i).every((before) => before.meanWait > run.meanWait))
}

/** A figure at a share moved, on the straight line between the two runs beside it; beyond the last run that one's, before the first undefined. */
export function findAt(frontier: Frontier, moved: number, key: keyof Figures): number | undefined {
  const above = frontier.findIndex((run) => run.moved >= moved)
  if (above < 0) return frontier.at(-1)?.[key]
  const [a, b] = [frontier[above - 1], frontier[above]]
  if (a === undefined || b === undefined) return undefined
  const share = (moved - a.moved) / (b.moved - a.moved)
  return a[key] + share * (b[key] - a[key])
}

/** The lowest share past due with at most so much moved, and what was moved for it. */
export function findLeastPastDue(frontier: Frontier, most: number): { pastDue: number; moved: number } | undefined {
  const at = findAt(frontier, most, 'pastDue')
  const points = frontier.filter((run) => run.moved <= most).map(({ pastDue, moved }) => ({ pastDue, moved }))
  if (at !== undefined) points.push({ pastDue: at, moved: Math.min(most, frontier.at(-1)?.moved ?? most) })
  return points.sort((a, b) => a.pastDue - b.pastDue || a.moved - b.moved)[0]
}
