import type { PlanRule, PlanSnapshot } from '@tasain/contracts'
import { isPastDue } from './judge/figures.ts'
import { runJudge } from './judge/judge.ts'
import type { State } from './judge/state.ts'
import { makePlanPolicy } from './planner.ts'
import { buildComing, type PreviewArrivals } from './world/snapshot.ts'
import type { World } from './world/world.ts'

export type PreviewRequest = {
  /** The nation now, with the rules in force. */
  snapshot: PlanSnapshot
  arrivals: readonly PreviewArrivals[]
  /** The whole rule set as it would be. */
  rulesAfter: readonly PlanRule[]
  /** What those rules' limits have spent; without it, what the snapshot says. */
  usedAfter?: PlanSnapshot['used']
  weeks: number
  seed: number
}

/**
 * What the weeks would bring. `queueDays`: open minutes ÷ minutes of the next working day at the end of each week, one
 * decimal, null = endless. `pastDue`: share (0 to 1) of the office's own tasks, open or come in, that were past their due
 * date when decided or still open past it at the end. `movedIn`, `movedOut`, `moved`, `tasks`: tasks.
 */
export type Outlook = {
  offices: { office: string; queueDays: (number | null)[]; movedIn: number; movedOut: number; pastDue: number }[]
  nation: { queueDays: (number | null)[]; moved: number; pastDue: number; tasks: number }
}

/** Set-up minutes that a task sent costs besides. */
const SET_UP = 5

/**
 * Simulates the coming weeks twice, under the rules in force and under `rulesAfter`, with the same arrivals and a plan each
 * working day. Takes two plans a working day: call it off the event loop. @throws SnapshotError when the snapshot is none.
 */
export function previewRules({ snapshot, arrivals, rulesAfter, usedAfter, weeks, seed }: PreviewRequest): {
  before: Outlook
  after: Outlook
} {
  const look = (rules: readonly PlanRule[], used = snapshot.used) => {
    const world = buildComing({ snapshot: { ...snapshot, used }, arrivals, rules, weeks, seed })
    const ends: (number | null)[][] = []
    let end: State | undefined
    runJudge(world, {
      policy: makePlanPolicy(),
      setUpMinutes: SET_UP,
      onWeek: (_, state) => {
        ends.push(listQueueDays(world, state))
        end = state
      },
    })
    return writeOutlook(world, end, ends)
  }
  return { before: look(snapshot.rules), after: look(rulesAfter, usedAfter) }
}

/** By office, the nation last. */
function listQueueDays(world: World, state: State): (number | null)[] {
  const nation = world.offices.length
  const open = new Float64Array(nation + 1)
  const rate = new Float64Array(nation + 1)
  const add = (sums: Float64Array, office: number, minutes: number): void => {
    for (const at of [office, nation]) sums[at] = (sums[at] ?? 0) + minutes
  }
  for (const task of state.open) add(open, state.office[task] ?? 0, state.left[task] ?? 0)
  for (const pool of world.pools) add(rate, pool.office, pool.minutes[state.day + 1] ?? 0)
  return [...open].map((minutes, at) => {
    const hands = rate[at] ?? 0
    if (hands === 0) return minutes > 0 ? null : 0
    return Math.round((minutes / hands) * 10) / 10
  })
}

function writeOutlook(world: World, state: State | undefined, ends: readonly (number | null)[][]): Outlook {
  const sums = world.offices.map(() => ({ movedIn: 0, movedOut: 0, late: 0, tasks: 0 }))
  for (let task = 0; state !== undefined && task < state.arrived; task += 1) {
    const home = sums[world.tasks.home[task] ?? 0]
    if (home === undefined) continue
    home.tasks += 1
    home.late += Number(isPastDue(state, task, world.calendar.length - 1))
    const to = sums[state.sentTo[task] ?? -1]
    if (to === undefined) continue
    home.movedOut += 1
    to.movedIn += 1
  }
  const total = (of: (one: (typeof sums)[number]) => number) => sums.reduce((sum, one) => sum + of(one), 0)
  const tasks = total((one) => one.tasks)
  return {
    offices: sums.map(({ movedIn, movedOut, late, tasks: own }, at) => ({
      office: world.offices[at]?.id ?? '',
      queueDays: ends.map((end) => end[at] ?? null),
      movedIn,
      movedOut,
      pastDue: late / Math.max(1, own),
    })),
    nation: {
      queueDays: ends.map((end) => end.at(-1) ?? null),
      moved: total((one) => one.movedOut),
      pastDue: total((one) => one.late) / Math.max(1, tasks),
      tasks,
    },
  }
}
