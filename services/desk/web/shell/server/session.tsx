import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Role, Session } from '@tasain/contracts'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { keepDraftsOf } from '../drafts/draft-store.ts'
import { SignInPage } from '../frame/sign-in-page.tsx'
import { hasChosenLanguage, useLanguage } from '../language/language.tsx'
import { RefusalAlert } from '../parts/refusal-alert.tsx'
import { announceSession, findSession, keepCsrf, onSession } from './client.ts'
import { SessionLost } from './session-lost.tsx'

const SessionContext = createContext<Session | undefined>(undefined)

/** Lets in whoever is signed in; shows the sign-in page to others. A session lost later leaves the page as it was. */
export function SessionGate({ children }: { children: ReactNode }) {
  const [lostAt, setLostAt] = useState<number>()
  const { choose } = useLanguage()
  const queries = useQueryClient()
  const query = useQuery({
    queryKey: ['session'],
    queryFn: getSession,
    refetchInterval: lostAt === undefined ? false : 2_000,
    refetchIntervalInBackground: true,
  })
  // Once somebody is signed in, the page stays theirs while the session is lost.
  const [data, setData] = useState<Session>()
  if (query.data && query.data !== data) setData(query.data)
  useEffect(() => onSession('lost', () => setLostAt(Date.now())), [])
  useEffect(() => {
    if (data && !hasChosenLanguage()) choose(data.language)
  }, [data, choose])
  // Somebody, while the session is lost, means that the person signed in again, perhaps in another tab.
  const { dataUpdatedAt } = query
  const isBack = lostAt !== undefined && query.data != null && dataUpdatedAt > lostAt
  useEffect(() => {
    if (!isBack) return
    setLostAt(undefined)
    announceSession('back')
    void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
  }, [isBack, queries])
  useReloadForAnother(data?.person)

  if (data)
    return (
      <SessionContext value={data}>
        {children}
        <SessionLost open={lostAt !== undefined} />
      </SessionContext>
    )
  if (query.data === null) return <SignInPage />
  if (query.isError)
    return (
      <main className="lone">
        <RefusalAlert refusal={query.error} onRetry={() => void query.refetch()} />
      </main>
    )
  return null
}

/** The signed-in person. */
export function useSession(): Session {
  const session = useContext(SessionContext)
  if (!session) throw new Error('asked for the session outside the gate')
  return session
}

export function useHasRole(role: Role): boolean {
  return useSession().roles.includes(role)
}

async function getSession(): Promise<Session | null> {
  const session = await findSession()
  if (session) {
    keepCsrf(session.csrf)
    keepDraftsOf(session.person)
  }
  return session
}

/** What one person had open is not for the next: another person after a new sign-in starts the page afresh. */
function useReloadForAnother(person: string | undefined): void {
  const [first, setFirst] = useState(person)
  useEffect(() => {
    if (person === undefined) return
    if (first === undefined) setFirst(person)
    else if (first !== person) window.location.assign('/')
  }, [person, first])
}
