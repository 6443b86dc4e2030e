import { balancerActions } from '@tasain/contracts'
import { type Clock, createAccessLog, type Database, type Jobs, type Log, openDoor } from '@tasain/kit'
import type { Express } from 'express'
import { sql } from 'kysely'
import type { Config } from './config.ts'
import { mountHandling } from './handling/handling.api.ts'
import { createQueueCounts } from './load/queue-counts.ts'
import { mountOffices } from './offices/offices.api.ts'
import type { Intake } from './receiving/intake.ts'
import type { ReceivingState } from './receiving/receiving.work.ts'
import type { Schema } from './schema.ts'

export type House = {
  config: Omit<Config, 'port' | 'databaseUrl' | 'intakeUrl'>
  database: Database<Schema>
  jobs: Pick<Jobs, 'plan'>
  intake: Intake
  clock: Clock
  log: Log
  receiving: () => ReceivingState
}

/** The floor plan: the rooms in the order the paper walks. */
export function createApp(house: House): Express {
  const { config, database, clock, log } = house
  const accessLog = createAccessLog(config.accessLogKey)
  const door = openDoor<Schema, keyof typeof balancerActions>({
    db: database.db,
    log,
    actions: balancerActions,
    trusted: { desk: config.deskPublicKey, balancer: config.publicKey },
    accessLog,
    checkReady: async () => {
      await sql`select 1`.execute(database.db)
    },
  })
  const queueCounts = createQueueCounts(database.db)
  mountOffices(door)
  mountHandling(door, { database, clock, privateKey: config.privateKey, queueCounts })
  return door.close()
}
