import type { Migrations } from '@tasain/kit'
import * as session from './0001-session.ts'
import * as draft from './0002-draft.ts'
import * as keyedLog from './0003-keyed-log.ts'

/** Every step of the desk's schema, in order; a step that has run anywhere is never changed. */
export const migrations: Migrations = {
  '0001-session': session,
  '0002-draft': draft,
  '0003-keyed-log': keyedLog,
}
