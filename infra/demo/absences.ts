import { addDays, type IsoDate } from '@tasain/vocabulary'
import type { Handler, Nation } from './nation.ts'
import { people } from './people.ts'
import { makeRandom, type Random } from './random.ts'

/** A handler is away on all days from `from` to `to`, both included. */
export type Absence = { handlerId: string; from: IsoDate; to: IsoDate }

/** Usual lengths in calendar days. */
const leaveDays = 14
const sickDays = 4

/**
 * Absences of all handlers over the coming `days`, by the nation's shares: leave by month, sickness evenly. The same
 * nation and dates give the same absences. At least half of an office is always
 * present, and so are the people who sign in for a demonstration.
 */
export function drawAbsences(nation: Nation, { today, days = 60 }: { today: IsoDate; days?: number }): Absence[] {
  const demo = new Set(people.map(({ subject }) => subject))
  return nation.offices.flatMap((office) => {
    const staff = nation.handlers.filter(({ officeId }) => officeId === office.id)
    const mayLeave = staff.filter(({ subject }) => !demo.has(subject))
    const most = Math.floor(staff.length / 2)
    const random = makeRandom(nation.seed, 'absences', office.id, today)
    const absences: Absence[] = []
    for (let day = 0; day < days; day += 1)
      startAbsences(nation, mayLeave, most, absences, addDays(today, day), day === 0, random)
    return absences
  })
}

function startAbsences(
  nation: Nation,
  staff: readonly Handler[],
  most: number,
  absences: Absence[],
  date: IsoDate,
  isFirst: boolean,
  random: Random,
): void {
  const leave = nation.absence.leaveByMonth[Number(date.slice(5, 7)) - 1] ?? 0
  for (const { id } of staff) {
    const isSick = random() < startChance(nation.absence.sick, sickDays, isFirst)
    const isLeaving = random() < startChance(leave, leaveDays, isFirst)
    const length = isSick ? sickDays : leaveDays
    const left = isFirst ? Math.ceil(random() * length) : length
    if (!isSick && !isLeaving) continue
    const to = addDays(date, left - 1)
    const clashing = absences.filter((absence) => absence.from <= to && absence.to >= date)
    if (clashing.some(({ handlerId }) => handlerId === id) || clashing.length >= most) continue
    absences.push({ handlerId: id, from: date, to })
  }
}

/** The chance to go away today that keeps the share `away` of people away; on the first day, that one is away already. */
function startChance(away: number, length: number, isFirst: boolean): number {
  return isFirst ? away : Math.min(1, away / ((1 - away) * length))
}
