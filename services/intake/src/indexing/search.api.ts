import { type IntakeAction, type SearchResult, searchPages as wanted } from '@tasain/contracts'
import { type Door, refuse } from '@tasain/kit'
import { getOffice } from '../asked.ts'
import type { Schema } from '../schema.ts'
import { searchPages } from './search.store.ts'
import { describeHit, readTerms } from './search.ts'

const shortest = 3

/** POST /search: over the text of the pages on the office's desk. Each page shown counts as looked at. */
export function mountSearch(door: Door<Schema, IntakeAction>): void {
  door.view('/search', 'page.search', { body: wanted }, async ({ caller, body: { q, limit } }, tx) => {
    const office = getOffice(caller)
    const terms = readTerms(q)
    if (!terms) throw refuse('search.identity_code')
    if (terms.words.length === 0) throw refuse('search.no_words')
    if (terms.typed.length < shortest) throw refuse('search.too_short')
    const { pages, total } = await searchPages(tx, office, terms, limit)
    const body: SearchResult = {
      total,
      hits: pages.map(({ text, words, storedAt, ...page }) => ({
        ...page,
        storedAt: storedAt.toISOString(),
        ...describeHit(terms, text, words),
      })),
    }
    const seen = pages.map(({ pageId, applicationId }) => ({
      kind: 'page',
      id: pageId,
      reason: 'search',
      ...(applicationId !== null && { applicationId }),
    }))
    return { body, seen }
  })
}
