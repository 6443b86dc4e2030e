import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import '@fontsource/inter/latin-400.css'
import '@fontsource/inter/latin-600.css'
import '@navikt/ds-css/dist/global/tokens.css'
import '@navikt/ds-css/dist/global/reset.css'
import '@navikt/ds-css/dist/global/baseline.css'
import '@navikt/ds-css/dist/components.css'
import './shell/frame/theme.css'
import './shell/frame/frame.css'
import './shell/parts/parts.css'
import './shell/papers/papers.css'
import './clerk/clerk.css'
import './handler/handler.css'
import './manager/manager.css'
import './admin/admin.css'
import { App } from './app.tsx'
import { watchPresence } from './shell/server/presence.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('the page has no #root')
watchPresence()
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
