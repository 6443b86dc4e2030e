import { type RawBuilder, sql } from 'kysely'

/** How long after its batch was closed the clerks of the office still see a paper. */
const daysAfterClosing = 7

/** A row of `application` that waits for a person: to be completed, identified, or looked at where reading doubts. */
export const isToCheck: RawBuilder<boolean> = sql`(
  application.state in ('incomplete', 'unidentified')
  or application.state = 'handed_over' and application.doubtful_fields > 0)`

/**
 * What the clerks of an office see of its papers: rows of `batch`, with the `application` if there is one. A clerk needs a
 * paper until a while after its batch was closed, and for as long as it is being read or waits to be checked.
 */
export const isOnTheDesk: RawBuilder<boolean> = sql`(
  batch.closed_at is null
  or batch.closed_at >= now() - make_interval(days => ${sql.lit(daysAfterClosing)})
  or coalesce(application.state = 'reading' or ${isToCheck}, false))`
