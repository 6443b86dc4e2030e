import type { ApplicationState, ApplicationTask } from '@tasain/contracts'
import { sql } from 'kysely'
import { isOnTheDesk } from '../grant.store.ts'
import type { IntakeTx, KeptWord } from '../schema.ts'
import { shownTask } from '../tasks/standing.store.ts'
import type { SearchTerms } from './search.ts'

export type FoundPage = {
  pageId: string
  applicationId: string | null
  batchId: string
  fileName: string
  storedAt: Date
  state: ApplicationState | null
  task: ApplicationTask | null
  text: string
  words: KeptWord[]
}

const likeness = 0.6

/** Pages on the office's desk in whose text the words stand, or forms of them, best first; and how many there are in all. */
export async function searchPages(
  tx: IntakeTx,
  office: string,
  terms: SearchTerms,
  limit: number,
): Promise<{ pages: FoundPage[]; total: number }> {
  await sql`select set_config('pg_trgm.word_similarity_threshold', ${String(likeness)}, true)`.execute(tx)
  const query = sql`websearch_to_tsquery('simple', ${terms.typed})`
  const found = await tx
    .selectFrom('reading')
    .innerJoin('page', 'page.id', 'reading.page_id')
    .innerJoin('scan', 'scan.id', 'page.scan_id')
    .innerJoin('batch', 'batch.id', 'scan.batch_id')
    .leftJoin('application', 'application.id', 'page.application_id')
    .select(['page.id as pageId', 'page.application_id as applicationId', 'scan.batch_id as batchId'])
    .select(['scan.file_name as fileName', 'scan.stored_at as storedAt', 'reading.text', 'reading.words'])
    .select(['application.state', shownTask.as('task')])
    .select((eb) => eb.fn.countAll<number>().over().as('total'))
    .where('reading.latest', '=', true)
    .where('scan.office', '=', office)
    .where(isOnTheDesk)
    // People under non-disclosure are not to be found by their name.
    .where((eb) => eb.or([eb('application.restricted', 'is', null), eb('application.restricted', '=', false)]))
    .where((eb) =>
      eb.or([
        sql<boolean>`reading.search @@ ${query}`,
        ...(terms.similar.length === 0
          ? []
          : [eb.and(terms.similar.map((word) => sql<boolean>`${word} <% reading.search_text`))]),
      ]),
    )
    .orderBy(sql`ts_rank(reading.search, ${query})`, 'desc')
    .orderBy('scan.stored_at', 'desc')
    .orderBy('page.id')
    .limit(limit)
    .execute()
  return { pages: found.map(({ total: _total, ...page }) => page), total: found[0]?.total ?? 0 }
}
