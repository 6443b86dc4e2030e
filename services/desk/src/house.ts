import type { AccessLog, Clock, Log } from '@tasain/kit'
import type { Kysely } from 'kysely'
import type { Config } from './config.ts'
import type { Schema } from './schema.ts'

/** What the rooms of the desk work with. */
export type House = {
  config: Config
  db: Kysely<Schema>
  log: Log
  accessLog: AccessLog
  clock: Clock
}
