import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import './shell/frame/fonts/fonts.css'
import './shell/frame/aksel.css'
import './shell/frame/theme.css'
import './shell/frame/frame.css'
import './shell/parts/parts.css'
import './shell/papers/papers.css'
import './clerk/clerk.css'
import './handler/handler.css'
import './manager/manager.css'
import './admin/admin.css'
import { App } from './app.tsx'
import { watchDrafts } from './shell/drafts/draft-store.ts'
import { watchLine } from './shell/server/line.ts'
import { watchPresence } from './shell/server/presence.ts'

const root = document.getElementById('root')
if (root === null) throw new Error('the page has no #root')
watchPresence()
watchLine()
watchDrafts()
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
