import { createReadStream } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { watchPace } from '../pace.ts'

/** Whoever takes nothing for so long has stopped reading. What the network holds goes on in leaps, so it is long. */
const slowest = { bytes: 1, everyMs: 60_000 }

/** Sends a file as fast as it is taken. @throws when the connection ends first, as it does when nothing is taken any more. */
export async function sendFile(path: string, response: ServerResponse, pace = slowest): Promise<void> {
  const endWatch = watchPace(
    () => response.socket?.bytesWritten ?? 0,
    () => response.destroy(),
    pace,
  )
  try {
    await pipeline(createReadStream(path), response)
  } finally {
    endWatch()
  }
}
