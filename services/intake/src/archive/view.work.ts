import { readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { refuse } from '@tasain/kit'
import type { House, View } from '../house.ts'
import { ObjectOutOfReach, withLocalFile } from '../local-file.ts'
import { newTemporaryPath } from '../temporary.ts'
import type { StoredPage } from './page.store.ts'

type Needs = Pick<House, 'log' | 'objects' | 'temporaryFolder' | 'render'>
const drawnType = 'image/webp'

/**
 * The page as it is looked at, drawn in a child or taken from those drawn lately. Whoever calls has checked the right.
 * @throws the refusal of an original that is missing, changed or out of reach, or of a page that cannot be drawn.
 */
export async function drawView(
  house: Needs,
  pageId: string,
  page: StoredPage,
  width: View['width'],
): Promise<{ image: Buffer; mediaType: string }> {
  const path = join(house.temporaryFolder, 'rendered', `${pageId}-${width}-${page.view.reading ?? 'unread'}.webp`)
  const cached = await readFile(path).catch(() => undefined)
  if (cached) return { image: cached, mediaType: drawnType }
  const { rotation, skew } = page.view
  const view = { page: page.number, rotation, skew, width }
  const drawn = await withLocalFile(house, page.sha256, (file) => house.render(file, page.mediaType, view)).catch(
    (error: unknown) => {
      if (!(error instanceof ObjectOutOfReach)) throw error
      house.log.error({ error, alarm: 'object_store' }, 'a page could not be fetched')
      throw refuse(error.code)
    },
  )
  if (!drawn.ok) throw refuse(drawn.code)
  await keepDrawn(house, path, drawn.image)
  return drawn
}

// A cache that cannot be written only costs time.
async function keepDrawn({ log, temporaryFolder }: Needs, path: string, image: Buffer): Promise<void> {
  const part = newTemporaryPath(temporaryFolder, 'rendered')
  try {
    await writeFile(part, image, { mode: 0o600 })
    await rename(part, path)
  } catch (error) {
    log.warn({ error }, 'a drawn page could not be kept')
  }
}
