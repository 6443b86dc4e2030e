/** How the benchmark counts: shares with their intervals, values against the truth, letters read wrong. Pure. */

export type Share = { readonly share: number | null; readonly n: number; readonly interval: readonly [number, number] }

/** A share of `n` with its 95 % Wilson interval; null of none. */
export function toShare(hits: number, n: number): Share {
  if (n === 0) return { share: null, n, interval: [0, 1] }
  const [z, p] = [1.959964, hits / n]
  const middle = (p + (z * z) / (2 * n)) / (1 + (z * z) / n)
  const half = (z / (1 + (z * z) / n)) * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))
  return { share: round4(p), n, interval: [round4(Math.max(0, middle - half)), round4(Math.min(1, middle + half))] }
}

/** A value as it is compared with the truth: without blanks in account and phone numbers, else trimmed. */
export function flatten(field: string, value: string): string {
  return field === 'iban' || field === 'phone' ? value.replace(/\s/g, '') : value.trim()
}

/** A line and how many of its letters were misread, missing or too many. */
export type LineErrors = { readonly line: string; readonly edits: number }

/**
 * Compares a page's lines with the text read, in whatever order that is: each line, the longest first, is laid where it
 * fits best, and what it fits is used up. Blanks count as one letter each; words nobody wrote elsewhere do not count.
 */
export function matchLines(wanted: readonly string[], text: string): LineErrors[] {
  let rest = tidy(text)
  const lines = wanted.map((line, index) => ({ index, line: tidy(line) })).sort((a, b) => b.line.length - a.line.length)
  const errors: LineErrors[] = []
  for (const { index, line } of lines) {
    const { edits, from, to } = fit(line, rest)
    errors[index] = { line, edits }
    // A mark nobody writes keeps the neighbours apart.
    rest = `${rest.slice(0, from)}\u0000${rest.slice(to)}`
  }
  return errors
}

export function sumErrors(lines: readonly LineErrors[]): { readonly edits: number; readonly letters: number } {
  const sum = (of: (line: LineErrors) => number) => lines.reduce((total, line) => total + of(line), 0)
  return { edits: sum(({ edits }) => edits), letters: sum(({ line }) => line.length) }
}

/** Errors per letter, 0 to 1: a line that is nowhere is all its letters wrong. */
export function errorRate(lines: readonly LineErrors[]): number | null {
  const { edits, letters } = sumErrors(lines)
  return letters === 0 ? null : edits / letters
}

const tidy = (text: string) => text.normalize('NFC').replace(/\s+/g, ' ').trim()

/** Where in `text` a line fits with the fewest edits, and how many those are. */
function fit(line: string, text: string): { edits: number; from: number; to: number } {
  let costs = new Uint32Array(text.length + 1)
  let starts = Uint32Array.from({ length: text.length + 1 }, (_, at) => at)
  for (let i = 1; i <= line.length; i++) {
    const next = new Uint32Array(text.length + 1)
    const begun = new Uint32Array(text.length + 1)
    next[0] = i
    for (let j = 1; j <= text.length; j++) {
      const same = (costs[j - 1] ?? 0) + (line[i - 1] === text[j - 1] ? 0 : 1)
      const missing = (costs[j] ?? 0) + 1
      const extra = (next[j - 1] ?? 0) + 1
      const least = Math.min(same, missing, extra)
      next[j] = least
      begun[j] = (least === same ? starts[j - 1] : least === missing ? starts[j] : begun[j - 1]) ?? 0
    }
    costs = next
    starts = begun
  }
  let to = 0
  for (let j = 1; j <= text.length; j++) if ((costs[j] ?? 0) < (costs[to] ?? 0)) to = j
  return { edits: costs[to] ?? 0, from: starts[to] ?? 0, to }
}

export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((a, b) => a - b)
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  return low === undefined || high === undefined ? null : (low + high) / 2
}

const round4 = (value: number) => Math.round(value * 10_000) / 10_000
