import { createHash } from 'node:crypto'
import type { Plan, PlanFlow, PlanSnapshot, PlanStuck } from '@tasain/contracts'
import { findStuckCause } from './explain/blocks.ts'
import { gatherEvidence, writeReasons } from './explain/reasons.ts'
import { mergeWork } from './nation/classes.ts'
import { buildUnitCosts } from './nation/costs.ts'
import { openLimits } from './nation/limits.ts'
import { buildNation } from './nation/nation.ts'
import { type Block, buildRulebook } from './nation/rules.ts'
import { parseSnapshot } from './snapshot.ts'
import { loadBasis, writeBasis } from './solve/basis.ts'
import { type RowFlow, splitFlows } from './solve/flows.ts'
import { solveLimited } from './solve/limited.ts'
import { buildModel, type Model, type Problem } from './solve/model.ts'

/** Changes whenever the same snapshot may give another plan. */
export const ENGINE = 'levelling 1'

/**
 * Plans the nation's moves: the same snapshot, previous plan and engine give the same plan, `ms` apart.
 * Throws SnapshotError, naming the field, when the snapshot is not one.
 */
export function plan(given: PlanSnapshot, previous?: Pick<Plan, 'basis'>): Plan {
  const started = performance.now()
  const snapshot = parseSnapshot(given)
  const problem = buildProblem(snapshot)
  const model = buildModel(problem)
  const start = previous?.basis.engine === ENGINE ? previous.basis : undefined
  if (start !== undefined) loadBasis(problem, model, start.tree)
  const { objective, bound, unmet, full, prices } = solveLimited(problem, model, problem.limits, start?.tree)
  const flows = splitFlows(problem, model)
  return {
    objective,
    bound,
    gap: objective > bound ? (objective - bound) / objective : 0,
    ms: Math.round(performance.now() - started),
    basis: {
      engine: ENGINE,
      snapshot: hashSnapshot(snapshot),
      ...(start === undefined ? {} : { from: start.snapshot }),
      tree: [...writeBasis(problem, model), ...prices],
    },
    flows: writeFlows(problem, model, flows, full),
    stuck: writeStuck(problem, flows, full),
    unmet,
  }
}

export function buildProblem(snapshot: PlanSnapshot): Problem {
  const nation = buildNation(snapshot)
  const book = buildRulebook(snapshot, nation)
  const limits = openLimits(snapshot, nation, book)
  const classes = mergeWork(snapshot, nation, book)
  return { nation, book, limits, classes, units: buildUnitCosts(nation, classes.delays) }
}

function hashSnapshot(snapshot: PlanSnapshot): string {
  return createHash('sha256').update(JSON.stringify(snapshot)).digest('hex')
}

type Full = ReadonlyMap<number, Block[]>

function writeFlows(problem: Problem, model: Model, flows: readonly RowFlow[], full: Full): PlanFlow[] {
  const evidence = gatherEvidence(problem, model, flows, full)
  const written = new Map<string, PlanFlow>()
  for (const flow of flows) {
    if (flow.to < 0) continue
    const { office, benefit, language, slackDays } = flow.row
    const to = problem.nation.offices[flow.to]?.id ?? ''
    const isProtected = flow.row.protected ?? false
    const key = JSON.stringify([office, to, benefit, language, slackDays, isProtected])
    const found = written.get(key)
    if (found !== undefined) found.minutes += flow.minutes
    else
      written.set(key, {
        from: office,
        to,
        benefit,
        language,
        slackDays,
        protected: isProtected,
        minutes: flow.minutes,
        reasons: writeReasons(evidence, flow),
      })
  }
  return [...written.values()]
}

function writeStuck({ nation, book }: Problem, flows: readonly RowFlow[], full: Full): PlanStuck[] {
  return flows.flatMap(({ row, to, minutes }) => {
    if (to >= 0) return []
    const { office, benefit, language, slackDays } = row
    const tasks = Math.round((row.tasks * minutes) / row.minutes)
    const from = nation.officeIndex.get(office) ?? -1
    const spent = nation.offices.flatMap((_, other) => full.get(from * nation.offices.length + other) ?? [])
    const cause = findStuckCause(nation, book, row, spent)
    return [{ office, benefit, language, slackDays, protected: row.protected ?? false, minutes, tasks, cause }]
  })
}
