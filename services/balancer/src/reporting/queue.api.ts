import type { OfficeQueue } from '@tasain/contracts'
import { type Clock, refuse } from '@tasain/kit'
import { helsinkiDate } from '@tasain/vocabulary'
import { summariseTask } from '../handling/held.ts'
import { listPlaces } from '../offices/offices.store.ts'
import { queueKeyRange } from '../receiving/queue-key.ts'
import type { BalancerDoor, BalancerRead } from '../schema.ts'

const shownTasks = 100

/** GET /queues/:office: for managers of the office's district. */
export function mountQueues(door: BalancerDoor, { clock }: { clock: Clock }): void {
  door.list('/queues/:office', 'alarm.view', {}, async ({ caller, reach, params }, read): Promise<OfficeQueue> => {
    const place = (await listPlaces(read)).find(({ id }) => id === params['office'])
    if (!place || (reach !== 'all' && place.district !== caller.district)) throw refuse('request.not_found')
    const today = helsinkiDate(clock.now())
    const tasks = await listWaiting(read, place.number)
    return { office: place.id, tasks: tasks.map((task) => summariseTask(task, today)) }
  })
}

/** What waits in an office, the most urgent first; of people under protection nothing is told. */
async function listWaiting(read: BalancerRead, officeNumber: number) {
  const { first, last } = queueKeyRange(officeNumber)
  return await read
    .selectFrom('task')
    .selectAll()
    .where('state', '=', 'open')
    .where('identified', '=', true)
    .where('restricted', '=', false)
    .where('queue_key', '>=', first)
    .where('queue_key', '<=', last)
    .orderBy('due_on')
    .orderBy('id')
    .limit(shownTasks)
    .execute()
}
