import { Route } from 'react-router'
import { lazyPage } from '../shell/frame/lazy-page.tsx'

const MovesPage = lazyPage(() => import('./moves/moves-page.tsx'), 'MovesPage')
const RulePage = lazyPage(() => import('./rules/rule-page.tsx'), 'RulePage')
const RulesPage = lazyPage(() => import('./rules/rules-page.tsx'), 'RulesPage')
const SituationPage = lazyPage(() => import('./situation/situation-page.tsx'), 'SituationPage')
const StaffPage = lazyPage(() => import('./staff/staff-page.tsx'), 'StaffPage')
const QueuePage = lazyPage(() => import('./tasks/queue-page.tsx'), 'QueuePage')
const TaskPage = lazyPage(() => import('./tasks/task-page.tsx'), 'TaskPage')

export const managerRoutes = (
  <>
    <Route path="situation" element={<SituationPage />} />
    <Route path="situation/queue/:office" element={<QueuePage />} />
    <Route path="moves" element={<MovesPage />} />
    <Route path="moves/task/:id" element={<TaskPage />} />
    <Route path="rules" element={<RulesPage />} />
    <Route path="rules/:id" element={<RulePage />} />
    <Route path="staff" element={<StaffPage />} />
  </>
)
