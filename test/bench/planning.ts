import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { PlanSnapshot } from '@tasain/contracts'
import { plan } from '@tasain/levelling'
import { type CandidateNetwork, makeCandidateNetwork } from '@tasain/levelling/testing/network'
import { type Benchmark, quantile, round } from './figures.ts'
import { measureMemory } from './planning/memory.ts'
import { expectMore, makeNation } from './planning/nation.ts'
import { compileLemon, solveByClp, solveByHighs, solveByLemon, writeDimacs, writeMps } from './planning/peers.ts'
import { proveOnInstances } from './planning/proof.ts'
import { measurePlans } from './planning/speed.ts'

const seed = 700_500
const tasks = 2_000

type Say = (line: string) => void
type Figures = Record<string, unknown>

/**
 * The planner against HiGHS on instances not tuned on, its time and memory on the whole nation, and beside it LEMON, HiGHS and
 * clp on the same files. Milliseconds, medians; one thread of this process plans.
 */
export const run: Benchmark = async ({ say, only }) => {
  const folder = await mkdtemp(join(tmpdir(), 'tasain-planning-'))
  const parts: Record<string, () => Promise<Figures>> = {
    proof: () => prove(say),
    speed: () => Promise.resolve(measureNation(say)),
    peers: () => comparePeers(say, folder),
    limits: () => Promise.resolve(measureLimits(say)),
    memory: () => weigh(say, folder),
  }
  try {
    const figures: Figures = {}
    for (const [name, measure] of Object.entries(parts))
      if (only === undefined || only.includes(name)) Object.assign(figures, await measure())
    return figures
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function prove(say: Say): Promise<Figures> {
  const { instances, mismatches, gap, withKind } = await proveOnInstances()
  say(`instances against HiGHS     ${instances}, of which ${mismatches} differ`)
  say(`above the all-arcs optimum  ${round(gap * 100, 4)} % at most: absent arcs are priced until none pays`)
  const kinds = Object.entries(withKind).map(([kind, count]) => `${kind} ${count}`)
  say(`instances with a rule of    ${kinds.join(', ')}`)
  return { instances, oracleMismatches: mismatches, candidateGap: gap, withKind }
}

function measureNation(say: Say): Figures {
  const [nation200, nation400] = [200, 400].map((offices) => makeNation(seed, { offices, tasks }))
  if (nation200 === undefined || nation400 === undefined) throw new Error('no nation')
  const of200 = measurePlans(nation200, { cold: 3, warm: 7 })
  const of400 = measurePlans(nation400, { cold: 1, warm: 5 })
  const ahead200 = measurePlans(expectMore(nation200), { cold: 1, warm: 5 })
  const ahead400 = measurePlans(expectMore(nation400), { cold: 1, warm: 3 })
  const figures = {
    cold200: round(of200.cold),
    warm200: round(of200.warm),
    cold400: round(of400.cold),
    warm400: round(of400.warm),
    coldAhead200: round(ahead200.cold),
    warmAhead200: round(ahead200.warm),
    warmAhead400: round(ahead400.warm),
  }
  say(`200 offices, 400,000 tasks  cold ${figures.cold200} ms, warm after 1 % change ${figures.warm200} ms`)
  say(`400 offices, 800,000 tasks  cold ${figures.cold400} ms, warm after 1 % change ${figures.warm400} ms`)
  say(
    `with the work to come       200 offices cold ${figures.coldAhead200} ms, warm ${figures.warmAhead200} ms; 400 warm ${figures.warmAhead400} ms`,
  )
  return figures
}

async function comparePeers(say: Say, folder: string): Promise<Figures> {
  const lemon = await compileLemon(folder)
  if (lemon === undefined) say('LEMON is not compared with: g++ or liblemon-dev is missing')
  const nation = makeNation(seed, { offices: 200, tasks })
  const large = makeCandidateNetwork(nation)
  const ours = timeOurs(large, 5)
  const theirs = lemon === undefined ? undefined : await timeLemon(lemon, large, join(folder, 'large.min'), 5)
  const isSame = theirs === undefined || theirs.cost === ours.cost
  say(`200 offices, one file of ${large.flow.nodes} nodes and ${large.flow.arcs.length} arcs, each from scratch:`)
  say(`  our network simplex       ${round(ours.ms)} ms`)
  say(
    `  LEMON's network simplex   ${theirs === undefined ? '–' : `${round(theirs.ms)} ms`}${isSame ? '' : ', ANOTHER COST'}`,
  )
  const small = makeCandidateNetwork(makeNation(seed, { offices: 50, tasks }))
  const oursSmall = timeOurs(small, 5)
  const lemonSmall = lemon === undefined ? undefined : await timeLemon(lemon, small, join(folder, 'small.min'), 5)
  await writeMps(small.flow, join(folder, 'small.mps'))
  const clp = await solveByClp(join(folder, 'small.mps'))
  const highs = await solveByHighs(small.flow)
  if (clp === undefined) say('clp is not compared with: coinor-clp is missing, or took over ten minutes')
  const show = (ms: number | undefined): string => (ms === undefined ? '–' : `${round(ms)} ms`)
  say(
    `50 offices, one file        ours ${show(oursSmall.ms)}, LEMON ${show(lemonSmall?.ms)}, clp ${show(clp?.ms)}, HiGHS ${show(highs.ms)}`,
  )
  const all = plan(nation).objective
  const lost = large.objective() / all - 1
  say(
    `candidates alone            ${round(lost * 100, 3)} % above the optimum over all arcs; the planner adds what they lack`,
  )
  return {
    coldVsLemon: theirs === undefined ? null : round(ours.ms / theirs.ms, 3),
    simplex200: round(ours.ms),
    lemon200: theirs === undefined ? null : round(theirs.ms),
    sameCostAsLemon: isSame,
    simplex50: round(oursSmall.ms),
    lemon50: lemonSmall === undefined ? null : round(lemonSmall.ms),
    clp50: clp === undefined ? null : round(clp.ms),
    highs50: round(highs.ms),
    candidatesAlone: lost,
  }
}

type Timed = { ms: number; cost: number }

function timeOurs({ solve }: CandidateNetwork, runs: number): Timed {
  let cost = 0
  const times = Array.from({ length: runs }, () => {
    const started = performance.now()
    cost = solve()
    return performance.now() - started
  })
  return { ms: quantile(times, 0.5), cost }
}

async function timeLemon(binary: string, { flow }: CandidateNetwork, file: string, runs: number): Promise<Timed> {
  await writeDimacs(flow, file)
  const solved: Timed[] = []
  for (let i = 0; i < runs; i++) solved.push(await solveByLemon(binary, file))
  const times = solved.map(({ ms }) => ms)
  return { ms: quantile(times, 0.5), cost: solved[0]?.cost ?? Number.NaN }
}

function measureLimits(say: Say): Figures {
  const figures = {
    limitGap: new Map<string, number>(),
    limitCold: new Map<string, number>(),
    limitWarm: new Map<string, number>(),
  }
  say('limits at a quarter of the offices each way:')
  for (const offices of [50, 100, 200]) {
    const snapshot = makeNation(seed, { offices, tasks, limited: true })
    const { cold, warm, gap } = measurePlans(snapshot, { cold: offices < 200 ? 3 : 1, warm: 3 })
    say(
      `  ${offices} offices  cold ${round(cold)} ms, warm ${round(warm)} ms, certified gap ${round(gap * 100, 4)} % at most`,
    )
    figures.limitGap.set(String(offices), gap)
    figures.limitCold.set(String(offices), round(cold))
    figures.limitWarm.set(String(offices), round(warm))
  }
  return Object.fromEntries(Object.entries(figures).map(([key, byOffices]) => [key, Object.fromEntries(byOffices)]))
}

async function weigh(say: Say, folder: string): Promise<Figures> {
  const nation = makeNation(seed, { offices: 400, tasks: 2_500 })
  const open = nation.work.reduce((sum, row) => sum + row.tasks, 0)
  const mib = await weighPlan(nation, join(folder, 'million.json'))
  const ahead = await weighPlan(expectMore(nation), join(folder, 'million-ahead.json'))
  if (mib === undefined || ahead === undefined) say('memory is not measured: this system keeps no count of it')
  else {
    say(`memory at ${open} tasks in ${nation.work.length} rows  ${round(mib)} MiB at its peak, Node included`)
    say(`with the work to come       ${round(ahead)} MiB`)
  }
  return { miB1M: mib === undefined ? null : round(mib), miBAhead1M: ahead === undefined ? null : round(ahead) }
}

async function weighPlan(nation: PlanSnapshot, file: string): Promise<number | undefined> {
  await writeFile(file, JSON.stringify(nation))
  return await measureMemory(file)
}
