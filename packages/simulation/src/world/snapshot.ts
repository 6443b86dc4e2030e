import type { PlanPool, PlanRule, PlanSnapshot } from '@tasain/contracts'
import { isWorkingDay } from '@tasain/vocabulary'
import { type Calendar, makeCalendar } from './calendar.ts'
import { drawPoisson, makeRandom } from './random.ts'
import { makeTasks, type Tasks, type World, type WorldPool } from './world.ts'

/** What comes in on a mean working day: `perDay` tasks of `minutes` effort each, due `targetDays` working days later. */
export type PreviewArrivals = {
  office: string
  benefit: string
  language: string
  perDay: number
  minutes: number
  targetDays: number
}

type Coming = {
  snapshot: PlanSnapshot
  arrivals: readonly PreviewArrivals[]
  rules: readonly PlanRule[]
  weeks: number
  seed: number
}

/** The nation of a snapshot over the coming weeks: what lies there, what is likely to come in, the hands as they are known. */
export function buildComing({ snapshot, arrivals, rules, weeks, seed }: Coming): World {
  const calendar = makeCalendar(snapshot.at, weeks)
  const { benefits, languages } = listWords(snapshot, arrivals)
  const officeOf = new Map(snapshot.offices.map(({ id }, index) => [id, index]))
  const benefitOf = new Map(benefits.map(({ id }, index) => [id, index]))
  const words: Words = {
    findOffice: (id) => officeOf.get(id) ?? -1,
    findBenefit: (id) => benefitOf.get(id) ?? -1,
    findLanguage: (id) => languages.indexOf(id),
  }
  return {
    calendar,
    offices: snapshot.offices,
    benefits,
    languages,
    pools: snapshot.pools.map((pool) => readPool(pool, calendar, words)),
    closures: [],
    tasks: layOut(listTasks(snapshot, arrivals, calendar, seed, words)),
    rules,
    rates: arrivals.map(({ perDay, minutes, ...kind }) => ({ ...kind, minutesPerDay: perDay * minutes })),
    costs: snapshot.costs,
    weights: snapshot.benefits,
    used: snapshot.used,
  }
}

type Words = {
  findOffice: (id: string) => number
  findBenefit: (id: string) => number
  findLanguage: (id: string) => number
}

/** Every benefit with the mean minutes of what lies open, else of what comes in; every language. */
function listWords(
  snapshot: PlanSnapshot,
  arrivals: readonly PreviewArrivals[],
): Pick<World, 'benefits' | 'languages'> {
  const sums = new Map<string, { minutes: number; tasks: number }>()
  const add = (id: string, minutes: number, tasks: number): void => {
    const sum = sums.get(id) ?? { minutes: 0, tasks: 0 }
    sums.set(id, { minutes: sum.minutes + minutes, tasks: sum.tasks + tasks })
  }
  for (const row of snapshot.work) add(row.benefit, row.minutes, row.tasks)
  for (const { benefit, minutes } of arrivals) if (!sums.get(benefit)?.tasks) add(benefit, minutes, 1)
  for (const pool of snapshot.pools) for (const benefit of pool.benefits) add(benefit, 0, 0)
  const languages = [
    ...snapshot.pools.flatMap((pool) => pool.languages),
    ...snapshot.work.map(({ language }) => language),
    ...arrivals.map(({ language }) => language),
  ]
  return {
    benefits: [...sums].map(([id, { minutes, tasks }]) => ({
      id,
      minutes: Math.max(1, Math.round(minutes / (tasks || 1))),
    })),
    languages: [...new Set(languages)],
  }
}

function readPool(pool: PlanPool, calendar: Calendar, words: Words): WorldPool {
  const coming = pool.minutesByDay ?? []
  const minutes = Float64Array.from(calendar.dates, (_, day) =>
    day === 0 ? pool.minutesPerDay : (coming[day - 1] ?? coming.at(-1) ?? pool.minutesPerDay),
  )
  return {
    office: words.findOffice(pool.office),
    benefits: Uint8Array.from(pool.benefits, words.findBenefit),
    languages: Uint8Array.from(pool.languages, words.findLanguage),
    cleared: pool.cleared ?? false,
    minutes,
    expected: minutes,
  }
}

type Task = {
  day: number
  due: number
  office: number
  benefit: number
  language: number
  isGuarded: boolean
  isPinned: boolean
  minutes: number
}

function listTasks(
  { at, work }: PlanSnapshot,
  arrivals: readonly PreviewArrivals[],
  calendar: Calendar,
  seed: number,
  words: Words,
): Task[] {
  // On a day off the first working day to come is one nearer to every due date.
  const shift = isWorkingDay(at) ? 0 : 1
  const lying = work.flatMap((row) => {
    const task = {
      day: 0,
      due: row.slackDays - shift,
      office: words.findOffice(row.office),
      benefit: words.findBenefit(row.benefit),
      language: words.findLanguage(row.language),
      isGuarded: row.protected ?? false,
      isPinned: row.movable === false,
      minutes: row.minutes / Math.max(1, row.tasks),
    }
    return Array.from({ length: row.tasks }, () => task)
  })
  const coming = arrivals.flatMap((stream) => {
    const random = makeRandom(seed, stream.office, stream.benefit, stream.language)
    const base = {
      office: words.findOffice(stream.office),
      benefit: words.findBenefit(stream.benefit),
      language: words.findLanguage(stream.language),
      isGuarded: false,
      isPinned: false,
      minutes: stream.minutes,
    }
    return Array.from({ length: calendar.length }, (_, day) =>
      Array.from({ length: drawPoisson(random, stream.perDay) }, () => ({
        ...base,
        day,
        due: day + stream.targetDays,
      })),
    ).flat()
  })
  return [...lying, ...coming.sort((a, b) => a.day - b.day)]
}

function layOut(list: readonly Task[]): Tasks {
  const tasks = makeTasks(list.length)
  list.forEach((task, id) => {
    tasks.arrived[id] = task.day
    tasks.due[id] = task.due
    tasks.home[id] = task.office
    tasks.benefit[id] = task.benefit
    tasks.language[id] = task.language
    tasks.guarded[id] = Number(task.isGuarded)
    tasks.pinned[id] = Number(task.isPinned)
    tasks.minutes[id] = task.minutes
  })
  return tasks
}
