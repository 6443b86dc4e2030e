export * from './arrival.ts'
export * from './benefits.ts'
export * from './dates.ts'
export * from './due.ts'
export {
  birthDateOf,
  type Hetu,
  hetuCheckCharacter,
  isTestHetu,
  parseHetu,
  revealHetu,
} from './hetu.ts'
export * from './holidays.ts'
export * from './iban.ts'
export * from './ids.ts'
export * from './languages.ts'
export * from './mask.ts'
