import { fromKysely, PgBoss } from 'pg-boss'
import type { Tx } from './database.ts'
import { getWorkHealth } from './health.ts'
import type { Log } from './log.ts'

/** How a queue behaves: how often a job is tried, and where one that keeps failing is set aside. */
export type Queue = {
  name: string
  deadLetter?: string
  tries?: number
  backoff?: boolean
  expireSeconds?: number
  single?: boolean
}

export type Jobs = {
  /** Plans a job in the caller's transaction: it exists exactly when what it follows from does. */
  plan: <S>(
    tx: Tx<S>,
    queue: string,
    data: object,
    options?: { priority?: number; afterSeconds?: number },
  ) => Promise<void>
  /**
   * Starts working on a queue, so many jobs at a time in this process. A job is delivered at least once; how the queue goes
   * is watched, see `WorkHealth`.
   */
  work: <T extends object>(
    queue: string,
    concurrency: number,
    handle: (data: T, try_: { signal: AbortSignal; retry: number }) => Promise<void>,
  ) => Promise<void>
  /** Repeats a job by a cron line (minutes are the finest grain). */
  schedule: (queue: string, cron: string) => Promise<void>
  /** Lets running jobs finish for up to 20 seconds, then gives them back. */
  stop: () => Promise<void>
}

/** Installs the job tables of a house, as its owner role. */
export async function migrateJobs(options: {
  ownerUrl: string
  schema: string
  appRole: string
  queues: readonly Queue[]
  log: Log
}): Promise<void> {
  const boss = new PgBoss({
    connectionString: options.ownerUrl,
    schema: options.schema,
    createSchema: false,
    supervise: false,
    schedule: false,
    max: 2,
  })
  boss.on('error', (error: Error) => options.log.warn({ error }, 'job tables'))
  await boss.start()
  try {
    // A dead-letter queue must stand before the queue that points to it.
    for (const queue of [...options.queues].sort(
      (a, b) => Number(Boolean(a.deadLetter)) - Number(Boolean(b.deadLetter)),
    )) {
      const settings = queueSettings(queue)
      if (await boss.getQueue(queue.name)) {
        const { policy: _fixedAtCreation, ...changeable } = settings
        await boss.updateQueue(queue.name, changeable)
      } else await boss.createQueue(queue.name, settings)
    }
    const db = boss.getDb()
    await db.executeSql(`grant usage on schema ${options.schema} to ${options.appRole}`)
    await db.executeSql(
      `grant select, insert, update, delete on all tables in schema ${options.schema} to ${options.appRole}`,
    )
    await db.executeSql(`grant execute on all functions in schema ${options.schema} to ${options.appRole}`)
  } finally {
    await boss.stop({ graceful: false })
  }
}

function queueSettings(queue: Queue) {
  return {
    // A worker that is killed is noticed by its missing heartbeat; 10 seconds is the shortest the library allows.
    heartbeatSeconds: 10,
    expireInSeconds: queue.expireSeconds ?? 600,
    retryLimit: (queue.tries ?? 3) - 1,
    retryDelay: 1,
    retryBackoff: queue.backoff ?? false,
    notify: true,
    policy: queue.single ? ('short' as const) : ('standard' as const),
    ...(queue.deadLetter && { deadLetter: queue.deadLetter }),
  }
}

/** Starts the job engine of a house on its app role. */
export async function startJobs(options: { url: string; schema: string; log: Log }): Promise<Jobs> {
  const boss = new PgBoss({
    connectionString: options.url,
    schema: options.schema,
    migrate: false,
    createSchema: false,
    useListenNotify: true,
    superviseIntervalSeconds: 1,
    monitorIntervalSeconds: 1,
    queueCacheIntervalSeconds: 1,
    cronMonitorIntervalSeconds: 30,
    // Rebuilding indexes needs the owner role.
    reindex: false,
    max: 6,
  })
  boss.on('error', (error: Error) => options.log.warn({ error }, 'the job engine'))
  await boss.start()
  const health = getWorkHealth(options.log)
  return {
    async plan(tx, queue, data, { priority, afterSeconds } = {}) {
      await boss.send(queue, data, {
        db: fromKysely(tx),
        ...(priority !== undefined && { priority }),
        ...(afterSeconds !== undefined && { startAfter: afterSeconds }),
      })
    },
    async work<T extends object>(
      queue: string,
      concurrency: number,
      handle: (data: T, try_: { signal: AbortSignal; retry: number }) => Promise<void>,
    ) {
      await boss.work<T>(
        queue,
        {
          batchSize: 1,
          localConcurrency: concurrency,
          pollingIntervalSeconds: 0.5,
          // A notice wakes workers for new jobs only: a retry comes due unannounced, and the library would look each 30 s.
          notifyPollingIntervalSeconds: 1,
          includeMetadata: true,
        },
        async (jobs) => {
          for (const job of jobs)
            await health.watch(queue, () => handle(job.data, { signal: job.signal, retry: job.retryCount }))
        },
      )
    },
    async schedule(queue, cron) {
      await boss.schedule(queue, cron, {}, { tz: 'Europe/Helsinki' })
    },
    stop: () => boss.stop({ graceful: true, timeout: 20_000 }),
  }
}
