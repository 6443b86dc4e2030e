import { Route } from 'react-router'
import { BatchListPage } from './batches/batch-list-page.tsx'
import { BatchPage } from './batches/batch-page.tsx'
import { CheckListPage } from './checking/check-list-page.tsx'
import { CheckPage } from './checking/check-page.tsx'
import { BatchScanPage } from './scan/batch-scan-page.tsx'
import { ScanPage } from './scan/scan-page.tsx'
import { SearchPage } from './search/search-page.tsx'

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
