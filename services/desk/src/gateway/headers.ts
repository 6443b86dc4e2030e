import { idempotencyHeader, reasonHeader, viewGrantHeader } from '@tasain/contracts'

type Headers = Record<string, string | string[] | undefined>

const tus =
  'tus-resumable upload-length upload-offset upload-metadata upload-defer-length upload-checksum upload-concat'.split(
    ' ',
  )

const passedIn = [
  'accept',
  'content-type',
  'content-length',
  'content-encoding',
  'range',
  idempotencyHeader,
  viewGrantHeader,
  reasonHeader,
  ...tus,
]
const passedOut = [
  'content-type',
  'content-length',
  'content-range',
  'accept-ranges',
  'content-disposition',
  'retry-after',
  // What a house says about a page image or an original is stricter than what we say about everything.
  'cache-control',
  'content-security-policy',
  'tus-version',
  'tus-extension',
  'tus-max-size',
  'upload-expires',
  ...tus,
]

/** Of the browser's headers, those that a house gets: never its cookies, nor a word on who it says it is. */
export function pickRequestHeaders(headers: Headers): Headers {
  return pick(headers, passedIn)
}

/** Of a house's headers, those that the browser gets; `location` points to where the browser finds the house. */
export function pickResponseHeaders(headers: Headers, house: URL, prefix: string): Headers {
  const inner = headers['location']
  const location = typeof inner === 'string' ? findOuterLocation(inner, house, prefix) : undefined
  return { ...pick(headers, passedOut), ...(location !== undefined && { location }) }
}

function pick(headers: Headers, names: string[]): Headers {
  return Object.fromEntries(names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])))
}

function findOuterLocation(location: string, house: URL, prefix: string): string | undefined {
  if (!URL.canParse(location, house.href)) return undefined
  const url = new URL(location, house)
  return url.origin === house.origin ? prefix + url.pathname + url.search : undefined
}
