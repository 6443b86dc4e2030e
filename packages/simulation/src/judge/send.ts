import type { World } from '../world/world.ts'
import { type Court, findBreach, listLimits, type Way } from './law.ts'
import { kindOf, nameKind, OPEN, relocate, type State } from './state.ts'

/** Work to be sent, in planned minutes, and the tasks chosen for it; offices, benefits and languages by number. */
export type Proposal = {
  flows: (Way & { minutes: number })[]
  moves: { task: number; flow: number }[]
}

type Verdict = { sent: number; again: number; kilometres: number; refused: number; ruleBreaks: number }

/**
 * Sends what may be sent. A task that is gone by now is refused; whatever breaks a rule, a limit, a pin or the one send a
 * task has is refused and counted as a break. Limits bind the planned minutes; what was sent is what they have spent.
 */
export function sendTasks(court: Court, state: State, proposal: Proposal): Verdict {
  const verdict: Verdict = { sent: 0, again: 0, kilometres: 0, refused: 0, ruleBreaks: 0 }
  const allowed = judgeFlows(court, proposal, verdict)
  const sent = new Float64Array(proposal.flows.length)
  for (const { task, flow: index } of proposal.moves) {
    const flow = proposal.flows[index]
    if (flow === undefined || state.phase[task] !== OPEN || state.office[task] !== flow.from) {
      verdict.refused += 1
      continue
    }
    const minutes = court.world.benefits[flow.benefit]?.minutes ?? 0
    const isPlanned = (flow.minutes - (sent[index] ?? 0)) * 2 >= minutes
    verdict.again += Number(state.sentOn[task] !== -1)
    if (!allowed.has(flow) || !isPlanned || !mayBeSent(court, state, task, flow)) {
      verdict.ruleBreaks += 1
      continue
    }
    sent[index] = (sent[index] ?? 0) + minutes
    for (const { key } of listLimits(court, flow)) court.spent.set(key, (court.spent.get(key) ?? 0) + minutes)
    verdict.sent += 1
    verdict.kilometres += measureKilometres(court.world, flow)
    state.sentOn[task] = state.day
    state.sentTo[task] = flow.to
    relocate(court.world, state, task, flow.to)
  }
  return verdict
}

/** Each forbidden flow is one break, and each that goes beyond a limit. */
function judgeFlows(court: Court, { flows }: Proposal, verdict: Verdict): Set<Way> {
  const allowed = new Set<Way>()
  const planned = new Map<string, number>()
  for (const flow of flows) {
    const limits = listLimits(court, flow)
    const isOver = limits.some(({ key, left }) => (planned.get(key) ?? 0) + flow.minutes > left)
    if (isOver || findBreach(court, flow) !== undefined) {
      verdict.ruleBreaks += 1
      continue
    }
    for (const { key } of limits) planned.set(key, (planned.get(key) ?? 0) + flow.minutes)
    allowed.add(flow)
  }
  return allowed
}

function mayBeSent({ world }: Court, state: State, task: number, { benefit, language, isGuarded }: Way): boolean {
  const isSame = kindOf(world, task) === nameKind(world, benefit, language, Number(isGuarded))
  const isFree = state.started[task] === 0 && world.tasks.pinned[task] === 0
  return isSame && isFree && state.sentOn[task] === -1
}

const distances = new WeakMap<object, Float64Array>()

/** From office to office by number: great circle × 1.3. */
export function measureKilometres(world: World, { from, to }: Pick<Way, 'from' | 'to'>): number {
  const n = world.offices.length
  const known = distances.get(world) ?? new Float64Array(n * n)
  distances.set(world, known)
  const found = known[from * n + to] ?? 0
  if (found > 0) return found
  const [a, b] = [world.offices[from], world.offices[to]]
  if (a === undefined || b === undefined) return 0
  const rad = Math.PI / 180
  const [u, v, w] = [a.lat, b.lat, a.lon - b.lon].map((degrees) => degrees * rad)
  const cosine = Math.sin(u ?? 0) * Math.sin(v ?? 0) + Math.cos(u ?? 0) * Math.cos(v ?? 0) * Math.cos(w ?? 0)
  const kilometres = 6371 * Math.acos(Math.min(1, cosine)) * 1.3
  known[from * n + to] = kilometres
  return kilometres
}
