import { type RawBuilder, sql } from 'kysely'
import { isDecided } from './tasks/standing.store.ts'

/** How long after its batch was closed the clerks of the office still see a paper. */
const daysAfterClosing = 7

/**
 * A row of `application` that waits for a person: to be completed, identified, or looked at where reading doubts. What has been
 * decided waits for nobody.
 */
export const isToCheck: RawBuilder<boolean> = sql`(
  (application.state in ('incomplete', 'unidentified')
    or application.state = 'handed_over' and application.doubtful_fields > 0)
  and not ${isDecided})`

/**
 * A row of `batch` of which a clerk is still asked something: about a page, or about a file that was scanned before. Listed
 * once for all rows, since few batches have a question open.
 */
const isAskedAbout: RawBuilder<boolean> = sql`batch.id in (
  select asked.batch_id from scan as asked where asked.duplicate_of is not null and asked.settled_as is null
  union all
  select asked.batch_id from page as of_asked join scan as asked on asked.id = of_asked.scan_id
  where of_asked.question is not null and of_asked.answer is null)`

/**
 * What the clerks of an office see of its papers: rows of `batch`, with the `application` if there is one. A clerk needs a
 * paper until a while after its batch was closed, and for as long as it is being read, waits to be checked or has a question
 * open in its batch.
 */
export const isOnTheDesk: RawBuilder<boolean> = sql`(
  batch.closed_at is null
  or batch.closed_at >= now() - make_interval(days => ${sql.lit(daysAfterClosing)})
  or coalesce(application.state = 'reading' or ${isToCheck}, false)
  or ${isAskedAbout})`
