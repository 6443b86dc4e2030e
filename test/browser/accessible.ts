import { AxeBuilder } from '@axe-core/playwright'
import { expect } from 'vitest'
import { type Visitor, wide } from './visitor.ts'

const narrow = { width: 320, height: 800 }

/** What sticks out at the right although it does not lie in a box that scrolls by itself; two frames after a change. */
const listSticking = `new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => {
  const room = document.documentElement.clientWidth
  const scrolls = (element) => element !== null && element !== document.body && element !== document.documentElement &&
    (/auto|scroll|hidden|clip/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement))
  const isWider = document.documentElement.scrollWidth > room
  resolve(!isWider ? [] : ['the page is ' + document.documentElement.scrollWidth + ' wide', ...[...document.body.querySelectorAll('*')]
    .filter((one) => one.getBoundingClientRect().right > room + 1 && !scrolls(one.parentElement))
    .slice(0, 5).map((one) => one.tagName + '.' + one.className)])
})))`

/**
 * Fails when the page as it stands, with what is open on it, has a serious fault by the rules of axe, or must be scrolled
 * sideways on a screen 320 pixels wide.
 */
export async function expectAccessible({ page, language }: Visitor, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  const faults = violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes.map(({ target, any }) => `${target.join(' ')} ${any[0]?.message ?? ''}`).join('; ')}`,
    )
  await page.setViewportSize(narrow)
  const sticking = await page.evaluate<string[]>(listSticking)
  await page.setViewportSize(wide)
  expect({ what, language, faults, sticking }).toEqual({ what, language, faults: [], sticking: [] })
}
