import { Route } from 'react-router'
import { CasePage } from './case/case-page.tsx'
import { NextPage } from './next/next-page.tsx'

export const handlerRoutes = (
  <>
    <Route path="tasks" element={<NextPage />} />
    <Route path="tasks/:id" element={<CasePage />} />
  </>
)
