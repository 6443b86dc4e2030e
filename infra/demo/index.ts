export { type Absence, drawAbsences } from './absences.ts'
export { makeTestHetu } from './applicants.ts'
export {
  type DemoBenefit,
  type District,
  findServingOffice,
  type Handler,
  type Nation,
  type Office,
  type PostalArea,
  type Region,
  readNation,
} from './nation.ts'
export { type DrawOptions, drawOpenTasks, type OpenTask } from './open-tasks.ts'
export { type DemoPerson, type DemoRole, people } from './people.ts'
