import { BodyShort, Search } from '@navikt/ds-react'
import { useQuery } from '@tanstack/react-query'
import type { SearchResult } from '@tasain/contracts'
import { type FormEvent, useState } from 'react'
import { useMemory } from '../../shell/drafts/use-memory.ts'
import { Page } from '../../shell/frame/page.tsx'
import { showMoment } from '../../shell/language/format.ts'
import { useLanguage, useTexts } from '../../shell/language/language.tsx'
import { Empty } from '../../shell/parts/empty.tsx'
import { QueryView } from '../../shell/parts/query-view.tsx'
import { postJson } from '../../shell/server/client.ts'
import { ServerRefusal } from '../../shell/server/refusal.ts'
import { shellTexts } from '../../shell/texts.ts'
import { nameStanding } from '../standing.ts'
import { clerkTexts } from '../texts.ts'
import { splitExcerpt } from './excerpt.ts'
import { HitPage } from './hit-page.tsx'

type Hit = SearchResult['hits'][number]
const shortest = 3

/** Haku: words in the office's own pages. What was searched for stays out of every address. */
export function SearchPage() {
  const t = useTexts(clerkTexts).search
  const { language } = useLanguage()
  const [words, setWords] = useMemory('search words', '')
  const [asked, setAsked] = useMemory('search asked', '')
  const [isTooShort, setIsTooShort] = useState(false)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setIsTooShort(words.trim().length < shortest)
    if (words.trim().length >= shortest) setAsked(words.trim())
  }
  const query = useSearch(asked)
  const refusal = findRefusedWords(query.error)
  return (
    <Page title={t.title} lead={t.lead} wide>
      <search className="search-form">
        <form onSubmit={submit}>
          <Search
            size="small"
            label={t.label}
            hideLabel={false}
            value={words}
            onChange={setWords}
            onClear={() => setAsked('')}
            variant="primary"
            error={isTooShort ? t.tooShort : refusal?.words[language]}
            maxLength={200}
          >
            <Search.Button type="submit">{t.action}</Search.Button>
          </Search>
        </form>
      </search>
      {asked !== '' && !refusal && <Hits key={asked} asked={asked} query={query} />}
    </Page>
  )
}

function useSearch(asked: string) {
  return useQuery({
    queryKey: ['search', asked],
    queryFn: () => postJson<SearchResult>('/intake/search', { q: asked }),
    enabled: asked !== '',
    // What may pass by itself has been sent again already.
    retry: false,
    gcTime: 0,
  })
}

/** The refusal that is about the words themselves, to stand beside them. */
function findRefusedWords(error: unknown): ServerRefusal | undefined {
  return error instanceof ServerRefusal && error.code.startsWith('search.') ? error : undefined
}

function Hits({ asked, query }: { asked: string; query: ReturnType<typeof useSearch> }) {
  const t = useTexts(clerkTexts).search
  const [chosen, setChosen] = useMemory(`search chosen ${asked}`, '')
  return (
    <QueryView query={query}>
      {({ hits, total }) => {
        const hit = hits.find(({ pageId }) => pageId === chosen) ?? hits[0]
        if (!hit) return <Empty>{t.none}</Empty>
        return (
          <>
            <BodyShort size="small" spacing role="status">
              {t.found(total)}
              {total > hits.length && t.shown(hits.length)}
            </BodyShort>
            <div className="split">
              <ul className="hits" aria-label={t.title}>
                {hits.map((one) => (
                  <HitRow key={one.pageId} hit={one} isShown={one === hit} onShow={() => setChosen(one.pageId)} />
                ))}
              </ul>
              <HitPage key={hit.pageId} hit={hit} />
            </div>
          </>
        )
      }}
    </QueryView>
  )
}

function HitRow({ hit, isShown, onShow }: { hit: Hit; isShown: boolean; onShow: () => void }) {
  const { standing } = useTexts(clerkTexts)
  const shell = useTexts(shellTexts)
  return (
    <li>
      <button type="button" className="hit" aria-pressed={isShown} onClick={onShow}>
        <span className="hit-name">{hit.fileName}</span>
        <span className="quiet">
          {showMoment(hit.storedAt)}
          {hit.state && ` · ${nameStanding({ state: hit.state, task: hit.task }, standing, shell)}`}
        </span>
        <span className="hit-text">
          {splitExcerpt(hit.excerpt).map(({ at, text, isHit }) =>
            isHit ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>,
          )}
        </span>
      </button>
    </li>
  )
}
