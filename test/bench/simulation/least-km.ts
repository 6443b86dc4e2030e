import { loadHighs } from '@tasain/levelling/testing/oracle'
import { parseScenario } from '@tasain/simulation'
import { measureKilometres } from '../../../packages/simulation/src/judge/send.ts'
import { buildWorld } from '../../../packages/simulation/src/world/nation.ts'
import type { World } from '../../../packages/simulation/src/world/world.ts'

/**
 * The fewest kilometres a move can have on average when a share (0 to 1) of the year's minutes is moved and every office is left
 * with no more than its hands can do in the year: a transport problem, skills, rules and seasons aside. Undefined when so
 * little moved cannot bring that about.
 */
export async function findLeastKm(
  scenario: unknown,
  weeks: number,
  seed: number,
  moved: number,
): Promise<number | undefined> {
  const world = buildWorld(parseScenario(scenario), weeks, seed)
  const { load, hands } = sumYear(world)
  const whole = load.reduce((sum, minutes) => sum + minutes, 0)
  const ways = world.offices.flatMap((_, i) =>
    world.offices.flatMap((__, j) =>
      i === j ? [] : [{ name: `f${i}_${j}`, i, j, km: measureKilometres(world, { from: i, to: j }) }],
    ),
  )
  const write = (terms: readonly string[]) => terms.join('\n')
  const rows = world.offices.map((_, at) => {
    const terms = ways.flatMap(({ name, i, j }) => (i === at ? [`- ${name}`] : j === at ? [`+ ${name}`] : []))
    return ` o${at}: ${write(terms)} <= ${toShare((hands[at] ?? 0) - (load[at] ?? 0), whole)}`
  })
  const text = `Minimize\n obj: ${write(ways.map(({ name, km }) => `+ ${km} ${name}`))}
Subject To\n${rows.join('\n')}\n all: ${write(ways.map(({ name }) => `+ ${name}`))} = ${toShare(moved, 1)}\nEnd\n`
  const highs = await loadHighs()
  const { Status, ObjectiveValue } = highs.solve(text, { output_flag: false })
  return Status === 'Optimal' ? ObjectiveValue / Number(toShare(moved, 1)) : undefined
}

function sumYear({ offices, tasks, pools, calendar }: World): { load: number[]; hands: number[] } {
  const load = offices.map(() => 0)
  const hands = offices.map(() => 0)
  for (let task = 0; task < tasks.count; task += 1) {
    const home = tasks.home[task] ?? 0
    load[home] = (load[home] ?? 0) + (tasks.minutes[task] ?? 0)
  }
  for (const pool of pools)
    for (let day = 0; day < calendar.length; day += 1)
      hands[pool.office] = (hands[pool.office] ?? 0) + (pool.minutes[day] ?? 0)
  return { load, hands }
}

/** In hundredths of a thousandth, where HiGHS reckons well. */
function toShare(minutes: number, whole: number): string {
  return ((minutes / whole) * 1e5).toFixed(4)
}
