import { addDays, benefits, isTestHetu, isWorkingDay, languages, revealHetu } from '@tasain/vocabulary'
import { expect, test } from 'vitest'
import { drawAbsences } from './absences.ts'
import { readNation } from './nation.ts'
import { drawOpenTasks, type OpenTask } from './open-tasks.ts'
import { people } from './people.ts'

const nation = readNation()
const today = '2026-11-23'
const tasks = drawOpenTasks(nation, { today })

function reckonQueueDays(open: readonly OpenTask[]): { mean: number; byOffice: Map<string, number> } {
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
  const capacity = (own: typeof nation.handlers) => sum(own.map(({ minutesPerDay }) => minutesPerDay))
  const byOffice = nation.offices.map(({ id }): [string, number] => {
    const minutes = sum(open.filter(({ officeId }) => officeId === id).map((task) => task.minutes))
    return [id, minutes / capacity(nation.handlers.filter(({ officeId }) => officeId === id))]
  })
  return { mean: sum(open.map((task) => task.minutes)) / capacity(nation.handlers), byOffice: new Map(byOffice) }
}

test('20,000 tasks are drawn, about three weeks of work for the nation', () => {
  expect(tasks).toHaveLength(20_000)
  const { mean } = reckonQueueDays(tasks)
  expect(mean).toBeGreaterThan(8)
  expect(mean).toBeLessThan(16)
})

test.each([1, 2, 20050101])('three offices stand out with seed %i, at more than 2.5 times the mean', (seed) => {
  const { mean, byOffice } = reckonQueueDays(drawOpenTasks(nation, { today, seed }))
  const choked = [...byOffice].filter(([, days]) => days >= 2.5 * mean).map(([id]) => id)
  expect(choked.sort()).toEqual([...nation.congestedOfficeIds].sort())
  const others = [...byOffice].filter(([id]) => !choked.includes(id)).map(([, days]) => days)
  expect(Math.max(...others)).toBeLessThan(2 * mean)
})

test('the same options draw the same tasks, another seed others', () => {
  const show = (open: readonly OpenTask[]) => open.map((task) => ({ ...task, hetu: revealHetu(task.hetu) }))
  const options = { today, seed: 7, count: 500 }
  expect(show(drawOpenTasks(nation, options))).toEqual(show(drawOpenTasks(nation, options)))
  expect(show(drawOpenTasks(nation, options))).not.toEqual(show(drawOpenTasks(nation, { ...options, seed: 8 })))
})

test.each([65, 1_000, 12_345])('exactly %i tasks are drawn when asked for', (count) => {
  expect(drawOpenTasks(nation, { today, count })).toHaveLength(count)
})

test('applicants have identity codes of nobody, each of their own', () => {
  expect(tasks.every(({ hetu }) => isTestHetu(hetu))).toBe(true)
  expect(new Set(tasks.map(({ hetu }) => revealHetu(hetu))).size).toBe(tasks.length)
})

test('arrivals lie in the last five weeks, few of them on days off', () => {
  const dates = tasks.map(({ arrivedOn }) => arrivedOn).sort()
  expect(dates.at(0)).toBe(addDays(today, -34))
  expect(dates.at(-1)).toBe(today)
  const off = dates.filter((date) => !isWorkingDay(date)).length / dates.length
  expect(off).toBeGreaterThan(0.05)
  expect(off).toBeLessThan(0.16)
})

test('the minutes of a benefit have its mean and spread', () => {
  for (const { code, minutes: mean } of nation.benefits) {
    const drawn = tasks.filter(({ benefit }) => benefit === code).map(({ minutes }) => minutes)
    const average = drawn.reduce((sum, minutes) => sum + minutes, 0) / drawn.length
    const variance = drawn.reduce((sum, minutes) => sum + (minutes - average) ** 2, 0) / drawn.length
    expect(Math.abs(average / mean - 1), code).toBeLessThan(0.15)
    expect(Math.abs(Math.sqrt(variance) / average - nation.handlingCv), code).toBeLessThan(0.15)
  }
})

test('every benefit and language occurs, and some tasks are restricted', () => {
  expect(new Set(tasks.map(({ benefit, language }) => benefit + language)).size).toBe(
    benefits.length * languages.length,
  )
  const restricted = tasks.filter((task) => task.restricted).length
  expect(restricted).toBeGreaterThan(20)
  expect(restricted).toBeLessThan(80)
})

test.each(['2026-11-23', '2027-07-05'])('from %s on, half of each office is present every day', (start) => {
  const absences = drawAbsences(nation, { today: start })
  expect(absences).toEqual(drawAbsences(nation, { today: start }))
  for (const { id } of nation.offices) {
    const staff = nation.handlers.filter(({ officeId }) => officeId === id)
    for (let day = 0; day < 60; day += 1) {
      const date = addDays(start, day)
      const away = absences.filter((one) => one.from <= date && date <= one.to).map(({ handlerId }) => handlerId)
      expect(staff.filter((one) => away.includes(one.id)).length).toBeLessThanOrEqual(staff.length / 2)
    }
  }
})

test('nobody is away twice at once, and who signs in for a demonstration is never away', () => {
  const absences = drawAbsences(nation, { today: '2027-07-01' })
  for (const one of absences)
    expect(
      absences.filter((other) => other.handlerId === one.handlerId && other.from <= one.to && other.to >= one.from),
    ).toEqual([one])
  const demo = nation.handlers.filter(({ subject }) => people.some((person) => person.subject === subject))
  expect(demo).toHaveLength(4)
  expect(absences.filter(({ handlerId }) => demo.some(({ id }) => id === handlerId))).toEqual([])
})

test('on an ordinary November day one in twelve or so is away', () => {
  const away = drawAbsences(nation, { today }).filter(({ from, to }) => from <= today && today <= to).length
  expect(away / nation.handlers.length).toBeGreaterThan(0.03)
  expect(away / nation.handlers.length).toBeLessThan(0.15)
})
