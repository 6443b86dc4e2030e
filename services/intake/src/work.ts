import { followPage } from './applications/follow.work.ts'
import { startSweeping } from './archive/sweep.work.ts'
import type { House } from './house.ts'
import { startReading } from './recognition/recognition.work.ts'
import { startReadingTexts } from './recognition/text.work.ts'

/** Starts what goes on without being asked, as `app.ts` mounts what is asked for. */
export async function startWork(house: House, readers: number): Promise<{ stop: () => Promise<void> }> {
  await startReading(house, readers, followPage)
  await startReadingTexts(house, Math.max(1, readers - 1))
  const sweeping = await startSweeping(house)
  const pulling = house.tasks.start()
  return {
    async stop() {
      await pulling.stop()
      await sweeping.stop()
    },
  }
}
