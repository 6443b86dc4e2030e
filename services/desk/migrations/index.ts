import type { Migrations } from '@tasain/kit'
import * as session from './0001-session.ts'

/** Every step of the desk's schema, in order; a step that has run anywhere is never changed. */
export const migrations: Migrations = {
  '0001-session': session,
}
