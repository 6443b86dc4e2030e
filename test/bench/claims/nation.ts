import { benefits } from '@tasain/vocabulary'
import type pg from 'pg'

export const offices = 200
export const tasks = 500_000
/** A fresh handler for each claim, since one who holds a task is given it again. */
export const handlers = 170_000

const code = `unnest(array[${benefits.map((benefit) => `'${benefit}'`).join(', ')}]) with ordinality c (code, place)`

/**
 * A nation of 200 offices with 500,000 open tasks, spread evenly over 13 benefits, two languages and 60 days of due dates.
 * Each handler is able to do two benefits in both languages: four queues.
 */
export async function fillNation(client: pg.Client): Promise<void> {
  await client.query(`
    insert into region values ('r', 'r', 'r');
    insert into district select 'd' || d, 'r', 'd', 'd' from generate_series(1, 25) d;
    insert into office select 'o' || o, 'd' || (o % 25 + 1), o, 'o', 'o', 60 + o / 50.0, 22 + o % 20 / 4.0
      from generate_series(1, ${offices}) o;
    insert into handler select gen_random_uuid(), 'bench-' || h, 'bench', 'o' || (h % ${offices} + 1), false, 200
      from generate_series(1, ${handlers}) h`)
  await client.query(`
    insert into handler_skill
      select h.id, c.code from (select id, row_number() over () as n from handler) h
      join ${code} on c.place - 1 in (h.n % 13, (h.n + 5) % 13);
    insert into handler_language select id, l from handler, unnest(array['fi', 'sv']) l`)
  await client.query(`
    insert into task (id, application_id, version, channel, benefit, language, arrived_on, due_on, minutes,
      home_office_id, office_id, queue_key, identified, restricted)
    select gen_random_uuid(), gen_random_uuid(), 1, 'post', c.code, case l when 0 then 'fi' else 'sv' end,
      date '2026-10-01', date '2026-11-01' + (random() * 60)::int, 30, 'o' || o, 'o' || o, o * 1000 + (c.place - 1) * 10 + l * 2, true, false
    from (select t, t % ${offices} + 1 as o, t / ${offices} % 13 as b, t / ${offices * 13} % 2 as l from generate_series(1, ${tasks}) t) x
    join ${code} on c.place - 1 = x.b`)
  await client.query('vacuum analyze')
}

/** What planners sent this month and is decided, and a quota that counts all of it and leaves room for as much again. */
export async function fillMonth(client: pg.Client, month: string, moves: number): Promise<void> {
  await client.query(`
    insert into task (id, application_id, version, channel, benefit, language, arrived_on, due_on, minutes,
      home_office_id, office_id, queue_key, identified, restricted, state, sends)
    select gen_random_uuid(), gen_random_uuid(), 1, 'post', 'YA', 'fi', date '${month}-01', date '${month}-28', 30,
      'o' || o, 'o' || (o % ${offices} + 1), (o % ${offices} + 1) * 1000, true, false, 'decided', 1
    from (select t % ${offices} + 1 as o from generate_series(1, ${moves}) t) x`)
  await client.query(`
    with sent as (
      insert into plan (id, snapshot_hash, engine, objective, bound, gap, ms, stuck, planned_at)
      values (gen_random_uuid(), 'month', 'bench', 0, 0, 0, 0, '[]', '${month}-01T00:00Z') returning id
    )
    insert into move (id, plan_id, task_id, from_office_id, to_office_id, benefit, language, minutes, rule_versions, reasons, moved_at)
    select gen_random_uuid(), sent.id, t.id, t.home_office_id, t.office_id, t.benefit, t.language, t.minutes, '{}',
      '{"rules": [], "fromDaysBefore": 30, "fromDaysAfter": 20, "toDaysBefore": 5, "toDaysAfter": 8, "saving": 40, "alternatives": []}',
      timestamptz '${month}-01T12:00Z' + random() * interval '20 days'
    from task t, sent where t.state = 'decided'`)
  await client.query(`
    with rule as (insert into rule (id) values (gen_random_uuid()) returning id)
    insert into rule_version (rule_id, version, kind, scope_kind, scope_id, value, from_on, ends, needs_approval, reason,
      author_subject, author_name)
    select id, 1, 'quota', 'nation', '', '{"kind": "quota", "giver": "r", "receiver": "r", "minutesPerMonth": ${moves * 60}}',
      date '${month}-01', false, false, 'bench', 'bench', 'bench' from rule`)
  await client.query('vacuum analyze')
}

/** The handlers in an order of no meaning, each with the four queues they take from. */
export async function listHandlers(client: pg.Client): Promise<{ id: string; subject: string; keys: number[] }[]> {
  const { rows } = await client.query(`
    select h.id, h.subject, array(select o.number * 1000 + (c.place - 1) * 10 + l from handler_skill s join ${code} on c.code = s.benefit,
      unnest(array[0, 2]) l where s.handler_id = h.id)::int[] as keys
    from handler h join office o on o.id = h.office_id order by h.id`)
  return rows
}
