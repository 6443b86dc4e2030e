import type { Dictionary } from '../shell/language/language.tsx'
import { type AdminTexts, fi } from './texts.fi.ts'
import { sv } from './texts.sv.ts'

export const adminTexts: Dictionary<AdminTexts> = { fi, sv }
