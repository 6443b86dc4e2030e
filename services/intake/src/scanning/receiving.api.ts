import { statfs } from 'node:fs/promises'
import { type Limiter, refuse } from '@tasain/kit'
import type { Request, Response } from 'express'
import { watchPace } from '../pace.ts'

/** At least so many bytes of a body must come in within so long, or its place is given to others. */
const slowest = { bytes: 32_000, everyMs: 20_000 }
/** So much of the disk stays free for what is at work already. */
const keptFree = 512 * 2 ** 20

export type Receiving = {
  /**
   * Takes a body in, and does what follows, in a place of the person's own. @throws service.busy, service.no_room before
   * anything is taken in, scan.too_slow
   */
  run: <T>(person: string, request: Request, response: Response, work: () => Promise<T>) => Promise<T>
}

/**
 * Bodies come in as slowly as their senders like, so the places in which they do are many, each person has few of them, and
 * none of what is scarce is held meanwhile.
 */
export function createReceiving(limiter: Limiter, temporaryFolder: string): Receiving {
  return {
    async run(person, request, response, work) {
      const gone = new AbortController()
      response.on('close', () => gone.abort())
      return await limiter.run(
        person,
        async () => {
          await assertRoom(temporaryFolder, Number(request.get('content-length') ?? 0))
          return await whileArriving(request, response, work)
        },
        { signal: gone.signal },
      )
    },
  }
}

/** @throws service.no_room when so many bytes more would leave too little of the disk free */
export async function assertRoom(folder: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder)
  if (bavail * bsize < bytes + keptFree) throw refuse('service.no_room')
}

/** Waits for the work as long as the request's body keeps coming in. @throws scan.too_slow, and lets go of the connection */
export async function whileArriving<T>(
  request: Request,
  response: Response,
  work: () => Promise<T>,
  pace = slowest,
): Promise<T> {
  let endWatch = () => {}
  const stalled = new Promise<never>((_resolve, reject) => {
    const giveUp = () => {
      if (request.complete) return
      response.set('Connection', 'close')
      reject(refuse('scan.too_slow'))
    }
    endWatch = watchPace(() => request.socket.bytesRead, giveUp, pace)
  })
  try {
    return await Promise.race([work(), stalled])
  } finally {
    endWatch()
  }
}
