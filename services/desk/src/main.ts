import { connect, createAccessLog, createLog, runService, serve, startSealing, systemClock } from '@tasain/kit'
import { createApp } from './app.ts'
import { readDeskConfig } from './config.ts'
import { type Schema, schema } from './schema.ts'
import { startSessionSweep } from './sign-in/session.work.ts'

const log = createLog('desk')

await runService(log, async () => {
  const config = readDeskConfig(process.env)
  const { db, close } = connect<Schema>({ url: config.databaseUrl, schema, log })
  const house = { config, db, log, accessLog: createAccessLog(config.accessLogKey), clock: systemClock }
  const { port, stop } = await serve(createApp(house), config.port, config.host)
  const sealing = startSealing(db, config.accessLogHeadFile, log)
  const sweeping = startSessionSweep(house)
  log.info({ port }, 'the desk is open')
  return {
    async stop() {
      await stop()
      await sweeping.stop()
      await sealing.stop()
      await close()
    },
  }
})
