import { readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { isRefusalCode } from '@tasain/contracts'
import { createLimiter, createShared, refuse } from '@tasain/kit'
import type { Asker, House, Rendered, View } from '../house.ts'
import { ObjectOutOfReach, withLocalFile } from '../local-file.ts'
import { newTemporaryPath } from '../temporary.ts'
import type { StoredPage } from './page.store.ts'

type Needs = Pick<House, 'log' | 'objects' | 'temporaryFolder' | 'render'>
type Drawn = { image: Buffer; mediaType: string }
type Wanted = { pageId: string; page: StoredPage; width: View['width'] }
export type Drawings = {
  /**
   * The page as it is looked at, drawn in a child or taken from those drawn lately. Whoever calls has checked the right.
   * @throws service.unavailable or scan.object_missing when there is no original to draw, service.busy when as many of the
   * asker's wait as may, or the refusal of a page that cannot be drawn
   */
  draw: (wanted: Wanted, asker: Required<Asker>) => Promise<Drawn>
}

const drawnType = 'image/webp'
/** One drawing of a person's at a time: a page that is hard to draw, or looked at often, leaves a child to others. */
const limits = { atOnce: 2, atOnceEach: 1, waiting: 512, waitingEach: 64 }
const lend = <T>(made: T) => Promise.resolve(made)

export function createDrawings(house: Needs): Drawings {
  const limiter = createLimiter(limits)
  // What one person asks for many times waits once; what several ask for is drawn in the turn of whose comes first.
  const ofPerson = createShared<Rendered>()
  const ofAll = createShared<Rendered>()
  return {
    async draw(wanted, { person, signal }) {
      const path = pathOf(house, wanted)
      const inTurn = (gone: AbortSignal) =>
        limiter.run(
          person,
          (until) =>
            ofAll.lend(path, (end) => drawOnce(house, wanted, path, { person, signal: end }), lend, { signal: until }),
          { signal: gone },
        )
      const drawn =
        (await findDrawn(path)) ?? (await ofPerson.lend(JSON.stringify([person, path]), inTurn, lend, { signal }))
      if (!drawn.ok) throw refuse(drawn.code)
      return drawn
    },
  }
}

function pathOf({ temporaryFolder }: Needs, { pageId, page, width }: Wanted): string {
  return join(temporaryFolder, 'rendered', `${pageId}-${width}-${page.view.reading ?? 'unread'}.webp`)
}

/** Draws a page, unless it has been drawn while this waited for its turn. */
async function drawOnce(
  house: Needs,
  { page, width }: Wanted,
  path: string,
  asker: Required<Asker>,
): Promise<Rendered> {
  const found = await findDrawn(path)
  if (found) return found
  const { rotation, skew } = page.view
  const view = { page: page.number, rotation, skew, width }
  const draw = (file: string) => house.render(file, page.mediaType, view, asker)
  const drawn = await withLocalFile(house, page.sha256, draw, asker.signal).catch((error: unknown) => {
    if (!(error instanceof ObjectOutOfReach) || asker.signal.aborted) throw error
    house.log.error({ error, alarm: 'object_store' }, 'a page could not be fetched')
    throw refuse(error.code)
  })
  await (drawn.ok ? keepFile(house, path, drawn.image) : keepFile(house, failurePath(path), Buffer.from(drawn.code)))
  return drawn
}

/** A page that cannot be drawn is remembered as long as one that has been: trying again would take as long again. */
const failurePath = (path: string) => `${path}.failed`

async function findDrawn(path: string): Promise<Rendered | undefined> {
  const image = await readFile(path).catch(() => undefined)
  if (image) return { ok: true, image, mediaType: drawnType }
  const code = await readFile(failurePath(path), 'utf8').catch(() => '')
  return isRefusalCode(code) ? { ok: false, code } : undefined
}

// A cache that cannot be written only costs time.
async function keepFile({ log, temporaryFolder }: Needs, path: string, bytes: Buffer): Promise<void> {
  const part = newTemporaryPath(temporaryFolder, 'rendered')
  try {
    await writeFile(part, bytes, { mode: 0o600 })
    await rename(part, path)
  } catch (error) {
    log.warn({ error }, 'a drawn page could not be kept')
    await rm(part, { force: true })
  }
}
