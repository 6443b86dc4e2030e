import { balancerActions } from '@tasain/contracts'
import {
  type Clock,
  createAccessLog,
  createBlindIndex,
  createPrepareEntry,
  type Database,
  type Jobs,
  type Log,
  mountWorkHealth,
  openDoor,
  type Witness,
} from '@tasain/kit'
import type { Express } from 'express'
import { sql } from 'kysely'
import type { Config } from './config.ts'
import { mountConflicts } from './conflicts/conflicts.api.ts'
import { mountStaff } from './conflicts/staff.api.ts'
import { mountEvents } from './events/events.api.ts'
import { mountHandling } from './handling/handling.api.ts'
import { createQueueCounts } from './load/queue-counts.store.ts'
import { mountOffices } from './offices/offices.api.ts'
import type { Intake } from './receiving/intake.work.ts'
import type { ReceivingState } from './receiving/receiving.work.ts'
import { mountLoad } from './reporting/load.api.ts'
import { mountQueues } from './reporting/queue.api.ts'
import { mountReporting } from './reporting/reporting.api.ts'
import { mountVerify } from './reporting/verify.api.ts'
import { mountRouting } from './routing/routing.api.ts'
import { mountRules } from './rules/rules.api.ts'
import type { Schema } from './schema.ts'

export type House = {
  config: Omit<Config, 'host' | 'port' | 'databaseUrl' | 'intakeUrl' | 'connections'>
  database: Database<Schema>
  jobs: Pick<Jobs, 'plan'>
  intake: Intake
  clock: Clock
  log: Log
  receivingState: () => ReceivingState
  /** Remembers what is in the access log and not sealed yet. */
  witness?: Witness
}

/** The floor plan: the rooms in the order the paper walks. */
export function createApp(house: House): Express {
  const { config, database, jobs, intake, clock, log } = house
  const accessLog = createAccessLog(config.accessLogKey, house.witness)
  const prepareEntry = createPrepareEntry(config.accessLogKey, house.witness)
  const door = openDoor<Schema, keyof typeof balancerActions>({
    db: database.db,
    log,
    actions: balancerActions,
    trusted: { desk: config.deskPublicKey, balancer: config.publicKey, intake: config.intakePublicKey },
    accessLog,
    checkReady: async () => {
      await sql`select 1`.execute(database.db)
    },
    describeState: () => ({ receiving: house.receivingState() }),
  })
  const queueCounts = createQueueCounts(database.db)
  const indexIdentity = createBlindIndex(config.identityIndexKey)
  mountEvents(door, database)
  mountOffices(door)
  mountConflicts(door, { clock, indexIdentity })
  mountStaff(door, { clock, jobs, indexIdentity })
  mountRules(door, { clock, jobs })
  mountRouting(door, { ...config, database, clock, jobs, isOn: config.planning === 'on' })
  mountHandling(door, { database, clock, privateKey: config.privateKey, queueCounts, accessLog, prepareEntry })
  mountLoad(door, { clock, queueCounts })
  mountQueues(door, { clock })
  mountReporting(door, { clock })
  mountVerify(door, { ...config, receiving: { database, intake, jobs, clock, log } })
  mountWorkHealth(door, 'work.view', log)
  return door.close()
}
