export type { Figures } from './judge/figures.ts'
export { type Outlook, type PreviewArrivals, type PreviewRequest, previewRules } from './preview.ts'
export { POLICIES, type PolicyName, type SimulateOptions, simulate } from './simulate.ts'
export { parseScenario, type Scenario, ScenarioError } from './world/scenario.ts'
