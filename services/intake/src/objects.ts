import { type ObjectStore, openFileStore, openS3Store } from '@tasain/kit'
import type { Kysely } from 'kysely'
import type { Schema } from './schema.ts'

type StoreSettings = {
  objectStore: 'file' | 's3'
  objectFolder: string
  s3Endpoint: string
  s3Region: string
  s3Bucket: string
  s3AccessKey: string
  s3SecretKey: string
}

/** Opens the object store of the settings. @throws Error naming a setting that this store needs and lacks. */
export async function openObjects(settings: StoreSettings, db: Kysely<Schema>): Promise<ObjectStore> {
  const isReferenced = (key: string) => isKeyReferenced(db, key)
  if (settings.objectStore === 'file')
    return await openFileStore(need(settings.objectFolder, 'OBJECT_DIR'), isReferenced)
  return openS3Store(
    {
      endpoint: need(settings.s3Endpoint, 'S3_ENDPOINT'),
      region: settings.s3Region,
      bucket: need(settings.s3Bucket, 'S3_BUCKET'),
      accessKey: need(settings.s3AccessKey, 'S3_ACCESS_KEY_FILE'),
      secretKey: need(settings.s3SecretKey, 'S3_SECRET_KEY_FILE'),
    },
    isReferenced,
  )
}

async function isKeyReferenced(db: Kysely<Schema>, key: string): Promise<boolean> {
  const sha256 = key.split('/').at(-1) ?? ''
  const row = await db.selectFrom('scan').select('id').where('sha256', '=', sha256).limit(1).executeTakeFirst()
  return row !== undefined
}

function need(value: string, name: string): string {
  if (value === '') throw new Error(`${name} is missing: this kind of object store needs it.`)
  return value
}
