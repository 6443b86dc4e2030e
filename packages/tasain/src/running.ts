import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Caller, RefusalBody } from '@tasain/contracts'
import { signCaller } from '@tasain/kit'
import * as z from 'zod'
import { CommandRefused } from './input.ts'

const runFile = z.object({
  pid: z.int(),
  address: z.string(),
  ports: z.object({ intake: z.int(), balancer: z.int(), desk: z.int() }),
  secretsDir: z.string(),
})

/** A system that runs on this machine, as it wrote itself down when it was ready. */
export type Running = z.infer<typeof runFile>
export type House = keyof Running['ports']
export const houses = ['intake', 'balancer', 'desk'] as const satisfies House[]

/** The system that runs on a data folder, or undefined when none does. */
export function findRunning(dataDir: string): Running | undefined {
  try {
    const running = runFile.parse(JSON.parse(readFileSync(join(dataDir, 'run.json'), 'utf8')))
    return isAlive(running.pid) ? running : undefined
  } catch {
    return undefined
  }
}

/** @throws CommandRefused that says how to start one. */
export function getRunning(dataDir: string): Running {
  const running = findRunning(dataDir)
  if (running) return running
  throw new CommandRefused(
    `No system runs on ${dataDir}. Start one with "npm start" and wait for its "ready" line, or name another data folder with TASAIN_DATA.`,
  )
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // A process of another user may not be signalled, but it is there.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

export type Question = {
  house: House
  path: string
  /** The office in whose name the operator acts. */
  office?: string
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: () => Promise<string | FormData>
  /** How long one answer may take. */
  withinMs?: number
}

/** What a house answered: its JSON, or why it refused, in English. */
export type Answer = { ok: true; body: unknown } | { ok: false; status: number; sentence: string }

/**
 * Asks a house as the operator of this machine, again and again while it is out of reach: whatever is asked must have one
 * effect however often it is asked. The run file is read each time, since a system that starts anew may move.
 * @throws CommandRefused when it stays out of reach.
 */
export async function askPatiently(dataDir: string, question: Question, patienceMs: number): Promise<Answer> {
  const deadline = Date.now() + patienceMs
  for (;;) {
    const answer = await askOnce(dataDir, question)
    if (typeof answer === 'object') return answer
    if (Date.now() > deadline)
      throw new CommandRefused(
        `The ${question.house} did not answer for ${Math.round(patienceMs / 1000)} s (${answer}). See its log in ${join(dataDir, 'logs')}.`,
      )
    await sleep(1_000)
  }
}

async function askOnce(dataDir: string, question: Question): Promise<Answer | string> {
  const running = findRunning(dataDir)
  if (!running) return 'the system has ended'
  const { house, path, office = null, method = 'GET', headers = {}, body, withinMs = 120_000 } = question
  try {
    const key = readFileSync(join(running.secretsDir, 'desk-private.pem'), 'utf8')
    const caller: Caller = { subject: 'operator', name: 'Operator', roles: ['clerk', 'admin'], office, district: null }
    const authorization = `Bearer ${await signCaller('desk', key, caller)}`
    const response = await fetch(`http://127.0.0.1:${running.ports[house]}${path}`, {
      method,
      headers: { ...headers, authorization },
      signal: AbortSignal.timeout(withinMs),
      ...(body && { body: await body() }),
    })
    const text = await response.text()
    if (response.status === 503) return 'it is not ready'
    if (response.ok) return { ok: true, body: JSON.parse(text) }
    return { ok: false, status: response.status, sentence: explainRefusal(response.status, text) }
  } catch (error) {
    if (error instanceof TypeError) return 'no connection'
    if (error instanceof Error && error.name === 'TimeoutError') return 'no answer'
    throw error
  }
}

function explainRefusal(status: number, text: string): string {
  try {
    const { message, fields = [], reference } = (JSON.parse(text) as RefusalBody).error
    const places = fields.map((field) => ` ${field.path}: ${field.message}.`).join('')
    return `${message.en}${places}${status >= 500 ? ` (reference ${reference})` : ''}`
  } catch {
    return `The answer was ${status}, and not one of ours.`
  }
}
