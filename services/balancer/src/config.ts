import { listening, parse, readConfig, type Setting } from '@tasain/kit'

const declaration = {
  ...listening,
  databaseUrl: { env: 'DATABASE_URL', meaning: 'the address of the database for the working role', parse: parse.text },
  accessLogKey: {
    env: 'ACCESS_LOG_KEY_FILE',
    meaning: 'the file with the key of the access log, 32 bytes in base64',
    parse: parse.keyFile,
  },
  accessLogHeadFile: {
    env: 'ACCESS_LOG_HEAD_FILE',
    meaning: 'the file outside the database that keeps the newest heads of the access log',
    parse: parse.text,
  },
  intakeUrl: { env: 'INTAKE_URL', meaning: 'the address of the intake service', parse: parse.url },
  privateKey: {
    env: 'BALANCER_PRIVATE_KEY_FILE',
    meaning: 'the file with the key this service signs with, Ed25519 in PEM',
    parse: parse.secretFile,
  },
  publicKey: {
    env: 'BALANCER_PUBLIC_KEY_FILE',
    meaning: 'the file with the public half of that key',
    parse: parse.secretFile,
  },
  deskPublicKey: {
    env: 'DESK_PUBLIC_KEY_FILE',
    meaning: "the file with desk's public key, Ed25519 in PEM",
    parse: parse.secretFile,
  },
  intakePublicKey: {
    env: 'INTAKE_PUBLIC_KEY_FILE',
    meaning: "the file with intake's public key, Ed25519 in PEM",
    parse: parse.secretFile,
  },
  identityIndexKey: {
    env: 'IDENTITY_INDEX_KEY_FILE',
    meaning: 'the file with the key by which persons are found, the same as intake has, 32 bytes in base64',
    parse: parse.keyFile,
  },
  planning: {
    env: 'BALANCER_PLANNING',
    meaning: 'off keeps the planner from moving anything',
    parse: parse.oneOf('on', 'off'),
    fallback: 'on',
  },
  dampingMinutes: {
    env: 'BALANCER_DAMPING_MINUTES',
    meaning: 'effort minutes a task that a move must save to be made before a second plan asks for it too',
    parse: parse.count,
    fallback: 30,
  },
  lateShare: {
    env: 'BALANCER_LATE_PERCENT',
    meaning: 'per cent of its target time after which open work raises an alarm',
    parse: (text: string) => parse.count(text) / 100,
    fallback: 0.8,
  },
  planDays: {
    env: 'BALANCER_PLAN_DAYS',
    meaning: 'days for which plans that moved something can be made again',
    parse: parse.count,
    fallback: 14,
  },
  connections: {
    env: 'BALANCER_CONNECTIONS',
    meaning: 'the most database connections of this process',
    parse: parse.count,
    fallback: 16,
  },
} satisfies Record<string, Setting<unknown>>

export type Config = ReturnType<typeof readBalancerConfig>

/** @throws ConfigError that names every setting at fault. */
export function readBalancerConfig(env: NodeJS.ProcessEnv) {
  return readConfig(declaration, env)
}
