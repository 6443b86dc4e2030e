import type { Browser } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { startTestStack, type TestStack } from '../support/stack.ts'
import { openChromium, type Visitor } from './visitor.ts'

/** The running product and the browser of one run; there once its first test begins. */
export type World = { readonly stack: TestStack; readonly browser: Browser }

/** Starts the whole product and a browser before the tests of the calling file, and ends both after them. */
export function openWorld(): World {
  let opened: World | undefined
  const getOpened = () => {
    if (!opened) throw new Error('the product does not run yet')
    return opened
  }
  beforeAll(async () => {
    opened = { stack: await startTestStack({ client: true }), browser: await openChromium() }
  }, 180_000)
  afterAll(async () => {
    await opened?.browser.close()
    await opened?.stack.remove()
  }, 60_000)
  return {
    get stack() {
      return getOpened().stack
    },
    get browser() {
      return getOpened().browser
    },
  }
}

/** After each test, fails for what was wrong behind the visitor's pages. */
export function expectNoFaults(findVisitor: () => Visitor | undefined): void {
  afterEach(() => expect(findVisitor()?.faults ?? []).toEqual([]))
}
