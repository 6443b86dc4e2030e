import { listening, parse } from '@tasain/kit'

const secret = (env: string, meaning: string) => ({ env, meaning, parse: parse.secretFile })
const key = (env: string, meaning: string) => ({ env, meaning, parse: parse.keyFile })
const publicKey = (env: string, whose: string) => secret(env, `the file with ${whose} public Ed25519 key in PEM`)

/** Every setting of intake. Those of S3 are needed only when OBJECT_STORE is s3, OBJECT_DIR only when it is file. */
export const settings = {
  ...listening,
  databaseUrl: { env: 'DATABASE_URL', meaning: "the database's address for the role that works", parse: parse.url },
  accessLogKey: key('ACCESS_LOG_KEY_FILE', 'the file with 32 bytes in base64 that authenticate access-log entries'),
  accessLogHead: {
    env: 'ACCESS_LOG_HEAD_FILE',
    meaning: 'the file to which the newest head of the access log is appended',
    parse: parse.text,
  },
  deskPublicKey: publicKey('DESK_PUBLIC_KEY_FILE', "the desk's"),
  balancerPublicKey: publicKey('BALANCER_PUBLIC_KEY_FILE', "the balancer's"),
  balancerUrl: { env: 'BALANCER_URL', meaning: 'the address of the balancer service', parse: parse.url },
  privateKey: secret('INTAKE_PRIVATE_KEY_FILE', 'the file with the key this service signs with, Ed25519 in PEM'),
  identityCipherKey: key('IDENTITY_CIPHER_KEY_FILE', 'the file with 32 bytes in base64 that encrypt identity codes'),
  identityIndexKey: key(
    'IDENTITY_INDEX_KEY_FILE',
    'the file with 32 bytes in base64 by which identity codes are found; the same at both houses',
  ),
  temporaryFolder: {
    env: 'INTAKE_TEMP_DIR',
    meaning: 'a folder for uploads on their way and rendered pages',
    parse: parse.text,
  },
  readers: {
    env: 'INTAKE_READERS',
    meaning: 'how many pages are read at a time',
    parse: parse.count,
    fallback: 1,
  },
  objectStore: {
    env: 'OBJECT_STORE',
    meaning: 'where papers are kept: file or s3',
    parse: parse.oneOf('file', 's3'),
  },
  objectFolder: { env: 'OBJECT_DIR', meaning: 'the folder of papers', parse: parse.text, fallback: '' },
  s3Endpoint: { env: 'S3_ENDPOINT', meaning: 'the address of the S3 service', parse: parse.url, fallback: '' },
  s3Region: { env: 'S3_REGION', meaning: 'the region of the S3 service', parse: parse.text, fallback: 'us-east-1' },
  s3Bucket: { env: 'S3_BUCKET', meaning: 'the bucket of papers', parse: parse.text, fallback: '' },
  s3AccessKey: { ...secret('S3_ACCESS_KEY_FILE', 'the file with the access key'), fallback: '' },
  s3SecretKey: { ...secret('S3_SECRET_KEY_FILE', 'the file with the secret key'), fallback: '' },
}
