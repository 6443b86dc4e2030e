import { config } from 'zod'

// Told before any shape is declared: zod would otherwise try to compile code, which our content security policy forbids.
config({ jitless: true })
