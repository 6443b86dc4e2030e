import type { ConflictGround } from '@tasain/contracts'
import type { IsoDate } from '@tasain/vocabulary'
import type { ColumnType, Generated } from 'kysely'

/** Set by the database when the row is written. */
type WrittenAt = ColumnType<Date, Date | undefined, never>

/** Who may not handle whose matters; persons stand here by the keyed index of their identity code alone. */
export type ImpartialityTables = {
  conflict_of_interest: {
    id: Generated<string>
    handler_id: string
    applicant_index: string
    ground: Generated<ConflictGround>
    /** Whom it is about, in the handler's words; of a recusal its reason. */
    label: Generated<string>
    /** The task from which the handler recused themselves. */
    task_id: string | null
    declared_at: WrittenAt
    ended_at: Date | null
    end_reason: string | null
  }
  /** A task that a handler is not given. */
  exclusion: {
    task_id: string
    handler_id: string
    /** Last day; null = for ever. */
    until_on: IsoDate | null
  }
  own_staff: {
    id: string
    applicant_index: string
    /** Who signs in, when they do. */
    subject: string | null
    /** The office whose people are their colleagues. */
    office_id: string
    label: string
    registered_by_subject: string
    registered_by_name: string
    registered_at: WrittenAt
    ended_by_subject: string | null
    ended_by_name: string | null
    ended_at: Date | null
    end_reason: string | null
  }
}
