import type { OfficeList } from '@tasain/contracts'
import type { IsoDate } from '@tasain/vocabulary'
import { sql } from 'kysely'
import { type Abilities, listQueueKeys } from '../receiving/queue-key.ts'
import type { BalancerRead } from '../schema.ts'

export async function listOffices(read: BalancerRead): Promise<OfficeList> {
  const [regions, districts, offices] = await Promise.all([
    read.selectFrom('region').selectAll().orderBy('id').execute(),
    read.selectFrom('district').selectAll().orderBy('id').execute(),
    read.selectFrom('office').selectAll().orderBy('number').execute(),
  ])
  const named = (place: { id: string; name_fi: string; name_sv: string }) => ({
    id: place.id,
    nameFi: place.name_fi,
    nameSv: place.name_sv,
  })
  return {
    regions: regions.map(named),
    districts: districts.map((district) => ({ ...named(district), region: district.region_id })),
    offices: offices.map((office) => ({
      ...named(office),
      district: office.district_id,
      lat: office.lat,
      lon: office.lon,
    })),
  }
}

export type OfficePlace = { id: string; district: string; region: string; number: number; lat: number; lon: number }

/** Every office with the district and region it lies in, by number. */
export async function listPlaces(read: BalancerRead): Promise<OfficePlace[]> {
  return await read
    .selectFrom('office')
    .innerJoin('district', 'district.id', 'office.district_id')
    .select(['office.id', 'office.number', 'office.lat', 'office.lon', 'office.district_id as district'])
    .select('district.region_id as region')
    .orderBy('office.number')
    .execute()
}

export type Handler = Abilities & {
  id: string
  subject: string
  officeId: string
  /** Away today. */
  absent: boolean
  queueKeys: readonly number[]
}

/** What is read of a handler `h` in an office `o`. */
export const handlerColumns = `h.id, h.subject, h.office_id as "officeId", o.number as "officeNumber", h.cleared,
  array(select benefit from handler_skill where handler_id = h.id) as benefits,
  array(select language from handler_language where handler_id = h.id) as languages`

/** The handler who signs in as this subject, with what they are able to do today. */
export async function findHandler(read: BalancerRead, subject: string, today: IsoDate): Promise<Handler | undefined> {
  const { rows } = await sql<Omit<Handler, 'queueKeys'>>`
    select ${sql.raw(handlerColumns)},
      exists(select from absence where handler_id = h.id and ${today}::date between from_on and to_on) as absent
    from handler h join office o on o.id = h.office_id
    where h.subject = ${subject}`.execute(read)
  const [handler] = rows
  return handler && { ...handler, queueKeys: listQueueKeys(handler) }
}
