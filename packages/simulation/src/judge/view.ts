import type { PlanFlow, PlanSnapshot, PlanWork } from '@tasain/contracts'
import { expectComing, type OpenTask } from '@tasain/levelling'
import type { Closure, World, WorldPool } from '../world/world.ts'
import { listRates } from './rates.ts'
import { kindOf, type State } from './state.ts'

/** Working days whose hands are known ahead. */
const HORIZON = 40
/** Slack is told within these; beyond them it makes no difference. */
const [MOST_LATE, MOST_SLACK] = [-20, 43]
const SLACKS = MOST_SLACK - MOST_LATE + 1

export type Used = { rule: string; office?: string; minutes: number }

/** The snapshot a balancer would take this morning: mean minutes, who is here, leave that is known, closures that are on. */
export function takeSnapshot(world: World, state: State, used: readonly Used[]): PlanSnapshot {
  const coming = expectComing(listRates(world, state))
  return {
    version: 1,
    at: world.calendar.dates[state.day] ?? '',
    offices: world.offices,
    pools: world.pools.map((pool) => ({
      office: world.offices[pool.office]?.id ?? '',
      benefits: [...pool.benefits].map((benefit) => world.benefits[benefit]?.id ?? ''),
      languages: [...pool.languages].map((language) => world.languages[language] ?? ''),
      cleared: pool.cleared,
      minutesPerDay: Math.round(pool.minutes[state.day] ?? 0),
      minutesByDay: listKnownMinutes(world.closures, pool, state.day),
    })),
    work: countWork(world, state),
    ...(coming.length > 0 && { coming }),
    rules: [...world.rules],
    used: [...used],
    ...(world.costs === undefined ? {} : { costs: world.costs }),
    ...(world.weights === undefined ? {} : { benefits: world.weights }),
  }
}

/** Minutes of the coming working days as they are known today, whole. */
export function listKnownMinutes(closures: readonly Closure[], pool: WorldPool, day: number): number[] {
  const closed = closures.find(({ office, from, to }) => office === pool.office && from <= day && day <= to)
  return Array.from({ length: HORIZON }, (_, i) => {
    const coming = day + 1 + i
    return closed !== undefined && coming <= closed.to ? 0 : Math.round(pool.expected[coming] ?? 0)
  })
}

/** True when a plan may send the task: nobody has begun it, it is not pinned and was never sent. */
export function isMovable(world: World, state: State, task: number): boolean {
  return state.started[task] === 0 && world.tasks.pinned[task] === 0 && (state.sentOn[task] ?? 0) < 0
}

function countWork(world: World, state: State): PlanWork[] {
  const counts = new Uint32Array(world.offices.length * state.kinds * 2 * SLACKS)
  for (const task of state.open) {
    const row = (state.office[task] ?? 0) * state.kinds + kindOf(world, task)
    const slot = (row * 2 + Number(isMovable(world, state, task))) * SLACKS + slackOf(state, task) - MOST_LATE
    counts[slot] = (counts[slot] ?? 0) + 1
  }
  const work: PlanWork[] = []
  counts.forEach((tasks, slot) => {
    if (tasks === 0) return
    const row = Math.floor(slot / SLACKS)
    const kind = Math.floor(row / 2) % state.kinds
    const { benefit, minutes, language, isGuarded } = readKind(world, kind)
    work.push({
      office: world.offices[Math.floor(row / 2 / state.kinds)]?.id ?? '',
      benefit,
      language,
      slackDays: (slot % SLACKS) + MOST_LATE,
      minutes: tasks * minutes,
      tasks,
      movable: row % 2 === 1,
      protected: isGuarded,
    })
  })
  return work
}

function readKind(world: World, kind: number) {
  const language = Math.floor(kind / 2) % world.languages.length
  const benefit = world.benefits[Math.floor(kind / 2 / world.languages.length)]
  return {
    benefit: benefit?.id ?? '',
    minutes: benefit?.minutes ?? 0,
    language: world.languages[language] ?? '',
    isGuarded: kind % 2 === 1,
  }
}

function slackOf(state: State, task: number): number {
  return Math.min(MOST_SLACK, Math.max(MOST_LATE, (state.due[task] ?? 0) - state.day))
}

/** The movable tasks of the offices that flows leave, as the planner's rounding asks for them. */
export function listOpenTasks(world: World, state: State, flows: readonly PlanFlow[]): OpenTask[] {
  const wanted = new Set(flows.map((flow) => `${flow.from}|${flow.benefit}|${flow.slackDays}`))
  return state.open.flatMap((task) => {
    if (!isMovable(world, state, task)) return []
    const office = world.offices[state.office[task] ?? 0]?.id ?? ''
    const { benefit, minutes, language, isGuarded } = readKind(world, kindOf(world, task))
    const slackDays = slackOf(state, task)
    if (!wanted.has(`${office}|${benefit}|${slackDays}`)) return []
    const dueOn = world.calendar.dates[Math.max(0, state.due[task] ?? 0)] ?? '9999-12-31'
    return [{ id: nameTask(task), office, benefit, language, protected: isGuarded, slackDays, minutes, dueOn }]
  })
}

/** Ids sort as the tasks came in. */
function nameTask(task: number): string {
  return String(task).padStart(8, '0')
}
