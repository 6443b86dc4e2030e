import type { World } from '../world/world.ts'
import { countFigures, type Figures, type Sums } from './figures.ts'
import { type Court, openCourt } from './law.ts'
import { recallTasks } from './recall.ts'
import { type Proposal, sendTasks } from './send.ts'
import { admit, makeState, OPEN, type State } from './state.ts'
import { listHands, workDay } from './work.ts'

/** Says each working morning what to send. */
export type Policy = (world: World, state: State, court: Court) => Proposal

export type Run = {
  /** Absent: nothing is sent. */
  policy?: Policy | undefined
  /** One queue for the nation; skills and languages stand. */
  isPooled?: boolean
  /** What a task that was sent costs besides, once. */
  setUpMinutes: number
  onWeek?: ((week: number, state: State, sums: Sums) => void) | undefined
}

/** Lives through the world's days, task by task. @throws Error when a task is lost or doubled: arrived = decided + open. */
export function runJudge(world: World, { policy, isPooled = false, setUpMinutes, onWeek }: Run): Figures {
  const state = makeState(world, isPooled)
  const hands = listHands(world, isPooled)
  const sums: Sums = { sends: 0, again: 0, kilometres: 0, recalls: 0, refused: 0, ruleBreaks: 0 }
  const { length, offsets } = world.calendar
  let court: Court | undefined
  for (state.day = 0; state.day < length; state.day += 1) {
    admit(world, state)
    if (policy !== undefined) {
      court = openCourt(world, state, court)
      sums.recalls += recallTasks(court, state)
      const verdict = sendTasks(court, state, policy(world, state, court))
      sums.sends += verdict.sent
      sums.again += verdict.again
      sums.kilometres += verdict.kilometres
      sums.refused += verdict.refused
      sums.ruleBreaks += verdict.ruleBreaks
    }
    workDay(world, state, hands, setUpMinutes)
    state.open = state.open.filter((task) => state.phase[task] === OPEN)
    if (state.arrived !== state.decided + state.open.length + state.waiting)
      throw new Error(`day ${state.day}: ${state.arrived} arrived, ${state.decided} decided, the rest is lost`)
    const week = Math.floor((offsets[state.day] ?? 0) / 7)
    if (state.day + 1 === length || week < Math.floor((offsets[state.day + 1] ?? 0) / 7))
      onWeek?.(week + 1, state, sums)
  }
  state.day = length - 1
  return countFigures(world, state, sums)
}
