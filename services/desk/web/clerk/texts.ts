import type { Dictionary } from '../shell/language/language.tsx'
import { type ClerkTexts, fi } from './texts.fi.ts'
import { sv } from './texts.sv.ts'

export const clerkTexts: Dictionary<ClerkTexts> = { fi, sv }
