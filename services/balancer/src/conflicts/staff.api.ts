import { endWithReason, registerStaff, type StaffList } from '@tasain/contracts'
import { type Asked, type Clock, type Jobs, refuse } from '@tasain/kit'
import { type Hetu, helsinkiDate } from '@tasain/vocabulary'
import { listPlaces } from '../offices/offices.store.ts'
import { lockCursor, reviewTasks } from '../receiving/receiving.store.ts'
import type { BalancerDoor, BalancerRead, BalancerTx } from '../schema.ts'
import { getHetu } from './conflicts.api.ts'
import { endStaff, findStaff, insertStaff, listStaff } from './staff.store.ts'

type Needs = { clock: Clock; jobs: Pick<Jobs, 'plan'>; indexIdentity: (hetu: Hetu) => string }

/**
 * People who work for the institution. Their cases are restricted and at home outside their own office; what is open of
 * theirs is brought in line at once, and colleagues who hold any of it lose it. An administrator registers everybody, a
 * manager the people of their own district.
 */
export function mountStaff(door: BalancerDoor, { clock, jobs, indexIdentity }: Needs): void {
  const review = async (tx: BalancerTx, person: string) => {
    if ((await reviewTasks(tx, [person], helsinkiDate(clock.now()))) > 0) await jobs.plan(tx, 'route', {})
  }
  door.view('/staff', 'staff.list', {}, async (asked, tx) => {
    const offices = await listOffices(tx, asked)
    const body: StaffList = { staff: await listStaff(tx, offices) }
    return { body, seen: [{ kind: 'own_staff', id: asked.caller.district ?? 'all' }] }
  })
  door.write('post', '/staff', 'staff.write', { body: registerStaff }, async (asked, tx) => {
    const { hetu, office, label, subject } = asked.body
    const person = indexIdentity(getHetu(hetu))
    await lockCursor(tx)
    if (!(await listPlaces(tx)).some(({ id }) => id === office)) throw refuse('staff.unknown_office')
    if (!(await listOffices(tx, asked)).includes(office)) throw refuse('staff.not_your_district')
    const id = await insertStaff(tx, { person, office, label, subject }, asked.caller)
    if (id === undefined) throw refuse('staff.already_registered')
    await review(tx, person)
    return { status: 201, body: { id }, seen: [{ kind: 'own_staff', id, reason: 'registered' }] }
  })
  door.write('post', '/staff/:id/end', 'staff.write', { body: endWithReason }, async (asked, tx) => {
    await lockCursor(tx)
    const found = await findStaff(tx, asked.params['id'] ?? '')
    if (!found || !(await listOffices(tx, asked)).includes(found.office)) throw refuse('request.not_found')
    if (found.hasEnded) throw refuse('staff.already_ended')
    const { reason } = asked.body
    await endStaff(tx, found.id, reason, asked.caller)
    await review(tx, found.person)
    return { body: { id: found.id }, seen: [{ kind: 'own_staff', id: found.id, reason }] }
  })
}

/** The offices whose people are the caller's to register. */
async function listOffices(read: BalancerRead, { caller, reach }: Pick<Asked, 'caller' | 'reach'>): Promise<string[]> {
  const places = await listPlaces(read)
  return places.filter(({ district }) => reach === 'all' || district === caller.district).map(({ id }) => id)
}
