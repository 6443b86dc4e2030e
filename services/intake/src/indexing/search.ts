import type { Box } from '@tasain/contracts'
import { maskHetus } from '@tasain/vocabulary'
import { foldText } from '../fold.ts'
import type { KeptWord } from '../schema.ts'

/** What is asked of the index: exact words as typed, and words whose inflected forms count too. */
export type SearchTerms = { typed: string; words: string[]; similar: string[] }
export type Hit = { excerpt: string; boxes: Box[] }

const around = 60
const mostBoxes = 50
const wordPattern = /[\p{L}\p{N}•]+/gu

/** Undefined when the words are shaped like an identity code: one never goes into the index or a log. */
export function readTerms(asked: string): SearchTerms | undefined {
  if (maskHetus(asked) !== asked) return undefined
  const typed = foldText(asked.trim())
  const plain = typed.replace(/(^|\s)-\S+/g, ' ')
  const words = plain.match(wordPattern) ?? []
  // Quotes, exclusions and "or" say exactly what is meant; then nothing is added to it.
  const exact = /["]|(^|\s)-\S|(^|\s)or(\s|$)/.test(typed)
  const similar = exact ? [] : words.filter((word) => word.length >= 4 && !/\d/.test(word))
  return { typed, words: words.filter((word) => word !== 'or'), similar: similar.slice(0, 8) }
}

/** Where the words of a search stand on a page: the text around the first, and the boxes of all. */
export function describeHit(terms: SearchTerms, text: string, words: readonly KeptWord[]): Hit {
  const isHit = (word: string) => (foldText(word).match(wordPattern) ?? []).some((part) => matches(terms, part))
  return {
    excerpt: cutExcerpt(text, isHit),
    boxes: words
      .filter(({ text: word }) => isHit(word))
      .slice(0, mostBoxes)
      .map(({ box }) => box),
  }
}

function matches(terms: SearchTerms, part: string): boolean {
  return terms.words.includes(part) || terms.similar.some((term) => isInflected(term, part))
}

/** Whether two words share so long a beginning that they are likely forms of one. */
function isInflected(term: string, part: string): boolean {
  let common = 0
  while (common < term.length && term[common] === part[common]) common += 1
  return common >= Math.max(4, Math.ceil(term.length * 0.6)) && part.length - common <= 12
}

function cutExcerpt(text: string, isHit: (word: string) => boolean): string {
  const hits = [...text.matchAll(wordPattern)].filter(([word]) => isHit(word))
  const first = hits[0]?.index ?? 0
  const start = Math.max(0, first - around)
  const end = Math.min(text.length, first + 2 * around)
  const marked = text.slice(start, end).replace(wordPattern, (word) => (isHit(word) ? `«${word}»` : word))
  return `${start > 0 ? '…' : ''}${marked.replace(/\s+/g, ' ').trim()}${end < text.length ? '…' : ''}`
}
