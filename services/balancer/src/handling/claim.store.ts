import { type Database, lockKeys, type PreparedEntry, preparedEntrySql, violates } from '@tasain/kit'
import type { IsoDate } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { type Handler, handlerColumns } from '../offices/offices.store.ts'
import { listQueueKeys } from '../receiving/queue-key.ts'
import type { BalancerRead, BalancerTx, Schema, TaskTable } from '../schema.ts'

export type ClaimedTask = Pick<
  TaskTable,
  | 'id'
  | 'application_id'
  | 'benefit'
  | 'language'
  | 'arrived_on'
  | 'due_on'
  | 'state'
  | 'home_office_id'
  | 'office_id'
  | 'sends'
  | 'epoch'
  | 'reserved_for'
  | 'restricted'
> & {
  lease_ends_at: Date
  has_application: boolean
  /** The subject of the handler who holds it, and whether they may see people under non-disclosure. */
  holder: string
  cleared: boolean
}

export const leaseMinutes = 30

// Of a task `t` and the handler `who` who holds it.
const columns = `t.id, t.application_id, t.benefit, t.language, t.arrived_on, t.due_on, t.state, t.home_office_id, t.office_id,
  t.sends, t.epoch, t.reserved_for, t.lease_ends_at, t.restricted, who.subject as holder, who.cleared,
  exists (select from handover h where h.application_id = t.application_id and h.position is not null) as has_application`

// $1 handler, $2 today in Helsinki, $3 idempotency key's hash, $4 queue keys, from $5 on its entry in the access log. What a
// claim writes is its own journal: the reservation. Other services learn of it by the event.
const take = `
  taken as (
    update task t set state = 'claimed', epoch = t.epoch + 1, claimed_by = $1::uuid,
      lease_ends_at = clock_timestamp() + interval '${leaseMinutes} minutes'
    from picked cross join handler who where t.id = picked.id and who.id = $1::uuid
    returning ${columns}
  ), reserved as (
    insert into reservation (task_id, epoch, handler_id, office_id, claimed_at, lease_ends_at, request_key)
    select id, epoch, $1::uuid, office_id, clock_timestamp(), lease_ends_at, $3::text from taken
  ), logged as (
    ${preparedEntrySql('taken', 5)}
  ), written as (
    insert into outgoing_event (kind, application_id, epoch, holder, restricted)
    select 'claimed', application_id, epoch, holder, restricted from taken
  )
  select taken.*, pg_current_xact_id()::text as transaction from taken`

// Two requests of one handler at a moment follow one another: else the second could take what is due later and win.
const waitForOneself = `oneself as materialized (select pg_advisory_xact_lock(${lockKeys('claim', '$1::text')}))`

const isAllowed = `not exists (select from exclusion e
      where e.task_id = t.id and e.handler_id = $1::uuid and (e.until_on is null or e.until_on >= $2::date))
    and not exists (select from conflict_of_interest c
      where c.handler_id = $1::uuid and c.applicant_index = t.applicant_index and c.ended_at is null)
    and not exists (select from own_staff s join handler h on h.id = $1::uuid
      where s.applicant_index = t.applicant_index and s.ended_at is null
        and (s.subject = h.subject or s.office_id = h.office_id))`

/**
 * The shipped claim: in each of the handler's queues the first task that nobody else is just taking, then the one of them
 * that is due first. One statement in a transaction of its own, since the candidates it passes over stay locked until the end.
 */
export const claimStatement = `
  with ${waitForOneself}, candidate as (
    select c.id, c.due_on from (select unnest($4::int[]) as queue_key from oneself) k
    cross join lateral (
      select t.id, t.due_on from task t
      where t.queue_key = k.queue_key and t.state = 'open' and t.identified
        and (t.reserved_for is null or t.reserved_until_on < $2::date or exists (select from absence a
          where a.handler_id = t.reserved_for and $2::date between a.from_on and a.to_on))
        and ${isAllowed}
      order by t.due_on, t.id limit 1 for update of t skip locked
    ) c
  ), picked as (
    select id from candidate order by due_on, id limit 1
  ), ${take}`

/** Work that waits for this very handler after an information request; it goes before all other. */
const claimReservedStatement = `
  with ${waitForOneself}, picked as (
    select t.id from oneself cross join task t
    where t.reserved_for = $1::uuid and t.state = 'open' and t.identified and t.queue_key = any($4::int[]) and ${isAllowed}
    order by t.due_on, t.id limit 1 for update of t skip locked
  ), ${take}`

