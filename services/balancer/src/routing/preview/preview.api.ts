import { type Caller, maySeeRestrictedFigures, previewRule, type RulePreview } from '@tasain/contracts'
import { type Clock, createLimiter, createShared, type Database, parseShape, refuse, whileAsked } from '@tasain/kit'
import { helsinkiDate, newId } from '@tasain/vocabulary'
import express, { type Request, type Response } from 'express'
import type * as z from 'zod'
import { isRestrictedKey } from '../../receiving/queue-key.ts'
import { judgeWriting } from '../../rules/authority.ts'
import { checkContradictions } from '../../rules/contradictions.store.ts'
import type { BalancerDoor, Schema } from '../../schema.ts'
import { listSent } from '../moving.store.ts'
import { findLastBasis } from '../plan.store.ts'
import { readPlanInput } from '../routing.store.ts'
import { buildSnapshot, listRates, type PlanInput } from '../snapshot.ts'
import { guessArrivals } from './arrivals.store.ts'
import { addRule, makeTried, mergeRates, summarisePlan } from './preview.ts'
import { tryRules } from './preview.work.ts'

const json = express.json({ limit: '100kb' })

/** One trial takes the machine for seconds: they come one after another, and of a person's one is in hand and one waits. */
const limits = { atOnce: 1, waiting: 32, waitingEach: 1 }
type Needs = { database: Database<Schema>; clock: Clock }
type Asked = z.output<typeof previewRule>

/** POST /rules/preview: a dry run of the next plan and four simulated weeks, without a rule and with it. Writes nothing. */
export function mountPreview(door: BalancerDoor, house: Needs): void {
  const limiter = createLimiter(limits)
  const previews = createShared<RulePreview>()
  // A raw route: no transaction stays open while the weeks go by, and a question taken back ends the trial.
  door.raw(['post'], '/rules/preview', 'rule.write', async ({ caller }, request, response) => {
    const asked = parseShape(previewRule, await readBody(request, response))
    // The nation is read when its turn comes: what waits holds no more than the question.
    const inTurn = (gone: AbortSignal) =>
      limiter.run(caller.subject, (until) => makePreview(house, caller, asked, until), { signal: gone })
    const send = (preview: RulePreview) => Promise.resolve(void response.json(preview))
    await whileAsked(response, (signal) =>
      previews.lend(JSON.stringify([caller.subject, asked]), inTurn, send, { signal }),
    )
  })
}

async function makePreview(
  { database, clock }: Needs,
  caller: Caller,
  asked: Asked,
  signal: AbortSignal,
): Promise<RulePreview> {
  const now = clock.now()
  const today = helsinkiDate(now)
  const reading = database.db.transaction().setIsolationLevel('repeatable read')
  const { input, basis, arrivals, rules } = await reading.execute(async (tx) => {
    const counted = { restricted: maySeeRestrictedFigures(caller.roles) }
    const whole = { ...(await readPlanInput(tx, today)), sent: await listSent(tx, today, counted) }
    const read = counted.restricted ? whole : leaveOutRestricted(whole)
    const tried = makeTried(read.rules, asked, { today, newId })
    // What could not be saved has no future to look at.
    const judged = judgeWriting([tried], [], { caller, places: read.places, today })
    if ('refusal' in judged) throw refuse(judged.refusal)
    await checkContradictions(tx, tried, read.places)
    const basis = await findLastBasis(tx)
    // Where nothing is counted, as where all work was loaded, the weeks would say nothing if nothing came in.
    const guessed = whole.arrivals.length > 0 ? read.arrivals : await guessArrivals(tx, today)
    const arrivals = counted.restricted ? guessed : guessed.filter(({ queueKey }) => !isRestrictedKey(queueKey))
    return { input: read, basis, arrivals, rules: addRule(read.rules, tried) }
  })
  const coming = mergeRates(listRates({ ...input, arrivals }))
  const before = buildSnapshot(input)
  const after = buildSnapshot({ ...input, rules })
  const tried = await tryRules({ before, after, basis, arrivals: coming }, signal)
  return {
    at: now.toISOString(),
    now: { before: summarisePlan(tried.now.before, before), after: summarisePlan(tried.now.after, after) },
    weeks: tried.weeks,
  }
}

/** The nation as if nobody in it were under protection: no figure of the trial can tell of what is not in it. */
function leaveOutRestricted(input: PlanInput): PlanInput {
  const isTold = ({ queueKey }: { queueKey: number }) => !isRestrictedKey(queueKey)
  return { ...input, work: input.work.filter(isTold), arrivals: input.arrivals.filter(isTold), midnight: new Map() }
}

async function readBody(request: Request, response: Response): Promise<unknown> {
  await new Promise<void>((resolve, reject) => {
    json(request, response, (error?: unknown) => (error ? reject(error) : resolve()))
  })
  return request.body ?? {}
}
