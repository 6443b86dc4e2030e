import { expect, it } from 'vitest'
import { listBreaches } from '../testing/checker.ts'
import { FREE_KINDS, LIMIT_KINDS, makeDice, makeNation, pick } from '../testing/nation.ts'
import { plan } from './index.ts'

/** The nation some hours later: work came and went, a handler fell ill, now and then a rule ended. */
function age(snapshot: ReturnType<typeof makeNation>, seed: number): ReturnType<typeof makeNation> {
  const dice = makeDice(seed)
  const work = snapshot.work.flatMap((row) => {
    if (dice() < 0.1) return []
    const tasks = row.tasks + Math.floor(dice() * 5) + 1
    return [{ ...row, tasks, minutes: dice() < 0.5 ? row.minutes : tasks * 30 }]
  })
  const pools = snapshot.pools.map((pool) => (dice() < 0.1 ? { ...pool, minutesPerDay: 0, minutesByDay: [] } : pool))
  const rules = dice() < 0.3 && snapshot.rules.length > 0 ? snapshot.rules.slice(1) : snapshot.rules
  return { ...snapshot, work: [...work, { ...pick(dice, work), slackDays: 1 }], pools, rules }
}

it('starting from the last plan costs and moves exactly what starting afresh does, and breaks no rule', () => {
  for (let seed = 1; seed <= 150; seed++) {
    const size = { offices: 4 + (seed % 17), benefits: 5, poolsPerOffice: 3, rowsPerOffice: 12, rules: seed % 8 }
    const yesterday = makeNation(seed, size)
    const today = age(yesterday, seed)
    const cold = plan(today)
    const warm = plan(today, plan(yesterday))
    const sum = ({ flows }: typeof cold) => flows.reduce((total, { minutes }) => total + minutes, 0)
    expect({ seed, objective: warm.objective, moved: sum(warm) }).toEqual({
      seed,
      objective: cold.objective,
      moved: sum(cold),
    })
    expect({ seed, breaches: listBreaches(today, warm) }).toEqual({ seed, breaches: [] })
    expect(warm.basis.from).toBe(plan(yesterday).basis.snapshot)
  }
}, 60_000)

it('makes nothing of a basis that is nonsense', () => {
  const snapshot = makeNation(3, { offices: 12, benefits: 5, poolsPerOffice: 3, rowsPerOffice: 12, rules: 4 })
  const cold = plan(snapshot)
  const tree = cold.basis.tree.map((line, i) => (i % 3 === 0 ? line.replace(/^[A-Z]/, 'F') : line)).reverse()
  const odd = { ...cold, basis: { ...cold.basis, tree: ['', 'S', 'X a b', ...tree] } }
  expect(plan(snapshot, odd).objective).toBe(cold.objective)
})

it('under limits lies within its own gap of the plan made afresh, keeps every limit and repeats byte for byte', () => {
  for (let seed = 1; seed <= 40; seed++) {
    const size = { offices: 5 + (seed % 9), benefits: 4, poolsPerOffice: 3, rowsPerOffice: 10, rules: 3 + (seed % 8) }
    const yesterday = makeNation(seed, size, [...LIMIT_KINDS, ...FREE_KINDS])
    const today = age(yesterday, seed)
    const previous = plan(yesterday)
    const [cold, warm, again] = [plan(today), plan(today, previous), plan(today, previous)]
    expect({ seed, breaches: listBreaches(today, warm) }).toEqual({ seed, breaches: [] })
    expect(warm.bound, `seed ${seed}`).toBeLessThanOrEqual(cold.objective)
    expect(cold.bound, `seed ${seed}`).toBeLessThanOrEqual(warm.objective)
    expect(JSON.stringify({ ...again, ms: 0 })).toBe(JSON.stringify({ ...warm, ms: 0 }))
  }
}, 60_000)
