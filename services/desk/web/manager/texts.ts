import type { Dictionary } from '../shell/language/language.tsx'
import { fi, type ManagerTexts } from './texts.fi.ts'
import { sv } from './texts.sv.ts'

export const managerTexts: Dictionary<ManagerTexts> = { fi, sv }
