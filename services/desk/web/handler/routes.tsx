import { Route } from 'react-router'
import { lazyPage } from '../shell/frame/lazy-page.tsx'

const CasePage = lazyPage(() => import('./case/case-page.tsx'), 'CasePage')
const ConflictsPage = lazyPage(() => import('./conflicts/conflicts-page.tsx'), 'ConflictsPage')
const NextPage = lazyPage(() => import('./next/next-page.tsx'), 'NextPage')

export const handlerRoutes = (
  <>
    <Route path="tasks" element={<NextPage />} />
    <Route path="tasks/:id" element={<CasePage />} />
    <Route path="conflicts" element={<ConflictsPage />} />
  </>
)
