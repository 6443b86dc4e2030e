import { maySeeRestrictedFigures, previewRule, type RulePreview } from '@tasain/contracts'
import { type Clock, type Database, parseShape, refuse } from '@tasain/kit'
import { helsinkiDate, newId } from '@tasain/vocabulary'
import express, { type Request, type Response } from 'express'
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

/** POST /rules/preview: a dry run of the next plan and four simulated weeks, without a rule and with it. Writes nothing. */
export function mountPreview(
  door: BalancerDoor,
  { database, clock }: { database: Database<Schema>; clock: Clock },
): void {
  // A raw route: no transaction stays open while the weeks go by, and a question taken back ends the trial.
  door.raw(['post'], '/rules/preview', 'rule.write', async ({ caller }, request, response) => {
    const gone = new AbortController()
    response.on('close', () => gone.abort())
    const body = parseShape(previewRule, await readBody(request, response))
    const now = clock.now()
    const today = helsinkiDate(now)
    const reading = database.db.transaction().setIsolationLevel('repeatable read')
    const { input, basis, arrivals, rules } = await reading.execute(async (tx) => {
      const counted = { restricted: maySeeRestrictedFigures(caller.roles) }
      const whole = { ...(await readPlanInput(tx, today)), sent: await listSent(tx, today, counted) }
      const read = counted.restricted ? whole : leaveOutRestricted(whole)
      const tried = makeTried(read.rules, body, { today, newId })
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
    const tried = await tryRules({ before, after, basis, arrivals: coming }, gone.signal).catch((error: unknown) => {
      if (!gone.signal.aborted) throw error
    })
    if (!tried) return
    const preview: RulePreview = {
      at: now.toISOString(),
      now: { before: summarisePlan(tried.now.before, before), after: summarisePlan(tried.now.after, after) },
      weeks: tried.weeks,
    }
    response.json(preview)
  })
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
