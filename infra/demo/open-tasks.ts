import {
  addDays,
  type Benefit,
  type IsoDate,
  isPublicHoliday,
  type Language,
  languages,
  weekday,
} from '@tasain/vocabulary'
import { type Applicant, drawApplicant } from './applicants.ts'
import type { DemoBenefit, Nation, Office } from './nation.ts'
import { drawLogNormal, drawNormal, makeRandom, pickWeighted, type Random } from './random.ts'

export type OpenTask = Applicant & {
  benefit: Benefit
  language: Language
  /** The home office. */
  officeId: string
  arrivedOn: IsoDate
  /** Expected minutes of work. */
  minutes: number
  restricted: boolean
}

export type DrawOptions = { today: IsoDate; seed?: number; count?: number }

type Kind = { benefit: DemoBenefit; language: Language; weight: number }
type Queue = { office: Office; kinds: Kind[]; minutes: number }

/** Queue of a congested office, as a multiple of the nation's mean queue days. */
const congestion = 3.3
/** How much of the work nobody at home can do is still there; the rest went on long ago. */
const unableShare = 0.15
const windowDays = 35

/**
 * Open tasks of the whole nation, `count` of them (20,000 unless told): every office with its usual work, three visibly
 * congested, arrivals in the last five weeks by weekday. The same options give the same tasks.
 */
export function drawOpenTasks(nation: Nation, { today, seed = nation.seed, count = 20_000 }: DrawOptions): OpenTask[] {
  const queues = levelQueues(nation, seed)
  const taken = new Set<string>()
  return shareOut(queues, count).flatMap(({ queue, tasks }) => {
    const random = makeRandom(seed, 'open', queue.office.id)
    const drawArrival = makeArrivals(nation.congestedOfficeIds.includes(queue.office.id), today, random)
    return Array.from({ length: tasks }, () => {
      const { benefit, language } = pickWeighted(random, queue.kinds, ({ weight }) => weight)
      return {
        benefit: benefit.code,
        language,
        officeId: queue.office.id,
        arrivedOn: drawArrival(benefit),
        minutes: Math.max(3, Math.round(drawLogNormal(random, benefit.minutes, nation.handlingCv))),
        restricted: random() < nation.restrictedShare,
        ...drawApplicant(random, benefit.code, language, today, taken),
      }
    })
  })
}

/** Minutes of open work by office, in a unit of their own: only their proportions count. */
function levelQueues(nation: Nation, seed: number): Queue[] {
  const random = makeRandom(seed, 'queues')
  const queues = nation.offices.map((office) => {
    const capacity = sumCapacity(nation, office)
    const arrivals = nation.benefits.reduce((sum, { code, minutes }) => sum + office.arrivalsPerYear[code] * minutes, 0)
    // Half-way between queues as long everywhere and queues as the arrivals alone would make them.
    const usual = Math.sqrt(arrivals * capacity) * Math.max(0.7, 1 + 0.12 * drawNormal(random))
    return { office, kinds: listKinds(nation, office), capacity, minutes: usual }
  })
  const isCongested = ({ office }: { office: Office }) => nation.congestedOfficeIds.includes(office.id)
  const usual = queues.filter((queue) => !isCongested(queue)).reduce((sum, { minutes }) => sum + minutes, 0)
  const all = queues.reduce((sum, { capacity }) => sum + capacity, 0)
  const choked = queues.filter(isCongested).reduce((sum, { capacity }) => sum + capacity, 0)
  // The congested ones raise the mean they are measured by, hence the subtraction.
  const mean = usual / (all - congestion * choked)
  return queues.map((queue) => (isCongested(queue) ? { ...queue, minutes: congestion * mean * queue.capacity } : queue))
}

function sumCapacity(nation: Nation, office: Office): number {
  const staff = nation.handlers.filter(({ officeId }) => officeId === office.id)
  return staff.reduce((sum, { minutesPerDay }) => sum + minutesPerDay, 0)
}

function listKinds(nation: Nation, office: Office): Kind[] {
  const staff = nation.handlers.filter(({ officeId }) => officeId === office.id)
  return nation.benefits.flatMap((benefit) =>
    languages.map((language) => {
      const share = language === 'sv' ? office.svShare : 1 - office.svShare
      const isAble = staff.some((one) => one.benefits.includes(benefit.code) && one.languages.includes(language))
      return { benefit, language, weight: office.arrivalsPerYear[benefit.code] * share * (isAble ? 1 : unableShare) }
    }),
  )
}

/** Whole tasks to each office, `count` together: the largest remainders are rounded up. */
function shareOut(queues: readonly Queue[], count: number): { queue: Queue; tasks: number }[] {
  const wanted = queues.map((queue) => queue.minutes / meanMinutes(queue.kinds))
  const all = wanted.reduce((sum, tasks) => sum + tasks, 0)
  const shares = queues.map((queue, index) => ({ queue, share: ((wanted[index] ?? 0) / all) * count }))
  const missing = count - shares.reduce((sum, { share }) => sum + Math.floor(share), 0)
  const byRemainder = shares.toSorted((one, other) => (other.share % 1) - (one.share % 1))
  const lucky = new Set(byRemainder.slice(0, missing).map(({ queue }) => queue))
  return shares.map(({ queue, share }) => ({ queue, tasks: Math.floor(share) + (lucky.has(queue) ? 1 : 0) }))
}

function meanMinutes(kinds: readonly Kind[]): number {
  const weight = kinds.reduce((sum, kind) => sum + kind.weight, 0)
  return kinds.reduce((sum, kind) => sum + kind.weight * kind.benefit.minutes, 0) / weight
}

/** Arrivals by weekday, the fewer the older: most of what came is decided, except where the queue is long. */
function makeArrivals(isCongested: boolean, today: IsoDate, random: Random): (benefit: DemoBenefit) => IsoDate {
  const days = Array.from({ length: windowDays }, (_, age) => ({ age, date: addDays(today, -age) }))
  return ({ code, weekdays }) => {
    const lifeDays = (code === 'TO' ? 8 : 30) * (isCongested ? 2 : 1)
    return pickWeighted(random, days, ({ age, date }) => {
      const usual = weekdays[weekday(date) - 1] ?? 0
      // Today is young: not all of its post has come.
      const came = (isPublicHoliday(date) ? 0.25 : 1) * (age === 0 ? 0.5 : 1)
      return usual * came * Math.exp(-age / lifeDays)
    }).date
  }
}
