import { type Kysely, sql } from 'kysely'
import type { Schema } from '../schema.ts'

/** Every scan with the bytes it promises, in the order of their ids. */
export async function listScanBytes(db: Kysely<Schema>, after: string | undefined, limit: number) {
  let query = db.selectFrom('scan').select(['id', 'sha256', 'bytes'])
  if (after !== undefined) query = query.where('id', '>', after)
  return await query.orderBy('id').limit(limit).execute()
}

/** The ids of a scan's first pages. */
export async function listPageIds(db: Kysely<Schema>, scanId: string, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('page')
    .select('id')
    .where('scan_id', '=', scanId)
    .orderBy('number')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

export async function countPagesByState(db: Kysely<Schema>): Promise<{ pages: number; states: number; scans: number }> {
  const { rows } = await sql<{ pages: number; states: number; scans: number }>`
    select count(*) as pages,
      count(*) filter (where state = 'stored') + count(*) filter (where state = 'read')
        + count(*) filter (where state = 'set_aside') + count(*) filter (where state = 'duplicate') as states,
      (select count(*) from scan where not exists (select from page where page.scan_id = scan.id)) as scans
    from page`.execute(db)
  return rows[0] ?? { pages: 0, states: 0, scans: 0 }
}

/** Pages said to be read that have no reading, and readings of pages that are not. */
export async function listReadingFaults(db: Kysely<Schema>): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select page.id from page
    where (page.state = 'read') <> exists (select from reading where page_id = page.id and latest)
    limit 1000`.execute(db)
  return rows.map(({ id }) => id)
}

/** Applications that are complete by their own fields but were not handed over as they are, and how many are complete. */
export async function listHandoverFaults(db: Kysely<Schema>): Promise<{ complete: number; faults: string[] }> {
  const { rows } = await sql<{ complete: number; faults: string[] }>`
    select count(*) as complete, coalesce((array_agg(application.id) filter (where
      last.snapshot is null
        or last.snapshot->>'benefit' is distinct from application.benefit
        or last.snapshot->>'language' is distinct from application.language
        or last.snapshot->>'arrivedOn' is distinct from application.arrived_on::text
        or last.snapshot->>'homeOffice' is distinct from application.home_office
        or (last.snapshot->>'identified')::boolean is distinct from application.identified
        or (last.snapshot->>'restricted')::boolean is distinct from application.restricted))[1:1000], '{}') as faults
    from application
    left join lateral (
      select snapshot from handover where application_id = application.id order by version desc limit 1
    ) as last on true
    where application.state in ('handed_over', 'unidentified')`.execute(db)
  return rows[0] ?? { complete: 0, faults: [] }
}

/** How many pages there are and how many are in a place of their own; and what is in none, or in one that cannot be. */
export async function listPlaceFaults(
  db: Kysely<Schema>,
): Promise<{ pages: number; placed: number; faults: string[] }> {
  const { rows } = await sql<{ pages: number; placed: number }>`
    select count(*) as pages,
      count(*) filter (where page.state = 'duplicate')
        + count(*) filter (where page.role <> 'page')
        + count(*) filter (where page.left_out is not null)
        + count(*) filter (where page.application_id is not null and page.left_out is null) as placed
    from page`.execute(db)
  const { rows: faults } = await sql<{ fault: string }>`
    (select 'Page ' || page.id || ' belongs to an application that was withdrawn.' as fault
      from page join application on application.id = page.application_id
      where application.state = 'withdrawn' and page.left_out is null
      order by page.id limit 1000)
    union all
    (select 'Application ' || application.id || ' is open though all its pages are left out.'
      from application
      where state <> 'withdrawn'
        and exists (select from page where application_id = application.id)
        and not exists (select from page where application_id = application.id and left_out is null)
      order by application.id limit 1000)
    union all
    (select 'Scan ' || scan.id || ' has been seen whole and is not divided into documents.'
      from scan
      where divided_at is null
        and not exists (select from page where scan_id = scan.id and state in ('stored', 'duplicate'))
      order by scan.id limit 1000)`.execute(db)
  return { pages: rows[0]?.pages ?? 0, placed: rows[0]?.placed ?? 0, faults: faults.map(({ fault }) => fault) }
}