export type Claim = {
  handlerId: string
  today: IsoDate
  requestKey: string | null
  queueKeys: readonly number[]
  /** How a claim is logged, in its own statement; one entry for each. */
  prepareEntry: () => PreparedEntry
}

/** Takes the next task for a handler who holds none. @returns undefined when nothing fits; `held` when another request of theirs was faster. */
export async function claimNext(
  pool: Database<Schema>['pool'],
  { handlerId, today, requestKey, queueKeys, prepareEntry }: Claim,
  from: 'queue' | 'reserved',
): Promise<ClaimedTask | 'held' | undefined> {
  const entry = prepareEntry()
  // Named, so that each connection plans it once: planning costs more than running it.
  const statement =
    from === 'queue'
      ? { name: 'claim', text: claimStatement }
      : { name: 'claim-reserved', text: claimReservedStatement }
  try {
    const { rows } = await pool.query<ClaimedTask & { transaction: string }>({
      ...statement,
      values: [handlerId, today, requestKey, queueKeys, ...entry.values],
    })
    const [taken] = rows
    if (!taken) return undefined
    const { transaction, ...task } = taken
    entry.remember({ objectId: task.id, applicationId: task.application_id, transaction })
    return task
  } catch (error) {
    if (violates(error, 'reservation_held')) return 'held'
    throw error
  }
}

/** The task a handler holds, whose lease still runs. */
export async function findHeld(read: BalancerRead, handlerId: string): Promise<ClaimedTask | undefined> {
  const { rows } = await sql<ClaimedTask>`
    select ${sql.raw(columns)} from reservation r join task t on t.id = r.task_id and t.epoch = r.epoch
    join handler who on who.id = r.handler_id
    where r.handler_id = ${handlerId} and r.ended_at is null and t.state = 'claimed' and t.lease_ends_at > now()`.execute(
    read,
  )
  return rows[0]
}

export type Standing = Handler & {
  /** A reservation of theirs has not ended; its lease may have. */
  mayHold: boolean
  /** Some lease has run out. */
  hasExpired: boolean
  /** Work waits for this very handler. */
  hasReserved: boolean
  /** Their request under this key was answered before. */
  wasAnswered: boolean
}

const standingStatement = `
  select ${handlerColumns},
    exists(select from absence a where a.handler_id = h.id and $2::date between a.from_on and a.to_on) as absent,
    exists(select from reservation r where r.handler_id = h.id and r.ended_at is null) as "mayHold",
    exists(select from task t where t.state = 'claimed' and t.lease_ends_at < now()) as "hasExpired",
    exists(select from task t where t.reserved_for = h.id and t.state = 'open') as "hasReserved",
    $3::text is not null and exists(select from (
      select r.request_key from reservation r where r.handler_id = h.id order by r.claimed_at desc limit 50
    ) latest where latest.request_key = $3::text) as "wasAnswered"
  from handler h join office o on o.id = h.office_id
  where h.subject = $1`

/** A handler, and what there is to see to before they take the next task; undefined when nobody handles under the subject. */
export async function findStanding(
  pool: Database<Schema>['pool'],
  subject: string,
  today: IsoDate,
  requestKey: string | null,
): Promise<Standing | undefined> {
  const { rows } = await pool.query<Omit<Standing, 'queueKeys'>>({
    name: 'standing',
    text: standingStatement,
    values: [subject, today, requestKey],
  })
  const [standing] = rows
  return standing && { ...standing, queueKeys: listQueueKeys(standing) }
}

/** Gives tasks whose lease has run out back to their queues. @returns how many. */
export async function freeExpired(tx: BalancerTx): Promise<number> {
  const { rows } = await sql<{ freed: number }>`
    with expired as (
      select id, lease_ends_at from task where state = 'claimed' and lease_ends_at < now()
      order by lease_ends_at limit 500 for update skip locked
    ), freed as (
      update task t set state = 'open', claimed_by = null, lease_ends_at = null
      from expired where t.id = expired.id
      returning t.id, t.application_id, t.epoch, t.restricted, expired.lease_ends_at
    ), written as (
      insert into outgoing_event (kind, application_id, epoch, restricted)
      select 'lease_lost', application_id, epoch, restricted from freed
    ), ended as (
      update reservation r set ended_at = freed.lease_ends_at, ended_as = 'lease_lost'
      from freed where r.task_id = freed.id and r.epoch = freed.epoch
      returning 1
    )
    select count(*)::int as freed from freed`.execute(tx)
  return rows[0]?.freed ?? 0
}
