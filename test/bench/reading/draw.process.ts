/** A child process that draws pages: it is sent a folder and orders, and sends back each page as it lies on disk. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileKind } from '@tasain/contracts'
import sharp from 'sharp'
import { drawMultiPage } from '../../samples/form.ts'
import { listTicks } from '../../samples/geometry.ts'
import { getLayout } from '../../samples/layouts.ts'
import type { BenchPage, Order } from './pages.ts'

export type DrawAsk = { readonly folder: string; readonly orders: readonly Order[] }

sharp.concurrency(1)
sharp.cache(false)

const kinds: Readonly<Record<string, FileKind>> = { jpg: 'jpeg', tif: 'tiff', pdf: 'pdf', png: 'png' }

async function draw({ name, sheet, damage }: Order, folder: string): Promise<BenchPage> {
  const { bytes, fileName, truths } = await drawMultiPage([sheet], damage)
  const ending = fileName.slice(fileName.lastIndexOf('.') + 1)
  const path = join(folder, `${name}.${ending}`)
  await writeFile(path, bytes)
  const [truth] = truths
  return {
    name,
    path,
    kind: kinds[ending] ?? 'jpeg',
    dpi: damage.dpi,
    rotation: (360 - damage.turned) % 360,
    damage: damage.kind,
    form: truth?.formCode ?? null,
    language: truth?.language,
    isBlank: sheet === 'blank' || (typeof sheet === 'object' && 'behind' in sheet),
    isTyped: !(typeof sheet === 'object' && 'isHandwritten' in sheet && sheet.isHandwritten),
    fields: truth?.fields ?? {},
    ticks: truth ? listTicks(getLayout(truth.layout), truth.ticked) : {},
    lines: truth?.lines ?? [],
  }
}

process.on('message', ({ folder, orders }: DrawAsk) => {
  void (async () => {
    for (const order of orders) process.send?.(await draw(order, folder))
    process.disconnect()
  })()
})
