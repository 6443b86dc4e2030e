import * as z from 'zod'

/** Where every service takes back a request: POST by the person who sent it, below the service's own address. */
export const cancelRequestPath = '/requests/cancel'

/** The idempotency key under which the request was sent, or would have been. */
export const cancelRequest = z.object({ key: z.string().min(8).max(255) })

/** Either the request was not and will not be done, or it was done before; then `body` is what it was answered. */
export type CancelAnswer = { outcome: 'cancelled' } | { outcome: 'done'; body: unknown }
