import type { AlarmList } from '@tasain/contracts'
import type { Clock } from '@tasain/kit'
import { helsinkiDate } from '@tasain/vocabulary'
import { listOpenCounts } from '../../load/open-work.store.ts'
import { listPlaces } from '../../offices/offices.store.ts'
import type { BalancerDoor } from '../../schema.ts'
import { findLatestPlan } from '../plan.store.ts'
import { listSetAside } from '../set-aside/set-aside.store.ts'
import { findCause, listSoundPlaces, type SetAside } from '../set-aside/set-aside.ts'
import { findOldestStuck, listLate, listStuckByRecusal, type Stuck } from './alarms.store.ts'
import { listLateDates } from './alarms.ts'

/** GET /alarms: what needs a manager, oldest first. One of a district sees its own, and nothing of people under protection. */
export function mountAlarms(door: BalancerDoor, { clock, lateShare }: { clock: Clock; lateShare: number }): void {
  door.list('/alarms', 'alarm.view', {}, async ({ caller, reach }, read): Promise<AlarmList> => {
    const now = clock.now()
    const today = helsinkiDate(now)
    const places = await listPlaces(read)
    const sound = listSoundPlaces(places)
    const setAside = await listSetAside(read, await listOpenCounts(read), sound, today)
    const known = new Set(sound.map(({ id }) => id))
    const theirs = places.filter(({ district }) => reach === 'all' || district === caller.district)
    const isTheirs = new Set(theirs.map(({ id }) => id))
    const plan = await findLatestPlan(read)
    const recused = (await listStuckByRecusal(read)).map((row): Stuck => ({ ...row, rules: [] }))
    const stuck = [...(await findOldestStuck(read, plan?.stuck ?? [], places)), ...recused]
    const late = await listLate(read, listLateDates(today, lateShare), today)
    return {
      at: now.toISOString(),
      stuck: stuck
        .filter(({ office, restricted }) => isTheirs.has(office) && (reach === 'all' || !restricted))
        .toSorted((one, other) => (one.oldestArrivedOn < other.oldestArrivedOn ? -1 : 1))
        .map(({ restricted: _untold, ...alarm }) => alarm),
      setAside: setAside
        .filter(({ restricted }) => reach === 'all' || !restricted)
        // What lies in no known office, nor has a home in one, is everybody's to notice.
        .filter((task) => {
          const ends = [task.office, task.homeOffice].filter((office) => known.has(office))
          return ends.length === 0 || ends.some((office) => isTheirs.has(office))
        })
        .map((task) => ({ ...describeSetAside(task), cause: findCause(task, known, today) })),
      unmet: plan?.unmet ?? [],
      late: late.filter(({ office }) => isTheirs.has(office)),
      lateShare,
    }
  })
}

function describeSetAside({ id, office, benefit, language, arrivedOn, dueOn }: SetAside) {
  return { task: id, office, benefit, language, arrivedOn, dueOn }
}
