import type { IntakeAction, SearchResult } from '@tasain/contracts'
import { type Door, refuse } from '@tasain/kit'
import * as z from 'zod'
import { getOffice } from '../asked.ts'
import type { Schema } from '../schema.ts'
import { searchPages } from './search.store.ts'
import { describeHit, readTerms } from './search.ts'

const search = z.object({
  q: z.string().max(200),
  limit: z.coerce.number().int().min(1).max(100).default(50),
})
const shortest = 3

/** GET /search: over the text of the pages on the office's desk. Each page shown counts as looked at. */
export function mountSearch(door: Door<Schema, IntakeAction>): void {
  door.view('/search', 'page.search', { query: search }, async ({ caller, query }, tx) => {
    const office = getOffice(caller)
    const terms = readTerms(query.q)
    if (!terms)
      throw refuse('request.invalid', [{ path: 'q', message: 'an identity code is not searched for in the text' }])
    if (terms.typed.length < shortest || terms.words.length === 0) throw refuse('search.too_short')
    const { pages, total } = await searchPages(tx, office, terms, query.limit)
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
