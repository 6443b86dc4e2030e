import { fork } from 'node:child_process'
import type { DrawAsk } from './draw.process.ts'
import type { BenchPage, Order } from './pages.ts'

/** How many processes draw at once: the benchmark is made for two cores. */
const lanes = 2

/** Draws pages into a folder, in two processes; in the order asked for. @throws Error when a process ends early. */
export async function drawPages(folder: string, orders: readonly Order[]): Promise<BenchPage[]> {
  const shares = Array.from({ length: lanes }, (_, lane) => orders.filter((_, index) => index % lanes === lane))
  const drawn = await Promise.all(shares.map((share) => runDrawing({ folder, orders: share })))
  const byName = new Map(drawn.flat().map((page) => [page.name, page]))
  return orders.flatMap(({ name }) => byName.get(name) ?? [])
}

function runDrawing(ask: DrawAsk): Promise<BenchPage[]> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL('./draw.process.ts', import.meta.url), { serialization: 'advanced' })
    const pages: BenchPage[] = []
    child.on('message', (page: BenchPage) => pages.push(page))
    child.on('error', reject)
    child.on('exit', (code) => {
      if (code === 0 && pages.length === ask.orders.length) resolve(pages)
      else reject(new Error(`the pages could not be drawn: the process ended with ${code}`))
    })
    child.send(ask)
  })
}
