import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import http from 'node:http'
import https from 'node:https'
import { Client, S3Error } from 'minio'
import {
  assertKey,
  hashFile,
  hashStream,
  type IsReferenced,
  ObjectMismatch,
  ObjectMissing,
  ObjectRetained,
  type ObjectStore,
} from './object-store.ts'

export type S3Settings = {
  endpoint: string
  region: string
  bucket: string
  accessKey: string
  secretKey: string
  /** Milliseconds without a byte in either direction after which the service counts as out of reach; a minute when not given. */
  silenceMs?: number
}

/**
 * Objects in a bucket of an S3-compatible service; tested against Ceph RGW. The bucket is made beforehand, with object
 * lock when `retain` is to bind the store's own administrators too.
 */
export function openS3Store(settings: S3Settings, isReferenced: IsReferenced): ObjectStore {
  const address = new URL(settings.endpoint)
  const client = new Client({
    endPoint: address.hostname,
    port: Number(address.port) || (address.protocol === 'https:' ? 443 : 80),
    useSSL: address.protocol === 'https:',
    accessKey: settings.accessKey,
    secretKey: settings.secretKey,
    region: settings.region,
    transport: makeTransport(address.protocol === 'https:' ? https : http, settings.silenceMs ?? 60_000),
  })
  const { bucket } = settings
  const find = async (key: string) => {
    assertKey(key)
    return await client.statObject(bucket, key).catch((error: unknown) => {
      if (isMissing(error)) return undefined
      throw error
    })
  }
  const upload = async (key: string, file: string, headers: Record<string, string>) => {
    await client.putObject(bucket, key, createReadStream(file), (await stat(file)).size, headers)
  }
  // The condition closes the gap between the look and the upload where the service honours it; a bucket under object lock
  // may keep both as versions instead (seen with Ceph RGW 16.2), which loses nothing either.
  const uploadNew = async (key: string, file: string) => {
    try {
      await upload(key, file, { 'If-None-Match': '*' })
      return true
    } catch (error) {
      if (error instanceof S3Error && error.code === 'PreconditionFailed') return false
      throw error
    }
  }
  const read = async (key: string) => {
    assertKey(key)
    return await client.getObject(bucket, key).catch((error: unknown) => {
      if (isMissing(error)) throw new ObjectMissing(`no object lies under ${key}`)
      throw error
    })
  }
  return {
    async put(key, file) {
      if (!(await find(key)) && (await uploadNew(key, file))) return
      if ((await hashStream(await read(key))) === (await hashFile(file))) return
      await upload(`quarantine/${key.replaceAll('/', '_')}`, file, {})
      throw new ObjectMismatch(`other bytes already lie under ${key}; the new ones were put into quarantine`)
    },
    get: read,
    async stat(key) {
      const found = await find(key)
      return found && { size: found.size, storedAt: found.lastModified }
    },
    async *list(prefix) {
      for await (const item of client.listObjectsV2(bucket, prefix, true) as AsyncIterable<{
        name?: string
        size: number
        lastModified: Date
      }>)
        if (item.name !== undefined) yield { key: item.name, size: item.size, storedAt: item.lastModified }
    },
    async retain(key, until) {
      const earlier = await findRetention(client, bucket, key)
      if (earlier && earlier >= until) return
      await client.putObjectRetention(bucket, key, {
        versionId: '',
        mode: 'COMPLIANCE',
        retainUntilDate: until.toISOString(),
      })
    },
    async remove(key) {
      assertKey(key)
      const until = await findRetention(client, bucket, key)
      if (until && until > new Date()) throw new ObjectRetained(`${key} is retained until ${until.toISOString()}`)
      if (await isReferenced(key)) throw new ObjectRetained(`${key} is still referenced`)
      await client.removeObject(bucket, key)
    },
  }
}

/** The client itself waits for ever on a service that took the connection and fell silent: no clerk would hear of it, and nothing be tried again. */
function makeTransport({ request }: Pick<typeof http, 'request'>, silenceMs: number): Pick<typeof http, 'request'> {
  const askWithin = (...call: Parameters<typeof request>) => {
    const sent = request(...call)
    return sent.setTimeout(silenceMs, () => {
      const error = new Error(`the object store was silent for ${silenceMs / 1000} seconds`)
      sent.destroy(Object.assign(error, { code: 'ETIMEDOUT' }))
    })
  }
  return { request: askWithin as typeof request }
}

// Any other fault, such as a refusal or a busy store, must not pass for an object that nothing retains. The first is Ceph's
// word, the others are those of AWS for an object without retention and for a bucket without object lock.
const noRetention = new Set([
  'ObjectLockConfigurationNotFoundError',
  'NoSuchObjectLockConfiguration',
  'InvalidRequest',
  'NoSuchKey',
])

async function findRetention(client: Client, bucket: string, key: string): Promise<Date | undefined> {
  const found = await client.getObjectRetention(bucket, key).catch((error: unknown) => {
    if (error instanceof S3Error && noRetention.has(error.code ?? '')) return undefined
    throw error
  })
  const until = found && 'retainUntilDate' in found ? found.retainUntilDate : undefined
  return until ? new Date(String(until)) : undefined
}

function isMissing(error: unknown): boolean {
  return error instanceof S3Error && (error.code === 'NotFound' || error.code === 'NoSuchKey')
}
