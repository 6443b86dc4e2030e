const nowhereElse = '/'

/**
 * Where to go after sign-in: the path, query and fragment asked for when they lie within our own pages, else the front
 * page. Anything that a browser could take for another site is not followed.
 */
export function chooseReturnPath(wish: unknown): string {
  if (typeof wish !== 'string' || !/^\/(?![/\\])[\x21-\x5b\x5d-\x7e]*$/.test(wish)) return nowhereElse
  const own = new URL('http://own.invalid')
  const url = URL.canParse(wish, own.href) ? new URL(wish, own) : own
  if (url.origin !== own.origin || /^\/(api|sign-in|sign-out)(\/|$)/.test(url.pathname)) return nowhereElse
  return url.pathname.startsWith('//') ? nowhereElse : url.pathname + url.search + url.hash
}
