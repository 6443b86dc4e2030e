import { connect, createLog, runService, sealAccessLog, serve, startJobs, systemClock } from '@tasain/kit'
import { createApp } from './app.ts'
import { readBalancerConfig } from './config.ts'
import { createIntake } from './receiving/intake.ts'
import { startReceiving } from './receiving/receiving.work.ts'
import type { Schema } from './schema.ts'

const log = createLog('balancer')

await runService(log, async () => {
  const config = readBalancerConfig(process.env)
  const database = connect<Schema>({ url: config.databaseUrl, schema: 'balancer', log, max: config.connections })
  const jobs = await startJobs({ url: config.databaseUrl, schema: 'balancer_jobs', log })
  const intake = createIntake({ url: config.intakeUrl, privateKey: config.privateKey })
  const receiver = startReceiving({ database, intake, jobs, clock: systemClock, log })
  const sealing = setInterval(() => {
    sealAccessLog(database.db, config.accessLogHeadFile).catch((error: unknown) =>
      log.warn({ error }, 'the access log could not be sealed'),
    )
  }, 1_000)
  const app = createApp({ config, database, jobs, intake, clock: systemClock, log, receiving: receiver.state })
  const running = await serve(app, config.port)
  log.info({ port: running.port }, 'ready')
  return {
    async stop() {
      await running.stop()
      await receiver.stop()
      clearInterval(sealing)
      await jobs.stop()
      await database.close()
    },
  }
})
