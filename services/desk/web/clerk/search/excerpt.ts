export type Piece = { at: number; text: string; isHit: boolean }

/** Splits an excerpt at its « and » into plain text and hits; `at` is where each begins. */
export function splitExcerpt(excerpt: string): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const match of excerpt.matchAll(/«([^»]*)»/g)) {
    if (match.index > at) pieces.push({ at, text: excerpt.slice(at, match.index), isHit: false })
    pieces.push({ at: match.index, text: match[1] ?? '', isHit: true })
    at = match.index + match[0].length
  }
  if (at < excerpt.length) pieces.push({ at, text: excerpt.slice(at), isHit: false })
  return pieces
}
