import {
  connect,
  createAccessLog,
  createLog,
  openWitness,
  runService,
  serve,
  startSealing,
  systemClock,
} from '@tasain/kit'
import { createApp } from './app.ts'
import { readDeskConfig } from './config.ts'
import { startDraftSweep } from './drafts/draft.work.ts'
import { type Schema, schema } from './schema.ts'
import { startSessionSweep } from './sign-in/session.work.ts'

const log = createLog('desk')

await runService(log, async () => {
  const config = readDeskConfig(process.env)
  const { db, close } = connect<Schema>({ url: config.databaseUrl, schema, log })
  const { accessLogHeadFile: headFile, accessLogKey: key } = config
  const witness = openWitness(headFile, log)
  const house = { config, db, log, accessLog: createAccessLog(key, witness), clock: systemClock }
  const { port, stop } = await serve(createApp(house), config.port, config.host)
  const sealing = startSealing({ db, headFile, key, witness, log })
  const sweeps = [startSessionSweep(house), startDraftSweep(house)]
  log.info({ port }, 'the desk is open')
  return {
    async stop() {
      await stop()
      for (const sweep of sweeps) await sweep.stop()
      await sealing.stop()
      await close()
    },
  }
})
