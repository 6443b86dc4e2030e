import type { PlanPool, PlanRule, PlanSnapshot, PlanWork } from '@tasain/contracts'
import { type ComingRate, expectComing } from '@tasain/levelling'
import { type Dice, makeDice, pick } from '@tasain/levelling/testing/nation'

export type NationSize = {
  offices: number
  /** Open tasks of an office, on average. */
  tasks: number
  /** True: a quarter of the offices may send only a share of their work, another quarter take in only a share. */
  limited?: boolean
}

const GROUPS = 8
const BENEFITS = Array.from({ length: 25 }, (_, i) => `B${String(i + 1).padStart(2, '0')}`)
const HANDLERS = 20
const MEAN_MINUTES = 32

/**
 * A nation of offices with twenty handlers each, one able to do everything, the others two or three of eight groups of
 * benefits, and uneven queues: every home office can do all its own work, so that nothing is stuck and flatters the gap.
 * Work stands by benefit, language and day due, as the service counts it. The same seed gives the same nation.
 */
export function makeNation(seed: number, { offices: count, tasks, limited = false }: NationSize): PlanSnapshot {
  const dice = makeDice(seed)
  const offices = Array.from({ length: count }, (_, i) => {
    const district = Math.floor(i / 4)
    return {
      id: `office-${i + 1}`,
      district: `district-${district + 1}`,
      region: `region-${Math.floor((district * 6) / Math.ceil(count / 4)) + 1}`,
      lat: 60 + dice() * 8,
      lon: 21 + dice() * 9,
    }
  })
  const pools = offices.flatMap(({ id }) => makePools(dice, id))
  const work = offices.flatMap(({ id }) => makeWork(dice, id, tasks))
  const benefits = BENEFITS.map((id, i) => ({ id, weight: i % 5 === 0 ? 2 : 1 }))
  const rules = limited ? makeLimits(dice, offices) : []
  return { version: 1, at: '2026-11-20', offices, pools, work, rules, benefits }
}

/** The same with work likely to come in: each day a twentieth of what lies open. */
export function expectMore(snapshot: PlanSnapshot): PlanSnapshot {
  const groups = Map.groupBy(snapshot.work, ({ office, benefit, language, protected: guarded }) =>
    JSON.stringify([office, benefit, language, guarded]),
  )
  const rates = [...groups.values()].flatMap((rows): ComingRate[] => {
    const [first] = rows
    if (first === undefined) return []
    const { office, benefit, language, protected: guarded = false } = first
    const minutesPerDay = rows.reduce((sum, { minutes }) => sum + minutes, 0) / 20
    return [{ office, benefit, language, protected: guarded, minutesPerDay, targetDays: 14 }]
  })
  return { ...snapshot, coming: expectComing(rates) }
}

/** The same nation some minutes later: one row of work in a hundred has grown or shrunk. */
export function changeNation(snapshot: PlanSnapshot, seed: number): PlanSnapshot {
  const dice = makeDice(seed)
  const work = snapshot.work.map((row): PlanWork => {
    if (dice() >= 0.01) return row
    const tasks = Math.max(1, Math.round(row.tasks * dice() * 2))
    return { ...row, tasks, minutes: Math.round((row.minutes / Math.max(1, row.tasks)) * tasks) }
  })
  return { ...snapshot, work }
}

function groupOf(benefit: number): number {
  return benefit % GROUPS
}

function makePools(dice: Dice, office: string): PlanPool[] {
  const pools = new Map<string, PlanPool>()
  // A few profiles an office: people are trained together.
  const profiles = Array.from({ length: 5 }, () =>
    [...new Set(Array.from({ length: 3 }, () => Math.floor(dice() * GROUPS)))].sort((a, b) => a - b),
  )
  for (let handler = 0; handler < HANDLERS; handler++) {
    const allRound = handler === 0
    const groups = allRound ? [...Array(GROUPS).keys()] : pick(dice, profiles)
    const languages = allRound || dice() < 0.2 ? ['fi', 'sv'] : ['fi']
    const cleared = allRound || dice() < 0.1
    const key = JSON.stringify([groups, languages, cleared])
    const minutes = 380 + Math.floor(dice() * 60)
    const absent = dice() < 0.1 ? Math.floor(dice() * 15) : 0
    const minutesByDay = Array.from({ length: 15 }, (_, day) => (day + 1 < absent ? 0 : minutes))
    const today = absent > 0 ? 0 : minutes
    const found = pools.get(key)
    if (found === undefined) {
      const benefits = BENEFITS.filter((_, i) => groups.includes(groupOf(i)))
      pools.set(key, { office, benefits, languages, cleared, minutesPerDay: today, minutesByDay })
    } else {
      found.minutesPerDay += today
      found.minutesByDay = minutesByDay.map((more, day) => more + (found.minutesByDay?.[day] ?? 0))
    }
  }
  return [...pools.values()]
}

function makeWork(dice: Dice, office: string, mean: number): PlanWork[] {
  // Local load differs widely: from a third of the mean to twice it.
  const tasks = Math.round(mean * (0.35 + dice() * 1.3))
  const rows = new Map<string, PlanWork>()
  for (let i = 0; i < tasks; i++) {
    const benefit = Math.floor(dice() * dice() * BENEFITS.length)
    const language = dice() < 0.07 ? 'sv' : 'fi'
    const slackDays = Math.floor((dice() + dice() + dice()) * 14) - 8
    const movable = dice() >= 0.03
    const isProtected = dice() < 0.004
    const minutes = Math.round(MEAN_MINUTES * (0.5 + dice()))
    const key = `${benefit}|${language}|${slackDays}|${movable}|${isProtected}`
    const found = rows.get(key)
    if (found === undefined)
      rows.set(key, {
        office,
        benefit: BENEFITS[benefit] ?? '',
        language,
        slackDays,
        minutes,
        tasks: 1,
        movable,
        protected: isProtected,
      })
    else {
      found.minutes += minutes
      found.tasks += 1
    }
  }
  return [...rows.values()]
}

/** Every fourth office gives at most 2 to 6 % of its open minutes a day, every fourth takes 10 to 50 % of a day's work. */
function makeLimits(dice: Dice, offices: PlanSnapshot['offices']): PlanRule[] {
  return offices.flatMap(({ id }, i): PlanRule[] => {
    if (i % 4 === 0)
      return [{ id: `out-${id}`, kind: 'shareOut', scope: { office: id }, max: Math.round(20 + dice() * 40) / 1000 }]
    if (i % 4 === 2)
      return [{ id: `in-${id}`, kind: 'shareIn', scope: { office: id }, max: Math.round(10 + dice() * 40) / 100 }]
    return []
  })
}
