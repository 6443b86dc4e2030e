import { Route } from 'react-router'
import { MovesPage } from './moves/moves-page.tsx'
import { RulePage } from './rules/rule-page.tsx'
import { RulesPage } from './rules/rules-page.tsx'
import { SituationPage } from './situation/situation-page.tsx'
import { QueuePage } from './tasks/queue-page.tsx'
import { TaskPage } from './tasks/task-page.tsx'

export const managerRoutes = (
  <>
    <Route path="situation" element={<SituationPage />} />
    <Route path="situation/queue/:office" element={<QueuePage />} />
    <Route path="moves" element={<MovesPage />} />
    <Route path="moves/task/:id" element={<TaskPage />} />
    <Route path="rules" element={<RulesPage />} />
    <Route path="rules/:id" element={<RulePage />} />
  </>
)
