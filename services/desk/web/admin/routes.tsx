import { Route } from 'react-router'
import { FormPage } from './forms/form-page.tsx'
import { FormsPage } from './forms/forms-page.tsx'

export const adminRoutes = (
  <>
    <Route path="forms" element={<FormsPage />} />
    <Route path="forms/:id" element={<FormPage />} />
  </>
)
