import type { DraftKind, Role } from '@tasain/contracts'
import type { HouseTables } from '@tasain/kit'
import type { Generated } from 'kysely'

export const schema = 'desk'

/** Tables of the desk. */
export type Schema = HouseTables & {
  session: {
    id: string
    token_hash: Buffer
    subject: string
    person: string
    roles: Role[]
    office: string | null
    district: string | null
    language: 'fi' | 'sv'
    signed_in_at: Generated<Date>
    seen_at: Generated<Date>
  }
  draft: {
    subject: string
    kind: DraftKind
    object_id: string
    writer: string
    sequence: number
    body: string
    saved_at: Generated<Date>
  }
}
