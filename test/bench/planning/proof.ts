import type { PlanRuleKind, PlanSnapshot } from '@tasain/contracts'
import { PLAN_RULE_KINDS } from '@tasain/contracts'
import { plan } from '@tasain/levelling'
import { listBreaches } from '@tasain/levelling/testing/checker'
import { FREE_KINDS, LIMIT_KINDS, makeNation } from '@tasain/levelling/testing/nation'
import { solveByHighs } from '@tasain/levelling/testing/oracle'

export type Proof = {
  instances: number
  /** Plans that cost or move something else than HiGHS finds, or under limits do not enclose it, or break a rule. */
  mismatches: number
  /** The greatest share by which a plan without limits lies above the optimum over all permitted arcs. */
  gap: number
  /** Instances with a rule of the kind. */
  withKind: Record<PlanRuleKind, number>
}

const FIRST_SEED = 700_001

/** Random nations against HiGHS, which is given every row, pool and bucket as they stand: forty of 20 offices, ten of 50, twenty with limits. */
export async function proveOnInstances(): Promise<Proof> {
  const proof: Proof = { instances: 0, mismatches: 0, gap: 0, withKind: countNothing() }
  const size = { benefits: 5, poolsPerOffice: 2, rules: 6 }
  for (let i = 0; i < 40; i++)
    await prove(proof, makeNation(FIRST_SEED + i, { ...size, offices: 20, rowsPerOffice: 10 }, FREE_KINDS))
  for (let i = 0; i < 10; i++)
    await prove(proof, makeNation(FIRST_SEED + 100 + i, { ...size, offices: 50, rowsPerOffice: 4 }, FREE_KINDS))
  for (let i = 0; i < 20; i++) {
    const snapshot = makeNation(FIRST_SEED + 200 + i, { ...size, offices: 20, rowsPerOffice: 10 }, LIMIT_KINDS)
    // HiGHS knows no price for work that limits leave without hands: there is none here.
    const skills = { benefits: listBenefits(snapshot), languages: ['fi', 'sv'], cleared: true }
    for (const { id } of snapshot.offices) snapshot.pools.push({ office: id, ...skills, minutesPerDay: 60 })
    await prove(proof, snapshot)
  }
  return proof
}

async function prove(proof: Proof, snapshot: PlanSnapshot): Promise<void> {
  const limited = snapshot.rules.some(({ kind }) => LIMIT_KINDS.includes(kind))
  const planned = plan(snapshot)
  const best = await solveByHighs(snapshot, limited)
  if (best === undefined) throw new Error('HiGHS finds no plan at all')
  proof.instances += 1
  for (const kind of new Set(snapshot.rules.map((rule) => rule.kind))) proof.withKind[kind] += 1
  const moved = planned.flows.reduce((sum, { minutes }) => sum + minutes, 0)
  const slack = best.objective * 1e-9 + 1
  const agrees = limited
    ? planned.bound <= best.objective + slack && planned.objective >= best.objective - slack && planned.gap <= 0.005
    : planned.objective === best.objective && moved === best.moved
  if (!limited && best.objective > 0)
    proof.gap = Math.max(proof.gap, (planned.objective - best.objective) / best.objective)
  if (!agrees || listBreaches(snapshot, planned).length > 0) proof.mismatches += 1
}

function listBenefits({ work }: PlanSnapshot): string[] {
  return [...new Set(work.map(({ benefit }) => benefit))]
}

function countNothing(): Record<PlanRuleKind, number> {
  const counts = PLAN_RULE_KINDS.map((kind) => [kind, 0])
  return Object.fromEntries(counts)
}
