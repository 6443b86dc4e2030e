import type { Database } from '@tasain/kit'
import { sumMinutes } from '../../load/capacity.ts'
import { isQueueKey, queueKey, readQueueKey } from '../../receiving/queue-key.ts'
import { listInForce, shareRules } from '../../rules/rules.store.ts'
import type { Schema } from '../../schema.ts'
import { applyInChunks } from '../chunks.work.ts'
import { measureQueueDays, type PlanInput } from '../snapshot.ts'
import { applyRecalls, listSentQueues, listSentTasks, type WantedRecall } from './recall.store.ts'
import { chooseRecalls, findRecall, makeHandsCheck, type SentTask } from './recall.ts'

/** The rest waits for the next plan. */
const mostAtOnce = 20_000

/** Calls back home, once, what the planner sent in vain, as long as it may. @returns how many tasks. */
export async function recallOnce(
  { db }: Pick<Database<Schema>, 'db'>,
  input: PlanInput,
  mayGoOn: () => Promise<boolean>,
): Promise<number> {
  const { today, places, hands, rules } = input
  const numbers = new Map(places.map(({ id, number }) => [id, number]))
  const around = {
    today,
    places: new Map(places.map((place) => [place.id, place])),
    hasHands: makeHandsCheck(hands, today),
    days: measureQueueDays(input),
  }
  const byNumber = new Map(places.map(({ id, number }) => [number, id]))
  const isClosed = (key: number) => {
    const { officeNumber, ...kind } = readQueueKey(key)
    return !around.hasHands({ ...kind, office: byNumber.get(officeNumber) ?? '' })
  }
  const closed = (await listSentQueues(db)).filter((key) => isQueueKey(key) && isClosed(key))
  // Work whose home is not there has nowhere to go.
  const sent = (await listSentTasks(db, closed, today)).filter(({ home }) => numbers.has(home))
  const tasks = chooseRecalls(sent, { ...around, inForce: rules }, sumMinutes(hands, today))
    .map(({ task }) => task)
    .slice(0, mostAtOnce)
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
  const describe = (task: SentTask & { epoch: number }, why: WantedRecall['why']): WantedRecall => {
    const { id: taskId, epoch, office: from, home } = task
    return { taskId, epoch, from, home, queueKey: queueKey({ ...task, officeNumber: numbers.get(home) ?? 0 }), why }
  }
  const recall = (chunk: readonly (SentTask & { epoch: number })[]) =>
    db.transaction().execute(async (tx) => {
      await shareRules(tx)
      const inForce = await listInForce(tx, today)
      const wanted = chunk.flatMap((task) => {
        const why = findRecall(task, { ...around, inForce })
        return why === undefined ? [] : [describe(task, why)]
      })
      return await applyRecalls(tx, wanted)
    })
  return await applyInChunks(tasks, recall, mayGoOn)
}
