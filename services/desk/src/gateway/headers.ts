import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import { idempotencyHeader, viewGrantHeader } from '@tasain/contracts'

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
export function pickRequestHeaders(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  return pick(headers, passedIn)
}

/** Of a house's headers, those that the browser gets; `location` points to where the browser finds the house. */
export function pickResponseHeaders(headers: IncomingHttpHeaders, house: URL, prefix: string): OutgoingHttpHeaders {
  const location = headers.location === undefined ? undefined : findOuterLocation(headers.location, house, prefix)
  return { ...pick(headers, passedOut), ...(location !== undefined && { location }) }
}

function pick(headers: IncomingHttpHeaders, names: string[]): OutgoingHttpHeaders {
  return Object.fromEntries(names.flatMap((name) => (headers[name] === undefined ? [] : [[name, headers[name]]])))
}

function findOuterLocation(location: string, house: URL, prefix: string): string | undefined {
  if (!URL.canParse(location, house.href)) return undefined
  const url = new URL(location, house)
  return url.origin === house.origin ? prefix + url.pathname + url.search : undefined
}
