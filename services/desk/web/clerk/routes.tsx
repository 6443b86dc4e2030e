import { Route } from 'react-router'
import { lazyPage } from '../shell/frame/lazy-page.tsx'

const BatchListPage = lazyPage(() => import('./batches/batch-list-page.tsx'), 'BatchListPage')
const BatchPage = lazyPage(() => import('./batches/batch-page.tsx'), 'BatchPage')
const CheckListPage = lazyPage(() => import('./checking/check-list-page.tsx'), 'CheckListPage')
const CheckPage = lazyPage(() => import('./checking/check-page.tsx'), 'CheckPage')
const BatchScanPage = lazyPage(() => import('./scan/batch-scan-page.tsx'), 'BatchScanPage')
const ScanPage = lazyPage(() => import('./scan/scan-page.tsx'), 'ScanPage')
const SearchPage = lazyPage(() => import('./search/search-page.tsx'), 'SearchPage')

export const clerkRoutes = (
  <>
    <Route path="scan" element={<ScanPage />} />
    <Route path="scan/:id" element={<BatchScanPage />} />
    <Route path="batches" element={<BatchListPage />} />
    <Route path="batches/:id" element={<BatchPage />} />
    <Route path="check" element={<CheckListPage />} />
    <Route path="check/:id" element={<CheckPage />} />
    <Route path="search" element={<SearchPage />} />
  </>
)
