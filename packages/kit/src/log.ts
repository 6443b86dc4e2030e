import { maskHetus } from '@tasain/vocabulary'
import { pino } from 'pino'

export type Log = ReturnType<typeof createLog>

// One id in 200 and one hash in 14 holds digits that look like a code; masked, it would name nothing any more.
const idsAndHashes = /(\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b[0-9a-f]{64}\b)/

/**
 * A JSON log on standard output. Whatever is logged, text shaped like an identity code is masked in the finished line,
 * so that a forgotten field or a message from a library cannot leak one.
 */
export function createLog(service: string) {
  return pino(
    { base: { service }, timestamp: pino.stdTimeFunctions.isoTime, serializers: { error: describeError } },
    { write: (line: string) => void process.stdout.write(maskLine(line)) },
  )
}

/**
 * What is logged of an error: its type, message, code and stack, and those of its cause. Libraries hang whole clients on
 * their errors, with the secrets of their connections.
 */
function describeError(error: unknown): unknown {
  if (!(error instanceof Error)) return error
  const { message, stack, cause } = error
  const code = 'code' in error ? error.code : undefined
  return {
    type: error.constructor.name,
    message,
    ...((typeof code === 'string' || typeof code === 'number') && { code }),
    stack,
    ...(cause !== undefined && { cause: describeError(cause) }),
  }
}

/** Masks all that looks like an identity code but inside ids and hashes, which stay whole. */
export function maskLine(line: string): string {
  const parts = line.split(idsAndHashes)
  return parts.map((part, index) => (index % 2 === 0 ? maskHetus(part) : part)).join('')
}
