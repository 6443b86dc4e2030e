import { fork } from 'node:child_process'
import type { DrawAsk } from './draw.process.ts'
import type { BenchPage, Order } from './pages.ts'

/** How many processes work at once: the benchmark is made for two cores. */
export const lanes = 2

/** Draws pages into a folder, in two processes; in the order asked for. @throws Error when a process ends early. */
export async function drawPages(folder: string, orders: readonly Order[]): Promise<BenchPage[]> {
  const shares = split(orders)
  const drawn = await Promise.all(shares.map((share) => runDrawing({ folder, orders: share })))
  const byName = new Map(drawn.flat().map((page) => [page.name, page]))
  return orders.flatMap(({ name }) => byName.get(name) ?? [])
}

/** Deals things out to the lanes. */
export function split<T>(things: readonly T[]): T[][] {
  return Array.from({ length: lanes }, (_, lane) => things.filter((_, index) => index % lanes === lane))
}

async function runDrawing(ask: DrawAsk): Promise<BenchPage[]> {
  const pages = await collect<BenchPage>(new URL('./draw.process.ts', import.meta.url), ask)
  if (pages.length < ask.orders.length) throw new Error('the pages could not be drawn')
  return pages
}

/** Starts a process, sends it one message and gathers what it sends until it ends. */
export function collect<T>(entry: URL, ask: object, each: (answer: T) => void = () => undefined): Promise<T[]> {
  return new Promise((resolve, reject) => {
    const child = fork(entry, { serialization: 'advanced' })
    const answers: T[] = []
    child.on('message', (answer: T) => {
      answers.push(answer)
      each(answer)
    })
    child.on('error', reject)
    child.on('exit', (code) => {
      if (code === 0) resolve(answers)
      else reject(new Error(`${entry.pathname.split('/').at(-1)} ended with ${code}`))
    })
    child.send(ask)
  })
}
