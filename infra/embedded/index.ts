export { StartRefused } from './refusal.ts'
export { type Stack, type StackOptions, startStack } from './stack.ts'
export {
  createFromTemplate,
  dropDatabase,
  getHouseUrls,
  startTestPostgres,
  type TestDatabases,
} from './test-database.ts'
