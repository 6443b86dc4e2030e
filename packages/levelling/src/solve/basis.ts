import { type Delay, isAble, keySupply, listPoolsAt } from '../nation/classes.ts'
import { BUCKETS } from '../nation/nation.ts'
import { addTransfer, type Model, type Problem } from './model.ts'
import type { Basis } from './start.ts'
import { findTransfer } from './transfers.ts'

/**
 * The tree of a solved network as lines that outlive the day. First the words, one a line, later lines name them by place:
 * `D` slack, weight and first bucket of a delay, `K` name of a kind, `O` id of an office. Then `P` office, place of the pool in it, its
 * buckets (`B` in the tree, `F` full outside it, `-` neither), and the tree's arcs to them as delay × buckets + bucket.
 * Then `S` office, kind, delay, 1 when it may leave, and the tree's arcs to pools by place, -1 for nowhere to go; a place
 * with `=` says how many minutes go there over a way that a limit binds.
 */
export function writeBasis(problem: Problem, model: Model): string[] {
  const { nation, classes } = problem
  const { net, bucketArc, waitArc } = model
  const delays = classes.delays.length
  const lines = [
    ...classes.delays.map((delay) => `D ${nameDelay(delay)}`),
    ...classes.kinds.map(({ name }) => `K ${name}`),
    ...nation.offices.map(({ id }) => `O ${id}`),
  ]
  nation.pools.forEach(({ office }, p) => {
    let buckets = ''
    for (let t = 0; t < BUCKETS; t++) {
      const arc = bucketArc[p * BUCKETS + t] ?? -1
      buckets += arc < 0 || net.state[arc] === 1 ? '-' : net.state[arc] === 0 ? 'B' : 'F'
    }
    // Joined, a line is one piece; added up, it would be held as the many pieces it came from.
    const words = ['P', office, p - (nation.poolFirst[office] ?? 0), buckets]
    for (let at = 0; at < delays * BUCKETS; at++) {
      const arc = waitArc[p * delays * BUCKETS + at] ?? -1
      if (arc >= 0 && net.state[arc] === 0) words.push(at)
    }
    lines.push(words.join(' '))
  })
  return lines.concat(writeSupplies(problem, model))
}

function writeSupplies({ classes, limited }: Problem, { net, homeArc, supplyNode, transfers }: Model): string[] {
  const lines: string[] = []
  classes.supplies.forEach(({ office, kind, delay, mayLeave }, s) => {
    if ((supplyNode[s] ?? -1) < 0) return
    const words: (string | number)[] = ['S', office, kind, delay, mayLeave ? 1 : 0]
    const home = listPoolsAt(classes.kinds[kind], office)
    const first = homeArc[s] ?? 0
    if (home.length === 0 && net.state[first] === 0) words.push(-1)
    for (let i = 0; i < home.length; i++) if (net.state[first + i] === 0) words.push(home[i] ?? -1)
    for (let at = transfers.last[s] ?? -1; at >= 0; at = transfers.prior[at] ?? -1) {
      const arc = transfers.arc[at] ?? 0
      const pool = transfers.pool[at] ?? 0
      if (net.state[arc] === 0) words.push(pool)
      if ((net.flow[arc] ?? 0) > 0 && limited.has(transfers.way[at] ?? 0)) words.push(`${pool}=${net.flow[arc]}`)
    }
    lines.push(words.join(' '))
  })
  return lines
}

const nameDelay = ({ slack, weight, from }: Delay) => `${slack} ${weight}${from > 0 ? ` ${from}` : ''}`

/** Today's places of what an earlier plan's lines name, by their own places there; -1 for what is no more. */
type Places = { delays: number[]; kinds: number[]; offices: number[]; pools: number[] }

/** With the minutes an earlier plan sent over limited ways, by arc. */
export type EarlierBasis = Basis & { sent: Map<number, number> }

