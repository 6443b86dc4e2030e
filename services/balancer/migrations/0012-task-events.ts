import { type Kysely, sql } from 'kysely'

/**
 * What the balancer tells other services of its tasks, written with the act itself. Tasks that were in somebody's hands, waiting
 * for papers or at an end before this log began are put into it as they stand; one without an entry waits in its queue.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`
    create table outgoing_event (
      -- The order in which rows were written; not the order in which their transactions end.
      written bigint primary key generated always as identity,
      -- Given after the transaction has ended, so that readers by position never pass an open one.
      position bigint,
      kind text not null check (kind in ('received', 'claimed', 'returned', 'recused', 'lease_lost',
        'information_requested', 'resumed', 'decided', 'withdrawn')),
      application_id uuid not null,
      epoch integer not null,
      holder text,
      outcome text check (outcome in ('granted', 'partly_granted', 'rejected', 'dismissed')),
      restricted boolean not null,
      happened_at timestamptz not null default clock_timestamp(),
      check ((kind = 'decided') = (outcome is not null)),
      check (kind <> 'claimed' or holder is not null)
    )`.execute(db)
  // Two partial indexes, so that an act writes only the one of what waits for its position.
  await sql`create index outgoing_event_unplaced on outgoing_event (written) where position is null`.execute(db)
  await sql`
    create unique index outgoing_event_position on outgoing_event (position) where position is not null`.execute(db)
  await sql`
    insert into outgoing_event (kind, application_id, epoch, holder, outcome, restricted, happened_at)
    select case t.state when 'awaiting_information' then 'information_requested' else t.state end, t.application_id,
      t.epoch, h.subject, d.outcome, t.restricted, coalesce(d.decided_at, r.ended_at, r.claimed_at, t.received_at)
    from task t
    left join decision d on d.task_id = t.id
    left join reservation r on r.task_id = t.id and r.epoch = t.epoch
    left join handler h on h.id = coalesce(d.handler_id, r.handler_id)
    where t.state <> 'open'
    order by coalesce(d.decided_at, r.ended_at, r.claimed_at, t.received_at), t.id`.execute(db)
  await sql`
    do $$ declare app text := current_schema() || '_app'; begin
      if exists (select from pg_roles where rolname = app) then
        execute format('revoke delete, truncate on outgoing_event from %I', app);
      end if;
    end $$`.execute(db)
}
