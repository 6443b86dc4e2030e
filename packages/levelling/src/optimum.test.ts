import { describe, expect, it } from 'vitest'
import { countStuck, listBreaches } from '../testing/checker.ts'
import { FREE_KINDS, makeNation } from '../testing/nation.ts'
import { solveByHighs } from '../testing/oracle.ts'
import { plan } from './index.ts'

const INSTANCES = 60

describe('the plan without share limits', () => {
  it(`costs and moves exactly as much as the optimum HiGHS finds, on ${INSTANCES} random nations`, async () => {
    const met = new Map<string, number>()
    for (let seed = 1; seed <= INSTANCES; seed++) {
      const size = { offices: 5 + (seed % 9), benefits: 4, poolsPerOffice: 3, rowsPerOffice: 10, rules: seed % 8 }
      const snapshot = { ...makeNation(seed, size), ...(seed % 3 === 0 && { costs: { km: 40, far: 5 } }) }
      for (const { kind } of snapshot.rules) met.set(kind, (met.get(kind) ?? 0) + 1)
      const planned = plan(snapshot)
      const best = await solveByHighs(snapshot)
      const moved = planned.flows.reduce((sum, { minutes }) => sum + minutes, 0)
      expect({ seed, objective: planned.objective, moved }).toEqual({ seed, ...best })
      expect(planned.bound).toBe(planned.objective)
    }
    for (const kind of FREE_KINDS) expect(met.get(kind) ?? 0, kind).toBeGreaterThanOrEqual(10)
  }, 60_000)

  it('breaks no rule, sends nothing bound and asks no hands that are not there, on 300 random nations', () => {
    for (let seed = 1000; seed < 1300; seed++) {
      const size = { offices: 4 + (seed % 17), benefits: 5, poolsPerOffice: 3, rowsPerOffice: 12, rules: seed % 12 }
      const snapshot = makeNation(seed, size)
      expect({ seed, breaches: listBreaches(snapshot, plan(snapshot)) }).toEqual({ seed, breaches: [] })
    }
  }, 60_000)

  it('reports as stuck exactly what nobody permitted can do, on 300 random nations', () => {
    for (let seed = 3000; seed < 3300; seed++) {
      const size = { offices: 2 + (seed % 9), benefits: 5, poolsPerOffice: 2, rowsPerOffice: 12, rules: seed % 12 }
      const snapshot = makeNation(seed, size)
      const stuck: Record<string, number> = {}
      for (const { office, minutes } of plan(snapshot).stuck) stuck[office] = (stuck[office] ?? 0) + minutes
      expect({ seed, stuck }).toEqual({ seed, stuck: countStuck(snapshot) })
    }
  }, 60_000)

  it('is the same byte for byte every time, time taken apart', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const size = { offices: 20, benefits: 6, poolsPerOffice: 3, rowsPerOffice: 20, rules: 6 }
      const [first, second] = [plan(makeNation(seed, size)), plan(makeNation(seed, size))]
      expect(JSON.stringify({ ...second, ms: 0 })).toBe(JSON.stringify({ ...first, ms: 0 }))
    }
  })
})
