import { type Kysely, sql } from 'kysely'

/**
 * One bad row must stop nobody. A task in a queue is sound: of a known benefit and language, in the queue of what it is and
 * of the office it lies in, with dates that can be. One that is not lies in queue 0, which is nobody's: neither
 * claimed nor planned, and listed with its cause. Old rows that are not sound are put there, so that work goes on around
 * them. Of places, people and efforts what cannot be is refused.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of [...cleanUp, ...checks, ...office]) await sql.raw(statement).execute(db)
}

const benefits = "array['TO','YA','SP','TT','OT','SH','EA','KU','VP','KH','EL','LL','VA']"
// As `queueKey` counts: ten keys for a benefit, two for a language, the odd one for people under protection.
const kind = `(array_position(${benefits}, benefit) - 1) * 10 + (array_position(array['fi','sv'], language) - 1) * 2 + restricted::int`
const isSound = `coalesce(queue_key >= 1000 and queue_key % 1000 = ${kind}
  and arrived_on between date '0001-01-01' and date '9998-12-31' and due_on between arrived_on and arrived_on + 366, false)`
const areDays = (from: string, to: string) =>
  `coalesce(${from} between date '0001-01-01' and date '9999-12-31', false)
    and coalesce(${to} between date '0001-01-01' and date '9999-12-31', true)`

const cleanUp = [
  `update task set queue_key = 0 where not ${isSound}
    or not exists (select from office o where o.id = task.office_id and o.number = task.queue_key / 1000)
    or not exists (select from office o where o.id = task.home_office_id)`,
  // An estimate, no fact.
  `update task set minutes = 10000 where minutes > 10000`,
  `delete from handler_skill where not benefit = any(${benefits})`,
  `update handler set minutes_per_day = 1440 where minutes_per_day > 1440`,
  `delete from benefit_effort where not benefit = any(${benefits})`,
  `update benefit_effort set minutes = 10000 where minutes > 10000`,
  `update absence set to_on = date '9999-12-31' where to_on > date '9999-12-31'`,
  `update absence set from_on = date '0001-01-01' where from_on < date '0001-01-01'`,
  `delete from office_midnight where minutes < 0`,
]

// Where an old row cannot be mended here, only what is written from now on is checked; such rows are never updated.
const checks = [
  `alter table task add constraint task_sound_check check (queue_key = 0 or ${isSound})`,
  `alter table task add constraint task_most_minutes_check check (minutes <= 10000)`,
  // Sums of sums must stay whole numbers.
  `alter table open_work_change add constraint open_work_change_minutes_check
    check (minutes between -100000000 and 100000000 and movable_minutes between -100000000 and 100000000) not valid`,
  `create index task_set_aside on task (id) where queue_key = 0`,
  `alter table handler_skill add constraint handler_skill_benefit_check check (benefit = any(${benefits}))`,
  `alter table handler add constraint handler_minutes_check check (minutes_per_day <= 1440)`,
  `alter table benefit_effort add constraint benefit_effort_benefit_check check (benefit = any(${benefits})),
    add constraint benefit_effort_most_check check (minutes <= 10000)`,
  `alter table absence add constraint absence_days_check check (${areDays('from_on', 'to_on')}) not valid`,
  `alter table office_midnight add constraint office_midnight_minutes_check check (minutes >= 0)`,
  `alter table office add constraint office_place_check
    check (lat between -90 and 90 and lon between -180 and 180) not valid`,
  `alter table rule_version add constraint rule_version_days_check check (${areDays('from_on', 'to_on')}) not valid`,
]

// A reference would need an index of its own, into which each claim would write, and a look for each row that is moved.
const office = [
  `create function check_task_insert() returns trigger language plpgsql set search_path from current as $$
    begin
      if exists (
        select from new_task t
        left join office o on o.id = t.office_id and o.number = t.queue_key / 1000
        left join office h on h.id = t.home_office_id
        where t.queue_key <> 0 and (o.id is null or h.id is null)
      ) then
        raise exception 'a task lies in no queue of its office, or has no known home' using errcode = 'check_violation';
      end if;
      return null;
    end $$`,
  `create trigger check_task_office_insert after insert on task referencing new table as new_task
    for each statement execute function check_task_insert()`,
]
