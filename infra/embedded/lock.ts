import { mkdirSync, statSync } from 'node:fs'
import { connect, createServer } from 'node:net'
import { isErrorWithCode } from './processes.ts'
import { refuseStart } from './refusal.ts'

export type FolderLock = { release: () => Promise<void> }

/**
 * Takes the data folder for this process alone. The lock is a listening socket without a file (Linux's abstract
 * names), so the kernel lets go of it however the process ends, also after kill -9: there is nothing stale to judge.
 * @throws StartRefused when another process has it.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  mkdirSync(folder, { recursive: true })
  // Named after the folder itself, so that another path to it meets the same lock.
  const { dev, ino } = statSync(folder)
  const path = `\0tasain-${dev}-${ino}`
  const server = createServer((socket) => {
    socket.on('error', () => {})
    socket.end(String(process.pid))
  })
  const taken = await new Promise<boolean>((resolve, reject) => {
    server.once('error', (error) => (isErrorWithCode(error, 'EADDRINUSE') ? resolve(true) : reject(error)))
    server.listen({ path }, () => resolve(false))
  })
  if (taken)
    refuseStart(
      `Another Tasain (process ${await askHolder(path)}) already runs on ${folder}. Stop it first, or start on another folder with TASAIN_DATA and another port with TASAIN_PORT.`,
    )
  server.unref()
  return { release: () => new Promise((resolve) => server.close(() => resolve())) }
}

function askHolder(path: string): Promise<string> {
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect({ path }, () => {})
    socket.setTimeout(1_000, () => socket.destroy())
    socket.on('data', (data) => {
      answer += data.toString()
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(answer || 'unknown'))
  })
}
