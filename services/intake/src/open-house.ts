import {
  connect,
  createAccessLog,
  createBlindIndex,
  createIdentityCipher,
  type Log,
  openWitness,
  startJobs,
  systemClock,
} from '@tasain/kit'
import type { settings } from './config.ts'
import type { House } from './house.ts'
import { openObjects } from './objects.ts'
import { startReaders } from './readers.ts'
import { listForms } from './recognition/disk.process.ts'
import { createFormShelf } from './recognition/forms/shelf.store.ts'
import { jobSchema, type Schema, schema } from './schema.ts'
import { createBalancer } from './tasks/balancer.work.ts'
import { createTasks } from './tasks/tasks.work.ts'
import { prepareTemporary } from './temporary.ts'

export type Config = {
  [K in keyof typeof settings]: ReturnType<(typeof settings)[K]['parse']>
}

type Opened = { readerPids: () => number[]; close: () => Promise<void> }

/** Connects the house to what it leans on. `close` lets running jobs end and gives everything back. */
export async function openHouse(config: Omit<Config, 'host' | 'port'>, log: Log): Promise<House & Opened> {
  await prepareTemporary(config.temporaryFolder)
  const database = connect<Schema>({ url: config.databaseUrl, schema, log, max: 20 })
  const objects = await openObjects(config, database.db)
  const witness = openWitness(config.accessLogHead, log)
  const jobs = await startJobs({ url: config.databaseUrl, schema: jobSchema, log })
  const forms = createFormShelf(database.db, log, listForms())
  const { stop: stopReaders, pids: readerPids, ...readers } = startReaders(config.readers, forms)
  const balancer = createBalancer({ url: config.balancerUrl, privateKey: config.privateKey })
  return {
    db: database.db,
    log,
    clock: systemClock,
    objects,
    jobs,
    accessLog: createAccessLog(config.accessLogKey, witness),
    witness,
    accessLogKey: config.accessLogKey,
    accessLogHead: config.accessLogHead,
    cipher: createIdentityCipher(config.identityCipherKey),
    indexIdentity: createBlindIndex(config.identityIndexKey),
    trusted: { desk: config.deskPublicKey, balancer: config.balancerPublicKey },
    tasks: createTasks({ db: database.db, balancer, log }),
    temporaryFolder: config.temporaryFolder,
    forms,
    ...readers,
    async checkReady() {
      await database.pool.query('select 1')
    },
    readerPids,
    async close() {
      await jobs.stop()
      await stopReaders()
      await database.close()
    },
  }
}
