import type { Dictionary } from '../shell/language/language.tsx'
import { fi, type HandlerTexts } from './texts.fi.ts'
import { sv } from './texts.sv.ts'

export const handlerTexts: Dictionary<HandlerTexts> = { fi, sv }
