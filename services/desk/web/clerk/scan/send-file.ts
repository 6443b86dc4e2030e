import type { Stored } from '@tasain/contracts'
import { DetailedError, type HttpResponse, Upload } from 'tus-js-client'
import { announceSession, listWriteHeaders } from '../../shell/server/client.ts'
import { describeLostConnection, readRefusal, type ServerRefusal } from '../../shell/server/refusal.ts'
import { fingerprintFile, resumeStore, wasCutOff } from './resume-store.ts'

type Outcome = { stored: Stored | null } | { refusal: ServerRefusal }

const chunkBytes = 1_048_576
const retryDelays = [0, 1_000, 3_000, 5_000, 10_000, 20_000, 30_000]
/** Uploads taken up again already, so that the same file chosen twice does not go into one upload twice. */
const resumed = new Set<string>()

/**
 * Sends one file into a batch in pieces. Goes on after a broken line, and after a reload when the same file is chosen
 * again. The answer is the server's own word that the file is stored; null when it came without one.
 */
export async function sendFile(
  batchId: string,
  key: string,
  file: File,
  onSent: (share: number) => void,
): Promise<Outcome> {
  const fingerprint = await fingerprintFile(batchId, file)
  return await new Promise<Outcome>((resolve) => {
    const upload = new Upload(file, {
      endpoint: '/api/intake/uploads',
      chunkSize: chunkBytes,
      retryDelays,
      metadata: { batchId, fileName: file.name, idempotencyKey: key },
      urlStorage: resumeStore,
      fingerprint: async () => fingerprint,
      removeFingerprintOnSuccess: true,
      onBeforeRequest: (request) => {
        for (const [name, value] of Object.entries(listWriteHeaders())) request.setHeader(name, value)
      },
      onShouldRetry: (error) => isPassing(error.originalResponse?.getStatus() ?? 0),
      onProgress: (sent, total) => onSent(total === 0 ? 1 : sent / total),
      onSuccess: ({ lastResponse }) => resolve({ stored: readStored(lastResponse) }),
      onError: (error) => resolve({ refusal: explain(error) }),
    })
    void startWhereItStopped(upload)
  })
}

async function startWhereItStopped(upload: Upload): Promise<void> {
  const previous = (await upload.findPreviousUploads()).find((one) => wasCutOff(one) && !resumed.has(one.urlStorageKey))
  if (previous) {
    resumed.add(previous.urlStorageKey)
    upload.resumeFromPreviousUpload(previous)
  }
  upload.start()
}

/** No answer at all, a conflict with an attempt still open, too many at once, or a service that is away. */
function isPassing(status: number): boolean {
  return status === 0 || status === 409 || status === 423 || status === 429 || status >= 500
}

function explain(error: Error | DetailedError): ServerRefusal {
  const response = error instanceof DetailedError ? error.originalResponse : null
  if (!response || response.getStatus() === 0) return describeLostConnection()
  const refusal = readRefusal(response.getStatus(), response.getBody())
  if (refusal.code === 'session.none') announceSession('lost')
  return refusal
}

function readStored(response: HttpResponse): Stored | null {
  try {
    const body: unknown = JSON.parse(response.getBody())
    return typeof body === 'object' && body !== null && 'scan' in body ? (body as Stored) : null
  } catch {
    return null
  }
}
