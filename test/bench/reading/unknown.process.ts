/** A child process that reads pages whose form it does not know: each page's own definition is held out. */
import { readFile } from 'node:fs/promises'
import { helsinkiDate } from '@tasain/vocabulary'
import sharp from 'sharp'
import { engineParts, listForms, readCodeReader } from '../../../services/intake/src/recognition/disk.process.ts'
import { openEngine } from '../../../services/intake/src/recognition/engine/engine.ts'
import { prepareCodeReader } from '../../../services/intake/src/recognition/picture/barcode.ts'
import { preparePage, readFields } from '../../../services/intake/src/recognition/reading.ts'
import type { BenchPage } from './pages.ts'
import type { Outcome } from './tally.ts'

sharp.concurrency(1)
sharp.cache(false)
prepareCodeReader(readCodeReader())
const engine = openEngine(engineParts)
const forms = listForms()
const today = helsinkiDate(new Date())

async function read({ name, path, kind, form }: BenchPage): Promise<Outcome> {
  try {
    const others = forms.filter(({ code }) => code !== form)
    const prepared = await preparePage(engine, { bytes: await readFile(path), kind, page: 1 }, others)
    const { form: taken, rotation, blank, fields } = await readFields(engine, prepared, today)
    return { name, form: taken?.code ?? null, rotation, blank, fields }
  } catch (error) {
    return { name, form: null, rotation: 0, blank: false, fields: {}, failed: String(error) }
  }
}

process.on('message', ({ pages }: { pages: readonly BenchPage[] }) => {
  void (async () => {
    for (const page of pages) process.send?.(await read(page))
    process.disconnect()
  })()
})
