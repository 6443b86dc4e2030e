import { maskHetus } from '@tasain/vocabulary'
import { pino } from 'pino'

export type Log = ReturnType<typeof createLog>

/**
 * A JSON log on standard output. Whatever is logged, text shaped like an identity code is masked in the finished line,
 * so that a forgotten field or a message from a library cannot leak one.
 */
export function createLog(service: string) {
  return pino(
    { base: { service }, timestamp: pino.stdTimeFunctions.isoTime, serializers: { error: pino.stdSerializers.err } },
    { write: (line: string) => void process.stdout.write(maskHetus(line)) },
  )
}
