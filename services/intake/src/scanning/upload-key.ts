import { hashIdempotencyKey, refuse } from '@tasain/kit'

/**
 * What is known of an upload's idempotency key from here on, the same for both ways of uploading. The key itself is its
 * sender's own text and might be anything, an identity code too.
 * @throws request.invalid unless it has 8 to 255 characters.
 */
export function hideKey(key: string): string {
  if (key.length < 8 || key.length > 255)
    throw refuse('request.invalid', [{ path: 'idempotencyKey', message: '8 to 255 characters' }])
  return hashIdempotencyKey(key)
}
