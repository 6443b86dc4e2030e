import { type RawBuilder, sql } from 'kysely'

/** How long after its batch was closed the clerks of the office still see a paper. */
const daysAfterClosing = 7

/** A row of `application` that waits for a person: to be completed, identified, or looked at where reading doubts. */
export const isToCheck: RawBuilder<boolean> = sql`(
  application.state in ('incomplete', 'unidentified')
  or application.state = 'handed_over' and application.doubtful_fields > 0)`

/** A row of `batch` of which a clerk is still asked something: about a page, or about a file that was scanned before. */
const isAskedAbout: RawBuilder<boolean> = sql`exists (
  select from scan as asked where asked.batch_id = batch.id and (
    asked.duplicate_of is not null and asked.settled_as is null
    or exists (
      select from page as of_asked
      where of_asked.scan_id = asked.id and of_asked.question is not null and of_asked.answer is null)))`

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
