import { type Benefit, type IsoDate, type Language, newId } from '@tasain/vocabulary'
import { sql } from 'kysely'
import type { BalancerRead } from '../schema.ts'
import { nearestFirst } from './nearest.ts'
import type { Surroundings } from './receive.ts'

/** What decides, beside their snapshots, what becomes of the applications of these persons. */
export async function readSurroundings(
  read: BalancerRead,
  applicants: readonly (string | null)[],
  today: IsoDate,
): Promise<Surroundings> {
  const offices = await read.selectFrom('office').select(['id', 'number', 'lat', 'lon']).orderBy('number').execute()
  const efforts = await read.selectFrom('benefit_effort').select(['benefit', 'minutes']).execute()
  const cleared = await listCleared(read)
  const byId = new Map(cleared.map((handler) => [handler.id, handler]))
  const conflicts = await listConflicts(read, applicants)
  const staff = await listStaff(read, applicants)
  const minutes = new Map<Benefit, number>(efforts.map((effort) => [effort.benefit, effort.minutes]))
  const staffOf = (applicantIndex: string | null) => staff.get(applicantIndex ?? '')
  const isColleague = (handler: Cleared | undefined, applicantIndex: string | null) => {
    const person = staffOf(applicantIndex)
    return person !== undefined && (person.office === handler?.office || person.subject === handler?.subject)
  }
  const hasCleared: Surroundings['hasCleared'] = (office, { benefit, language, applicantIndex }) =>
    cleared.some(
      (handler) =>
        handler.office === office &&
        handler.benefits.includes(benefit) &&
        handler.languages.includes(language) &&
        !isColleague(handler, applicantIndex),
    )
  return {
    today,
    newId,
    officeNumbers: new Map(offices.map(({ id, number }) => [id, number])),
    minutesOf: (benefit) => minutes.get(benefit) ?? defaultMinutes,
    maySee: (handlerId, { restricted, applicantIndex }) =>
      (!restricted || byId.has(handlerId)) &&
      !conflicts.has(`${handlerId} ${applicantIndex ?? ''}`) &&
      !isColleague(byId.get(handlerId), applicantIndex),
    hasCleared,
    staffOffice: ({ applicantIndex }) => staffOf(applicantIndex)?.office,
    findOfficeForStaff: (snapshot) => {
      const own = offices.find(({ id }) => id === staffOf(snapshot.applicantIndex)?.office)
      return own && nearestFirst(offices, own).find(({ id }) => hasCleared(id, snapshot))?.id
    },
  }
}

type Cleared = { id: string; subject: string; office: string; benefits: Benefit[]; languages: Language[] }

/** Handlers who may see people under protection. */
async function listCleared(read: BalancerRead): Promise<Cleared[]> {
  const { rows } = await sql<Cleared>`
    select h.id, h.subject, h.office_id as office,
      array(select benefit from handler_skill where handler_id = h.id) as benefits,
      array(select language from handler_language where handler_id = h.id) as languages
    from handler h where h.cleared`.execute(read)
  return rows
}

/** Handlers and persons between whom there is a conflict of interest, as `handler person`. */
async function listConflicts(read: BalancerRead, applicants: readonly (string | null)[]): Promise<Set<string>> {
  const rows = await read
    .selectFrom('conflict_of_interest')
    .select(['handler_id', 'applicant_index'])
    .where('ended_at', 'is', null)
    .where(sql<boolean>`applicant_index = any(${applicants}::text[])`)
    .execute()
  return new Set(rows.map(({ handler_id, applicant_index }) => `${handler_id} ${applicant_index}`))
}

/** Those of these persons who are own staff. */
async function listStaff(read: BalancerRead, applicants: readonly (string | null)[]) {
  const rows = await read
    .selectFrom('own_staff')
    .select(['applicant_index', 'subject', 'office_id as office'])
    .where('ended_at', 'is', null)
    .where(sql<boolean>`applicant_index = any(${applicants}::text[])`)
    .execute()
  return new Map(rows.map(({ applicant_index, ...person }) => [applicant_index, person]))
}

/** The nation's mean, for a benefit whose effort nobody has given. */
const defaultMinutes = 30
