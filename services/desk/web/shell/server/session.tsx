import { useQuery, useQueryClient } from '@tanstack/react-query'
import type { Role, Session } from '@tasain/contracts'
import { createContext, type ReactNode, useContext, useEffect, useState } from 'react'
import { SignInPage } from '../frame/sign-in-page.tsx'
import { hasChosenLanguage, useLanguage } from '../language/language.tsx'
import { RefusalAlert } from '../parts/refusal-alert.tsx'
import { announceSession, getJson, keepCsrf, onSession } from './client.ts'
import { toRefusal } from './refusal.ts'
import { SessionLost } from './session-lost.tsx'

const SessionContext = createContext<Session | undefined>(undefined)

/** Lets in whoever is signed in; shows the sign-in page to others. A session lost later leaves the page as it was. */
export function SessionGate({ children }: { children: ReactNode }) {
  const [lost, setLost] = useState(false)
  const { choose } = useLanguage()
  const queries = useQueryClient()
  const query = useQuery({
    queryKey: ['session'],
    queryFn: getSession,
    refetchInterval: lost ? 2_000 : false,
    refetchIntervalInBackground: true,
  })
  const { data, dataUpdatedAt } = query
  useEffect(() => onSession('lost', () => setLost(true)), [])
  useEffect(() => {
    if (data && !hasChosenLanguage()) choose(data.language)
  }, [data, choose])
  // A successful answer while lost means that the person signed in again, perhaps in another tab.
  useEffect(() => {
    if (dataUpdatedAt === 0) return
    setLost(false)
    announceSession('back')
    void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
  }, [dataUpdatedAt, queries])
  useReloadForAnother(data?.name)

  if (data)
    return (
      <SessionContext value={data}>
        {children}
        <SessionLost open={lost} />
      </SessionContext>
    )
  if (query.isError && toRefusal(query.error).code === 'session.none') return <SignInPage />
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

async function getSession(): Promise<Session> {
  const session = await getJson<Session>('/session')
  keepCsrf(session.csrf)
  return session
}

/** What one person had open is not for the next: another name after a new sign-in starts the page afresh. */
function useReloadForAnother(name: string | undefined): void {
  const [first, setFirst] = useState(name)
  useEffect(() => {
    if (name === undefined) return
    if (first === undefined) setFirst(name)
    else if (first !== name) window.location.assign('/')
  }, [name, first])
}
