import type { Snapshot } from '@tasain/contracts'
import { dueOn, type IsoDate, newId } from '@tasain/vocabulary'
import { type Kysely, sql } from 'kysely'
import { queueKey } from '../receiving/queue-key.ts'
import type { BalancerTx, Schema } from '../schema.ts'
import { listNationFaults, listWorkFaults, refuseFaults } from './load-check.ts'
import type { Nation, NationAbsence, NationHandler, OpenWork } from './nation.ts'

/**
 * Writes places, handlers and efforts; what is there already is brought up to date, so it may run again at any time.
 * @throws when anything in it cannot be, with the first faults in words; then nothing is written.
 */
export async function saveNation(tx: BalancerTx, nation: Nation): Promise<void> {
  refuseFaults(listNationFaults(nation))
  const named = ({ id, nameFi, nameSv }: { id: string; nameFi: string; nameSv: string }) => ({
    id,
    name_fi: nameFi,
    name_sv: nameSv,
  })
  const regions = nation.regions.map(named)
  const districts = nation.districts.map((district) => ({ ...named(district), region_id: district.regionId }))
  const offices = nation.offices.map((office) => ({
    ...named(office),
    district_id: office.districtId,
    number: office.number,
    lat: office.lat,
    lon: office.lon,
  }))
  const efforts = nation.benefits.map(({ code, minutes }) => ({ benefit: code, minutes }))
  await upsert(tx, 'region', 'id', regions)
  await upsert(tx, 'district', 'id', districts)
  await upsert(tx, 'office', 'id', offices)
  await upsert(tx, 'benefit_effort', 'benefit', efforts)
  await saveHandlers(tx, nation.handlers)
}

async function saveHandlers(tx: BalancerTx, handlers: readonly NationHandler[]): Promise<void> {
  const rows = handlers.map((handler) => ({
    id: handler.id,
    subject: handler.subject,
    name: handler.name,
    office_id: handler.officeId,
    cleared: handler.cleared,
    minutes_per_day: handler.minutesPerDay,
  }))
  await upsert(tx, 'handler', 'id', rows)
  const ids = handlers.map(({ id }) => id)
  for (const table of ['handler_skill', 'handler_language'] as const)
    await sql`delete from ${sql.table(table)} where handler_id = any(${ids}::uuid[])`.execute(tx)
  const skills = handlers.flatMap(({ id, benefits }) => benefits.map((benefit) => ({ handler_id: id, benefit })))
  const spoken = handlers.flatMap(({ id, languages }) => languages.map((language) => ({ handler_id: id, language })))
  await insertRows(tx, 'handler_skill', skills)
  await insertRows(tx, 'handler_language', spoken)
}

/** Writes absences; the same ones written again change nothing. */
export async function saveAbsences(tx: BalancerTx, absences: readonly NationAbsence[]): Promise<void> {
  const rows = absences.map(({ handlerId, from, to }) => ({
    id: newId(),
    handler_id: handlerId,
    from_on: from,
    to_on: to,
  }))
  await insertRows(tx, 'absence', rows, sql`on conflict (handler_id, from_on) do update set to_on = excluded.to_on`)
}

/**
 * Writes open work as tasks of version 1, each at its home office. @returns how many.
 * @param today when given, dates of arrival that cannot be are refused
 * @throws when a row cannot be, with the first faults in words; then nothing is written.
 */
export async function saveOpenWork(db: Kysely<Schema>, work: readonly OpenWork[], today?: IsoDate): Promise<number> {
  const offices = await db.selectFrom('office').select(['id', 'number']).execute()
  const numbers = new Map(offices.map(({ id, number }) => [id, number]))
  refuseFaults(listWorkFaults(work, new Set(numbers.keys()), today))
  for (let start = 0; start < work.length; start += chunkSize) {
    const tasks = work.slice(start, start + chunkSize).map((one) => makeTask(one, numbers.get(one.officeId) ?? 0))
    await db.transaction().execute(async (tx) => {
      await insertRows(
        tx,
        'handover',
        tasks.map(({ snapshot }) => ({
          application_id: snapshot.applicationId,
          version: snapshot.version,
          position: null,
          snapshot,
        })),
      )
      await insertRows(
        tx,
        'task',
        tasks.map(({ task }) => task),
      )
      await insertRows(
        tx,
        'task_event',
        tasks.map(({ task }) => ({ id: newId(), task_id: task.id, kind: 'received', office_id: task.office_id })),
      )
    })
  }
  return work.length
}

const chunkSize = 2_000

function makeTask(work: OpenWork, officeNumber: number) {
  const { benefit, language, officeId, arrivedOn, restricted } = work
  const snapshot: Snapshot = {
    applicationId: work.applicationId ?? newId(),
    version: 1,
    channel: work.channel ?? 'post',
    benefit,
    language,
    arrivedOn,
    scanningOffice: officeId,
    homeOffice: officeId,
    identified: true,
    applicantIndex: null,
    restricted,
    pageIds: [],
    withdrawn: false,
  }
  const task = {
    id: newId(),
    application_id: snapshot.applicationId,
    version: 1,
    channel: snapshot.channel,
    benefit,
    language,
    arrived_on: arrivedOn,
    due_on: dueOn(benefit, arrivedOn),
    minutes: work.minutes,
    home_office_id: officeId,
    office_id: officeId,
    queue_key: queueKey({ officeNumber, benefit, language, restricted }),
    identified: true,
    restricted,
  }
  return { snapshot, task }
}

type Row = Record<string, string | number | boolean | object | null>

async function upsert(tx: BalancerTx, table: keyof Schema, key: string, rows: readonly Row[]): Promise<void> {
  const [first] = rows
  if (!first) return
  const changed = Object.keys(first).filter((column) => column !== key)
  const updates = changed.map((column) => sql`${sql.ref(column)} = ${sql.ref(`excluded.${column}`)}`)
  await insertRows(tx, table, rows, sql`on conflict (${sql.ref(key)}) do update set ${sql.join(updates)}`)
}

/** One statement with one JSON parameter: faster than a parameter a value, and without their limit of 65,535. */
async function insertRows(
  tx: BalancerTx,
  table: keyof Schema,
  rows: readonly Row[],
  conflict = sql`on conflict do nothing`,
): Promise<void> {
  const [first] = rows
  if (!first) return
  const columns = sql.join(Object.keys(first).map((column) => sql.ref(column)))
  await sql`
    insert into ${sql.table(table)} (${columns})
    select ${columns} from jsonb_populate_recordset(null::${sql.table(table)}, ${JSON.stringify(rows)}::jsonb)
    ${conflict}`.execute(tx)
}
