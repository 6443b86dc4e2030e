import type { PlanFlow } from '@tasain/contracts'
import type { Database, Log } from '@tasain/kit'
import { isRestrictedKey } from '../receiving/queue-key.ts'
import { findObjection, type QueueDays } from '../rules/obey.ts'
import { nameVersion, type Place, type Version } from '../rules/rule.ts'
import { listInForce, shareRules } from '../rules/rules.store.ts'
import type { BalancerTx, Schema } from '../schema.ts'
import { applyInChunks } from './chunks.work.ts'
import { addSent, type Limit, type LimitBases, listLimits, makeSpender } from './limits.ts'
import { applyMoves, takeTurn, type WantedMove } from './moving.store.ts'
import { countRuleWrites, listSentIfLimited } from './routing.store.ts'
import { measureLimits, measureQueueDays, type PlanInput } from './snapshot.ts'

/** A plan's moves, and what the plan was made from. */
export type ToApply = {
  planId: string
  flows: readonly PlanFlow[]
  wanted: readonly WantedMove[]
  input: PlanInput
}

/** The rules of this moment and what is left under them. */
type Law = { writes: number; inForce: readonly Version[]; limits: readonly Limit[] }

type Applying = ToApply & {
  places: ReadonlyMap<string, Place>
  days: QueueDays
  bases: LimitBases
  law?: Law
  /** Tasks that a rule or its limit kept back, by the rule's name. */
  refused: Map<string, number>
  /** Of these, the ones that a rule forbade which the planner knew. */
  disputed: Map<string, number>
  restrictedMoved: number
}

/** `restrictedSkipped`: of those skipped, the ones under protection. */
export type Applied = { moved: number; skipped: number; restrictedSkipped: number }

/** Makes a plan's moves a chunk at a time, each checked once more, as long as it may. What rules kept back is logged. */
export async function applyPlan(
  { database, log }: { database: Database<Schema>; log: Log },
  plan: ToApply,
  mayGoOn: () => Promise<boolean>,
): Promise<Applied> {
  const { planId, wanted, input } = plan
  const applying: Applying = {
    ...plan,
    places: new Map(input.places.map((place) => [place.id, place])),
    days: measureQueueDays(input),
    bases: measureLimits(input),
    refused: new Map(),
    disputed: new Map(),
    restrictedMoved: 0,
  }
  const apply = (chunk: readonly WantedMove[]) =>
    database.db.transaction().execute((tx) => applyChunk(tx, applying, chunk))
  const moved = await applyInChunks(wanted, apply, mayGoOn)
  const { refused, disputed } = applying
  if (refused.size > 0)
    log.warn({ planId, refused: Object.fromEntries(refused) }, 'rules and their limits kept planned moves back')
  if (disputed.size > 0)
    log.error(
      { alarm: 'plan_against_rule', planId, refused: Object.fromEntries(disputed) },
      'a plan asked for moves that a rule it was made under forbids',
    )
  const restrictedWanted = wanted.filter(({ queueKey }) => isRestrictedKey(queueKey)).length
  return { moved, skipped: wanted.length - moved, restrictedSkipped: restrictedWanted - applying.restrictedMoved }
}

/** Checks each move against the rules and limits of this very moment, which cannot change until the chunk is written. */
async function applyChunk(tx: BalancerTx, applying: Applying, moves: readonly WantedMove[]): Promise<number> {
  const { planId, flows } = applying
  if (!(await takeTurn(tx, planId))) return 0
  await shareRules(tx)
  const law = await readLaw(tx, applying)
  const allowed = listAllowed(applying, law, moves)
  const gone = allowed.length === 0 ? [] : await applyMoves(tx, planId, allowed, flows)
  applying.restrictedMoved += gone.reduce((sum, { restricted }) => sum + restricted, 0)
  applying.law = { ...law, limits: addSent(law.limits, gone) }
  return gone.reduce((sum, { tasks }) => sum + tasks, 0)
}

/** Read once a plan, and again only when somebody has written a rule: whoever else sends anything has the word after it. */
async function readLaw(tx: BalancerTx, { law, bases, input: { today } }: Applying): Promise<Law> {
  const writes = await countRuleWrites(tx)
  if (law?.writes === writes) return law
  const inForce = await listInForce(tx, today)
  return { writes, inForce, limits: listLimits(inForce, bases, await listSentIfLimited(tx, inForce, today)) }
}

function listAllowed(
  { places, days, input, refused, disputed }: Applying,
  { inForce, limits }: Law,
  moves: readonly WantedMove[],
): WantedMove[] {
  const isAsPlanned = listNames(inForce) === listNames(input.rules)
  const spend = makeSpender(limits)
  return moves.filter((move) => {
    const [from, to] = [places.get(move.from), places.get(move.to)]
    if (!from || !to) return false
    const forbidding = findObjection({ from, to, benefit: move.benefit }, inForce, days)
    if (forbidding !== undefined && isAsPlanned) addOne(disputed, forbidding)
    const refusing = forbidding ?? spend(from.id, to.id, move.minutes)
    if (refusing !== undefined) addOne(refused, refusing)
    return refusing === undefined
  })
}

function listNames(rules: readonly Version[]): string {
  return rules.map(nameVersion).toSorted().join(' ')
}

function addOne(counts: Map<string, number>, name: string): void {
  counts.set(name, (counts.get(name) ?? 0) + 1)
}
