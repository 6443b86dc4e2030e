import { type LoadTable, maySeeRestrictedFigures, type OwnLoad } from '@tasain/contracts'
import { type Clock, refuse } from '@tasain/kit'
import { helsinkiDate } from '@tasain/vocabulary'
import { horizonOf, queueDays, sumMinutes } from '../load/capacity.ts'
import { type Counted, listHands, listOpenWork } from '../load/load.store.ts'
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
  const known = new Map<boolean, { at: number; table: Promise<LoadTable> }>()
  door.list('/load', 'load.view', {}, async ({ caller }, read) => {
    const restricted = maySeeRestrictedFigures(caller.roles)
    const latest = known.get(restricted)
    if (latest && performance.now() - latest.at <= freshMs) return await latest.table
    const table = readLoadTable(read, clock.now(), { restricted })
    known.set(restricted, { at: performance.now(), table })
    table.catch(() => known.delete(restricted))
    return await table
  })
  door.list('/load/own', 'load.view_own_office', {}, async ({ caller }, read): Promise<OwnLoad> => {
    const place = (await listPlaces(read)).find(({ id }) => id === caller.office)
    if (!place) throw refuse('request.not_found')
    // Work under protection is left out: that it exists is nobody's business but theirs who are cleared.
    const counts = [...(await queueCounts.read(place.number))].filter(([key]) => !isRestrictedKey(key))
    return { office: place.id, openTasks: counts.reduce((sum, [, tasks]) => sum + tasks, 0) }
  })
}

async function readLoadTable(read: BalancerRead, now: Date, counted: Counted): Promise<LoadTable> {
  const today = helsinkiDate(now)
  const [places, work, moved, inForce] = await Promise.all([
    listPlaces(read),
    listOpenWork(read, today, counted),
    countMoved(read, today, counted),
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
