export { type ExplainedWork, explain } from './explain/explain.ts'
export { ENGINE, plan } from './plan.ts'
export { chooseTasks, type OpenTask, type TaskMove } from './round.ts'
export { parseSnapshot, SnapshotError } from './snapshot.ts'
