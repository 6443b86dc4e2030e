import { execFile } from 'node:child_process'
import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Flow } from '@tasain/levelling/testing/network'
import { loadHighs } from '@tasain/levelling/testing/oracle'

const run = promisify(execFile)

/** Milliseconds of the solver alone and the cost it found. */
export type Solved = { ms: number; cost: number }

/** Compiles the LEMON peer into the folder; undefined without g++ or liblemon-dev. */
export async function compileLemon(folder: string): Promise<string | undefined> {
  const binary = join(folder, 'lemon')
  const source = new URL('./lemon.cpp', import.meta.url).pathname
  const done = await run('g++', ['-O2', '-o', binary, source, '-llemon']).catch(() => undefined)
  return done && binary
}

export async function solveByLemon(binary: string, file: string): Promise<Solved> {
  const { stdout } = await run(binary, [file])
  const [seconds, cost] = stdout.split(' ')
  return { ms: Number(seconds) * 1000, cost: Number(cost) }
}

/** The optimum of a linear program in MPS by clp; undefined when it is not installed or takes over ten minutes. */
export async function solveByClp(file: string): Promise<Solved | undefined> {
  const done = await run('clp', [file, '-dualsimplex'], { timeout: 600_000 }).catch(() => undefined)
  const found = /Optimal objective\s+(\S+).*?in \d+.*?|Optimal - objective value\s+(\S+)/.exec(done?.stdout ?? '')
  const seconds = /time (\d+\.\d+)/.exec(done?.stdout ?? '')?.[1]
  return found && seconds ? { ms: Number(seconds) * 1000, cost: Number(found[1] ?? found[2]) } : undefined
}

export async function solveByHighs(flow: Flow): Promise<Solved> {
  const highs = await loadHighs()
  const text = [...listLp(flow)].join('\n')
  const started = performance.now()
  const solution = highs.solve(text, { output_flag: false })
  return { ms: performance.now() - started, cost: solution.ObjectiveValue }
}

export async function writeDimacs(flow: Flow, file: string): Promise<void> {
  await writeLines(file, listDimacs(flow))
}

export async function writeMps(flow: Flow, file: string): Promise<void> {
  await writeLines(file, listMps(flow))
}

async function writeLines(file: string, lines: Iterable<string>): Promise<void> {
  const stream = createWriteStream(file)
  let text = ''
  for (const line of lines) {
    text += `${line}\n`
    if (text.length < 65_536) continue
    if (!stream.write(text)) await once(stream, 'drain')
    text = ''
  }
  stream.end(text)
  await once(stream, 'finish')
}

/** A capacity below the lower bound is read as none. */
function* listDimacs({ nodes, arcs, supply }: Flow): Generator<string> {
  yield `p min ${nodes} ${arcs.length}`
  for (let node = 0; node < nodes; node++) if (supply[node] !== 0) yield `n ${node + 1} ${supply[node]}`
  for (const { from, to, cost, capacity } of arcs)
    yield `a ${from + 1} ${to + 1} 0 ${Number.isFinite(capacity) ? capacity : -1} ${cost}`
}

function* listMps({ nodes, arcs, supply }: Flow): Generator<string> {
  yield 'NAME flow\nROWS\n N cost'
  for (let node = 1; node < nodes; node++) yield ` E n${node}`
  yield 'COLUMNS'
  for (const [i, { from, to, cost }] of arcs.entries()) {
    if (cost !== 0) yield ` x${i} cost ${cost}`
    if (from !== 0) yield ` x${i} n${from} 1`
    if (to !== 0) yield ` x${i} n${to} -1`
  }
  yield 'RHS'
  for (let node = 1; node < nodes; node++) if (supply[node] !== 0) yield ` rhs n${node} ${supply[node]}`
  yield 'BOUNDS'
  for (const [i, { capacity }] of arcs.entries()) if (Number.isFinite(capacity)) yield ` UP bnd x${i} ${capacity}`
  yield 'ENDATA'
}

function* listLp({ nodes, arcs, supply }: Flow): Generator<string> {
  const balance: string[][] = Array.from({ length: nodes }, () => [])
  yield 'Minimize\n obj:'
  for (const [i, { from, to, cost }] of arcs.entries()) {
    if (cost !== 0) yield `+ ${cost} x${i}`
    balance[from]?.push(`+ x${i}`)
    balance[to]?.push(`- x${i}`)
  }
  yield 'Subject To'
  // The root's row follows from the others.
  for (let node = 1; node < nodes; node++)
    if ((balance[node]?.length ?? 0) > 0) yield ` n${node}: ${balance[node]?.join('\n')} = ${supply[node]}`
  yield 'Bounds'
  for (const [i, { capacity }] of arcs.entries()) if (Number.isFinite(capacity)) yield ` x${i} <= ${capacity}`
  yield 'End'
}
