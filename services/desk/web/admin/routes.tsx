import { Route } from 'react-router'
import { lazyPage } from '../shell/frame/lazy-page.tsx'

const FormPage = lazyPage(() => import('./forms/form-page.tsx'), 'FormPage')
const FormsPage = lazyPage(() => import('./forms/forms-page.tsx'), 'FormsPage')

export const adminRoutes = (
  <>
    <Route path="forms" element={<FormsPage />} />
    <Route path="forms/:id" element={<FormPage />} />
  </>
)
