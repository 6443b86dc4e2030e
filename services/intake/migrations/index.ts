import type { Migrations } from '@tasain/kit'
import * as papers from './0001-papers.ts'

/** Every step of intake's schema, in order; a step that has run anywhere is never changed. */
export const migrations: Migrations = {
  '0001-papers': papers,
}
