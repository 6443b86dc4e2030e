import { isRefusalCode, type RefusalBody, type RefusalCode, refusals } from '@tasain/contracts'
import type { Language } from '@tasain/vocabulary'

type Words = Readonly<Record<Language, string>>

/** Why a request did not succeed, in words for the reader; `reference` finds the server's log line. */
export class ServerRefusal extends Error {
  readonly code: RefusalCode | 'connection.lost'
  readonly words: Words
  readonly reference: string | null

  constructor(code: RefusalCode | 'connection.lost', words: Words, reference: string | null = null) {
    super(code)
    this.code = code
    this.words = words
    this.reference = reference
  }

  /** Whether the same request may succeed when sent again as it is. */
  get mayPass(): boolean {
    return passing.has(this.code)
  }
}

const passing: ReadonlySet<string> = new Set([
  'connection.lost',
  'request.too_many',
  'scan.too_slow',
  'scan.too_many_unfinished',
  'service.busy',
  'service.no_room',
  'service.unavailable',
])

const connectionWords: Words = {
  fi: 'Yhteys palvelimeen on poikki. Tarkista verkko; yritä sitten uudelleen. Keskeneräinen työsi on tallella tällä sivulla.',
  sv: 'Förbindelsen till servern är bruten. Kontrollera nätet och försök sedan igen. Ditt pågående arbete finns kvar på sidan.',
}

// What a status means when the answer did not come from one of our houses and so carries no sentence.
const byStatus: Readonly<Record<number, RefusalCode>> = {
  400: 'request.invalid',
  401: 'session.none',
  403: 'right.missing',
  404: 'request.not_found',
  413: 'scan.too_large_file',
  429: 'request.too_many',
  502: 'service.unavailable',
  503: 'service.unavailable',
  504: 'service.unavailable',
}

export function describeLostConnection(): ServerRefusal {
  return new ServerRefusal('connection.lost', connectionWords)
}

/** Reads a refusal from an answer's status and body, whoever wrote it. */
export function readRefusal(status: number, body: string): ServerRefusal {
  const error = parseBody(body)
  if (error) return new ServerRefusal(error.code, error.message, error.reference)
  const code = byStatus[status] ?? 'internal'
  return new ServerRefusal(code, refusals[code])
}

/** The sentence for a code that stands in data, such as why a page was set aside. */
export function explainCode(code: string, language: Language): string {
  return refusals[isRefusalCode(code) ? code : 'internal'][language]
}

/** Makes a refusal of whatever was thrown, so that every failure has words. */
export function toRefusal(thrown: unknown): ServerRefusal {
  return thrown instanceof ServerRefusal ? thrown : new ServerRefusal('internal', refusals.internal)
}

function parseBody(body: string): RefusalBody['error'] | undefined {
  try {
    const parsed: unknown = JSON.parse(body)
    if (!isRecord(parsed) || !isRecord(parsed['error'])) return undefined
    const { code, message, reference } = parsed['error']
    if (typeof code !== 'string' || !isRefusalCode(code)) return undefined
    const words = isWords(message) ? message : refusals[code]
    return { code, message: words, reference: typeof reference === 'string' ? reference : '' }
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

function isWords(value: unknown): value is { fi: string; sv: string; en: string } {
  return isRecord(value) && typeof value['fi'] === 'string' && typeof value['sv'] === 'string'
}