/** The arcs of today's network that an earlier plan's lines name; transfers that are permitted today are added to it. */
export function readBasis(problem: Problem, model: Model, lines: readonly string[]): EarlierBasis {
  const { nation, classes } = problem
  const kindIndex = new Map(classes.kinds.map(({ name }, kind) => [name, kind]))
  const delayIndex = new Map(classes.delays.map((delay, place) => [nameDelay(delay), place]))
  const places: Places = { delays: [], kinds: [], offices: [], pools: [] }
  const basis: EarlierBasis = { tree: [], full: [], sent: new Map() }
  for (const line of lines) {
    const rest = line.slice(2)
    if (line.startsWith('S ')) readSupply(problem, model, places, rest.split(' '), basis)
    else if (line.startsWith('P ')) readPool(problem, model, places, rest.split(' '), basis)
    else if (line.startsWith('O ')) places.offices.push(nation.officeIndex.get(rest) ?? -1)
    else if (line.startsWith('K ')) places.kinds.push(kindIndex.get(rest) ?? -1)
    else if (line.startsWith('D ')) places.delays.push(delayIndex.get(rest) ?? -1)
  }
  basis.tree = basis.tree.filter((arc) => arc >= 0)
  basis.full = basis.full.filter((arc) => arc >= 0)
  return basis
}

function readPool(problem: Problem, model: Model, places: Places, words: readonly string[], basis: Basis): void {
  const [number, place, buckets = '', ...waits] = words
  const { poolFirst } = problem.nation
  const office = places.offices[Number(number)] ?? -1
  const pool = (poolFirst[office] ?? 0) + Number(place)
  const known = office >= 0 && pool < (poolFirst[office + 1] ?? 0)
  places.pools.push(known ? pool : -1)
  if (!known) return
  for (let t = 0; t < BUCKETS; t++) {
    const arc = model.bucketArc[pool * BUCKETS + t] ?? -1
    if (buckets[t] === 'B') basis.tree.push(arc)
    if (buckets[t] === 'F') basis.full.push(arc)
  }
  for (const wait of waits) {
    const delay = places.delays[Math.floor(Number(wait) / BUCKETS)] ?? -1
    const at = (pool * problem.classes.delays.length + delay) * BUCKETS + (Number(wait) % BUCKETS)
    if (delay >= 0) basis.tree.push(model.waitArc[at] ?? -1)
  }
}

function readSupply(
  problem: Problem,
  model: Model,
  places: Places,
  words: readonly string[],
  basis: EarlierBasis,
): void {
  const [number, name, wait, leaves, ...targets] = words
  const office = places.offices[Number(number)] ?? -1
  const kind = places.kinds[Number(name)] ?? -1
  const delay = places.delays[Number(wait)] ?? -1
  const s = problem.classes.supplyIndex[office]?.get(keySupply(kind, delay, leaves === '1')) ?? -1
  if (kind < 0 || delay < 0 || (model.supplyNode[s] ?? -1) < 0) return
  for (const target of targets) {
    const [place, minutes] = target.split('=')
    const arc = findArc(problem, model, s, place === '-1' ? -1 : places.pools[Number(place)])
    if (minutes === undefined) basis.tree.push(arc)
    else if (arc >= 0) basis.sent.set(arc, Number(minutes))
  }
}

/** The arc of a supply to a pool, or to nowhere (-1); a transfer is added when it is permitted today. -1 when there is none. */
function findArc(problem: Problem, model: Model, s: number, pool: number | undefined): number {
  const { nation, classes } = problem
  const supply = classes.supplies[s]
  if (supply === undefined || pool === undefined) return -1
  const kind = classes.kinds[supply.kind]
  const first = model.homeArc[s] ?? -1
  if (pool < 0) return isAble(kind, supply.office) ? -1 : first
  const to = nation.pools[pool]?.office ?? -1
  const home = listPoolsAt(kind, supply.office).indexOf(pool)
  if (home >= 0) return first + home
  const known = findTransfer(model.transfers, s, pool)
  if (known >= 0) return model.transfers.arc[known] ?? -1
  const way = supply.office * nation.offices.length + to
  const open = model.pairOpen[way] === 1 && !(supply.isComing && problem.limited.has(way))
  const takes = kind?.takers.includes(to) === true && listPoolsAt(kind, to).includes(pool)
  return supply.mayLeave && open && takes ? addTransfer(problem, model, s, pool) : -1
}
