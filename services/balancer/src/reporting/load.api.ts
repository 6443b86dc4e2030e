import type { LoadTable, OwnLoad } from '@tasain/contracts'
import { type Clock, refuse } from '@tasain/kit'
import { helsinkiDate } from '@tasain/vocabulary'
import { horizonOf, queueDays, sumMinutes } from '../load/capacity.ts'
import { listHands, listOpenWork } from '../load/load.store.ts'
import type { QueueCounts } from '../load/queue-counts.store.ts'
import { listPlaces } from '../offices/offices.store.ts'
import { isRestrictedKey } from '../receiving/queue-key.ts'
import { countMoved } from '../routing/moves.store.ts'
import { isClosed } from '../rules/obey.ts'
import { listInForce } from '../rules/rules.store.ts'
import type { BalancerDoor, BalancerRead } from '../schema.ts'

const freshMs = 3_000

/** GET /load for managers, and the count of one's own office for those who work there. */
export function mountLoad(
  door: BalancerDoor,
  { clock, queueCounts }: { clock: Clock; queueCounts: QueueCounts },
): void {
  let kept: { at: number; table: Promise<LoadTable> } | undefined
  door.list('/load', 'load.view', {}, async (_asked, read) => {
    if (!kept || performance.now() - kept.at > freshMs) {
      const table = readLoadTable(read, clock.now())
      kept = { at: performance.now(), table }
      table.catch(() => {
        kept = undefined
      })
    }
    return await kept.table
  })
  door.list('/load/own', 'load.view_own_office', {}, async ({ caller }, read): Promise<OwnLoad> => {
    const place = (await listPlaces(read)).find(({ id }) => id === caller.office)
    if (!place) throw refuse('request.not_found')
    // Work under protection is left out: that it exists is nobody's business but theirs who are cleared.
    const counts = [...(await queueCounts.read(place.number))].filter(([key]) => !isRestrictedKey(key))
    return { office: place.id, openTasks: counts.reduce((sum, [, tasks]) => sum + tasks, 0) }
  })
}

async function readLoadTable(read: BalancerRead, now: Date): Promise<LoadTable> {
  const today = helsinkiDate(now)
  const [places, work, moved, inForce] = await Promise.all([
    listPlaces(read),
    listOpenWork(read, today),
    countMoved(read, today),
    listInForce(read, today),
  ])
  const capacity = sumMinutes(await listHands(read, today, horizonOf(today, 1)), today)
  const workOf = new Map(work.map((row) => [row.office, row]))
  const offices = places.map((place) => {
    const { tasks = 0, minutes = 0, pastDue = 0 } = workOf.get(place.id) ?? {}
    const minutesPerDay = capacity.get(place.id) ?? 0
    return {
      office: place.id,
      district: place.district,
      region: place.region,
      openTasks: tasks,
      openMinutes: minutes,
      minutesPerDay,
      queueDays: queueDays(minutes, minutesPerDay),
      pastDue,
      movedInToday: moved.into.get(place.id) ?? 0,
      movedOutToday: moved.outOf.get(place.id) ?? 0,
      exportClosed: isClosed('export', place, inForce),
      importClosed: isClosed('import', place, inForce),
    }
  })
  const open = offices.reduce((sum, { openMinutes }) => sum + openMinutes, 0)
  const able = offices.reduce((sum, { minutesPerDay }) => sum + minutesPerDay, 0)
  return { at: now.toISOString(), offices, nationQueueDays: queueDays(open, able) }
}
