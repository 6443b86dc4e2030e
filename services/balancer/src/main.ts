import { connect, createLog, openWitness, runService, serve, startJobs, startSealing, systemClock } from '@tasain/kit'
import { createApp } from './app.ts'
import { readBalancerConfig } from './config.ts'
import { startTidying } from './handling/handling.work.ts'
import { startRecounting } from './load/recount.work.ts'
import { createIntake } from './receiving/intake.work.ts'
import { startReceiving } from './receiving/receiving.work.ts'
import { startReconciling } from './receiving/reconcile.work.ts'
import { startRouting } from './routing/routing.work.ts'
import type { Schema } from './schema.ts'

const log = createLog('balancer')

await runService(log, async () => {
  const config = readBalancerConfig(process.env)
  const database = connect<Schema>({ url: config.databaseUrl, schema: 'balancer', log, max: config.connections })
  const jobs = await startJobs({ url: config.databaseUrl, schema: 'balancer_jobs', log })
  const intake = createIntake({ url: config.intakeUrl, privateKey: config.privateKey })
  const clock = systemClock
  const receiver = startReceiving({ database, intake, jobs, clock, log })
  await startReconciling({ database, intake, jobs, clock, log }, jobs)
  await startRecounting({ database, log }, jobs)
  await startRouting({ ...config, isOn: config.planning === 'on', database, clock, log }, jobs)
  const tidying = await startTidying({ database, clock, log, jobs })
  const { accessLogHeadFile: headFile, accessLogKey: key } = config
  const witness = openWitness(headFile, log)
  const sealing = startSealing({ db: database.db, headFile, key, witness, log })
  const app = createApp({ config, database, jobs, intake, clock, log, receivingState: receiver.state, witness })
  const running = await serve(app, config.port, config.host)
  log.info({ port: running.port }, 'ready')
  return {
    async stop() {
      await running.stop()
      await receiver.stop()
      await sealing.stop()
      await tidying.stop()
      await jobs.stop()
      await database.close()
    },
  }
})
