import type { ServerResponse } from 'node:http'

/**
 * Works on an answer for as long as somebody waits for it: `signal` is aborted when its connection is closed, and what fails
 * after that is no fault.
 */
export async function whileAsked(
  response: ServerResponse,
  work: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const gone = new AbortController()
  response.on('close', () => gone.abort())
  try {
    await work(gone.signal)
  } catch (error) {
    if (!gone.signal.aborted) throw error
  }
}
