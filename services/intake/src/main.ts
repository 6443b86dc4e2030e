import { createLog, readConfig, runService, serve } from '@tasain/kit'
import { createApp } from './app.ts'
import { settings } from './config.ts'
import { openHouse } from './open-house.ts'
import { startWork } from './work.ts'

const log = createLog('intake')

await runService(log, async () => {
  const config = readConfig(settings, process.env)
  const house = await openHouse(config, log)
  const work = await startWork(house, config.readers)
  const running = await serve(createApp(house), config.port, config.host)
  log.info({ port: running.port }, 'intake listens')
  return {
    async stop() {
      await running.stop()
      await work.stop()
      await house.close()
    },
  }
})
