import { QueryClientProvider } from '@tanstack/react-query'
import { Suspense, useState } from 'react'
import { BrowserRouter, Route, Routes, useLocation } from 'react-router'
import { adminRoutes } from './admin/routes.tsx'
import { clerkRoutes } from './clerk/routes.tsx'
import { handlerRoutes } from './handler/routes.tsx'
import { managerRoutes } from './manager/routes.tsx'
import { ErrorBoundary } from './shell/frame/error-boundary.tsx'
import { Frame } from './shell/frame/frame.tsx'
import { PageLoading } from './shell/frame/lazy-page.tsx'
import { LineBanner } from './shell/frame/line-banner.tsx'
import { findPlace, mayOpen } from './shell/frame/place-rights.ts'
import { DutiesPage, MissingPage, NoRightPage, SignedInPage, StartPage } from './shell/frame/plain-pages.tsx'
import { LanguageProvider } from './shell/language/language.tsx'
import { createQueries } from './shell/server/queries.ts'
import { SessionGate, useSession } from './shell/server/session.tsx'

export function App() {
  const [queries] = useState(createQueries)
  return (
    <LanguageProvider>
      <ErrorBoundary>
        <QueryClientProvider client={queries}>
          <BrowserRouter>
            <LineBanner />
            <SessionGate>
              <Frame>
                <Pages />
              </Frame>
            </SessionGate>
          </BrowserRouter>
        </QueryClientProvider>
      </ErrorBoundary>
    </LanguageProvider>
  )
}

/** The pages, as far as the person's roles open them; the servers hold the same line for everything behind them. */
function Pages() {
  const { roles } = useSession()
  const { pathname } = useLocation()
  const place = findPlace(pathname)
  if (place && place !== 'duties' && !mayOpen(place, roles)) return <NoRightPage place={place} />
  return (
    <ErrorBoundary key={pathname}>
      <Suspense fallback={<PageLoading />}>
        <Routes>
          <Route index element={<StartPage />} />
          {clerkRoutes}
          {handlerRoutes}
          {managerRoutes}
          {adminRoutes}
          <Route path="duties" element={<DutiesPage />} />
          <Route path="signed-in" element={<SignedInPage />} />
          <Route path="*" element={<MissingPage />} />
        </Routes>
      </Suspense>
    </ErrorBoundary>
  )
}
