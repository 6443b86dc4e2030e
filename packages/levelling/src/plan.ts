import { createHash } from 'node:crypto'
import type { Plan, PlanFlow, PlanSnapshot, PlanStuck, PlanWork } from '@tasain/contracts'
import { findStuckCause } from './explain/blocks.ts'
import { gatherEvidence, type OfficePrices, writeReasons } from './explain/reasons.ts'
import { mergeWork } from './nation/classes.ts'
import { layOutWork, type WorkColumns } from './nation/columns.ts'
import { buildUnitCosts } from './nation/costs.ts'
import { openLimits } from './nation/limits.ts'
import { buildNation, type Nation } from './nation/nation.ts'
import { type Block, buildRulebook } from './nation/rules.ts'
import { parseSnapshot, setStraysAside } from './snapshot.ts'
import { type EarlierBasis, readBasis, writeBasis } from './solve/basis.ts'
import { type RowFlow, splitFlows } from './solve/flows.ts'
import { findHomeBasis } from './solve/home.ts'
import { type Solved, solveLimited } from './solve/limited.ts'
import { buildModel, type Model, type Problem } from './solve/model.ts'
import { findPrices } from './solve/pricing.ts'
import { startFrom } from './solve/start.ts'

/** Changes whenever the same snapshot may give another plan. */
export const ENGINE = 'levelling 7'

/**
 * Plans the nation's moves: the same snapshot, previous plan and engine give the same plan, `ms` apart.
 * Throws SnapshotError, naming the field, when the snapshot is not one.
 */
export function plan(given: PlanSnapshot, previous?: Pick<Plan, 'basis'>): Plan {
  const started = performance.now()
  const { snapshot, strays } = setStraysAside(parseSnapshot(given))
  const problem = buildProblem(snapshot)
  const start = previous?.basis.engine === ENGINE ? previous.basis : undefined
  const solved = solveProblem(problem, start?.tree ?? [])
  const { objective, bound, unmet, tree } = solved
  return {
    objective,
    bound,
    gap: objective > bound ? (objective - bound) / objective : 0,
    ms: Math.round(performance.now() - started),
    basis: {
      engine: ENGINE,
      snapshot: problem.snapshotHash,
      ...(start === undefined ? {} : { from: start.snapshot }),
      tree,
    },
    flows: writeFlows(problem, solved),
    stuck: [...writeStuck(problem, solved), ...strays.map(writeStray)],
    unmet,
  }
}

type SolvedProblem = Omit<Solved, 'prices'> & { tree: string[]; flows: RowFlow[]; prices: OfficePrices }

/** The network itself is let go of with this: all that is said of the nation's plan would not fit beside it. */
function solveProblem(problem: Problem, lines: readonly string[]): SolvedProblem {
  const model = buildModel(problem)
  const { sent } = startModel(problem, model, lines)
  const { prices, ...solved } = solveLimited(problem, model, problem.limits, { lines, sent })
  const flows = splitFlows(problem, model)
  return {
    ...solved,
    tree: [...writeBasis(problem, model), ...prices],
    flows,
    prices: { price: findPrices(problem, model).price, scale: model.scale },
  }
}

/** Work by column is let go of with this; what is left of it stands in its classes. */
export function buildProblem(snapshot: PlanSnapshot): Problem {
  const work = layOutWork(snapshot)
  const nation = buildNation(snapshot, work)
  const book = buildRulebook(snapshot, nation)
  const limits = openLimits(snapshot, nation, book)
  const limited = new Set(limits.flatMap(({ ways }) => ways))
  const classes = mergeWork(snapshot, nation, work, book, limited)
  const units = buildUnitCosts(nation, classes.delays)
  return { snapshotHash: hashSnapshot(snapshot, work), nation, book, limits, limited, classes, units }
}

/** Sets the network on an earlier plan's tree, or on every office by itself. */
export function startModel(problem: Problem, model: Model, lines: readonly string[]): EarlierBasis {
  const home = findHomeBasis(problem, model)
  const basis = lines.length > 0 ? readBasis(problem, model, lines) : { ...home, sent: new Map() }
  startFrom(problem, model, basis, home.tree)
  return basis
}

/** Rows of work are hashed by column: writing them out would take longer than planning them anew. */
function hashSnapshot(snapshot: PlanSnapshot, work: WorkColumns): string {
  const hash = createHash('sha256')
  hash.update(JSON.stringify([{ ...snapshot, work: [], coming: [] }, work.benefits, work.languages]))
  const { office, benefit, language, slackDays, inDays, minutes, tasks, flags } = work
  for (const column of [office, benefit, language, slackDays, inDays, minutes, tasks, flags]) hash.update(column)
  return hash.digest('hex')
}

function writeFlows(problem: Problem, { flows, full, prices }: SolvedProblem): PlanFlow[] {
  const evidence = gatherEvidence(problem, prices, flows, full)
  return flows.flatMap((flow) => {
    if (flow.to < 0) return []
    const { office: from, benefit, language, slackDays } = flow.row
    const to = problem.nation.offices[flow.to]?.id ?? ''
    const reasons = writeReasons(evidence, flow)
    return [
      {
        from,
        to,
        benefit,
        language,
        slackDays,
        protected: flow.row.protected ?? false,
        minutes: flow.minutes,
        reasons,
      },
    ]
  })
}

function writeStuck({ nation, book }: Problem, { flows, full }: SolvedProblem): PlanStuck[] {
  const known = new Map<string, PlanStuck['cause']>()
  return flows.flatMap(({ row, to, minutes }) => {
    if (to >= 0) return []
    const { office, benefit, language, slackDays, movable } = row
    const key = JSON.stringify([office, benefit, language, row.protected ?? false, movable ?? true])
    const from = nation.officeIndex.get(office) ?? -1
    const cause = known.get(key) ?? findStuckCause(nation, book, row, listSpent(nation, full, from))
    known.set(key, cause)
    const tasks = Math.round((row.tasks * minutes) / row.minutes)
    return [{ office, benefit, language, slackDays, protected: row.protected ?? false, minutes, tasks, cause }]
  })
}

function writeStray({ office, benefit, language, slackDays, minutes, tasks, ...row }: PlanWork): PlanStuck {
  const cause = { code: 'unknownOffice' as const, rules: [] }
  return { office, benefit, language, slackDays, protected: row.protected ?? false, minutes, tasks, cause }
}

/** The limits a plan used up on the ways out of an office. */
function listSpent({ offices }: Nation, full: Solved['full'], from: number): Block[] {
  return full.size === 0 ? [] : offices.flatMap((_, other) => full.get(from * offices.length + other) ?? [])
}
