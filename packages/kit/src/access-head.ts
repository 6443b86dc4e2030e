import { createHmac } from 'node:crypto'
import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, writeSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { deriveKey } from './access-log.ts'

/** The newest seal at some moment, as the head file keeps it. */
export type Head = { position: number; hash: string }

/** What the head file says; `vanished`: entries that were gone before they could be sealed; `forged`: not by the service. */
export type Heads = {
  heads: Map<number, { hash: string; isKeyed: boolean }>
  newest: number
  begunAfter?: number
  vanished: string[]
  forged: number
}

// A line that a loss of power cut short has the next on its own line.
const headLine = /\{"position":(\d+),"hash":"([0-9a-f]{64})"(?:,"mac":"([0-9a-f]{64})")?\}$/
const vanishedLine = /\{"vanished":"([0-9a-f-]{36})","mac":"([0-9a-f]{64})"\}$/
const begunLine = /^\{"begunAfter":(\d+)\}$/

export function hasHeads(headFile: string): boolean {
  return existsSync(headFile)
}

export function appendHead(headFile: string, key: string, { position, hash }: Head): void {
  append(headFile, JSON.stringify({ position, hash, mac: authenticateLine(key, `${position} ${hash}`) }))
}

export function appendVanished(headFile: string, key: string, entryId: string): void {
  append(headFile, JSON.stringify({ vanished: entryId, mac: authenticateLine(key, `vanished ${entryId}`) }))
}

/** Says that the file had gone, at that position. */
export function appendBegun(headFile: string, begunAfter: number): void {
  append(headFile, JSON.stringify({ begunAfter }))
}

/** Makes the file, so that one missing later has been taken away. */
export function createHeads(headFile: string): void {
  append(headFile, undefined)
}

function append(headFile: string, line: string | undefined): void {
  mkdirSync(dirname(headFile), { recursive: true, mode: 0o700 })
  const file = openSync(headFile, 'a', 0o600)
  try {
    if (line !== undefined) writeSync(file, `${line}\n`)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
}

function authenticateLine(key: string, content: string): string {
  return createHmac('sha256', deriveKey(key, 'head')).update(content).digest('hex')
}

/** One head for every second in which something was seen: read line by line, for the file grows for years. */
export async function readHeads(headFile: string, key: string): Promise<Heads> {
  const found: Heads = { heads: new Map(), newest: 0, vanished: [], forged: 0 }
  if (!existsSync(headFile)) return found
  const file = await open(headFile)
  for await (const line of file.readLines()) {
    const begun = Number(begunLine.exec(line)?.[1] ?? 0)
    // Where an older copy was put back before it, nothing is missing any more.
    if (begun > found.newest) found.begunAfter ??= begun
    readHead(found, line, key)
    const [, entryId = '', mac] = vanishedLine.exec(line) ?? []
    if (mac === undefined) continue
    if (mac === authenticateLine(key, `vanished ${entryId}`)) found.vanished.push(entryId)
    else found.forged += 1
  }
  return found
}

function readHead(found: Heads, line: string, key: string): void {
  const [, at, hash, mac] = headLine.exec(line) ?? []
  if (at === undefined || hash === undefined) return
  const position = Number(at)
  if (mac !== undefined && mac !== authenticateLine(key, `${position} ${hash}`)) {
    found.forged += 1
    return
  }
  found.heads.set(position, { hash, isKeyed: mac !== undefined })
  found.newest = Math.max(found.newest, position)
}
