import type { Locator, Page } from 'playwright-core'

// What one does with a keyboard alone.

const furthest = 250

/** Goes on with Tab until the target has the focus. @throws when the keyboard does not reach it */
export async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor()
  const focused = target.and(page.locator(':focus'))
  for (let step = 0; step < furthest; step += 1) {
    if ((await focused.count()) > 0) return
    await page.keyboard.press('Tab')
  }
  throw new Error(`the keyboard does not reach ${String(target)}`)
}

/** Follows a link or presses a button. */
export async function pressKeys(page: Page, target: Locator): Promise<void> {
  await tabTo(page, target)
  await page.keyboard.press('Enter')
}

/** Writes into a field, in place of what stood there. */
export async function writeKeys(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field)
  await page.keyboard.press('Control+A')
  await page.keyboard.type(text)
}

/** Goes down a list of choices to the one of this name. @throws when it has no such choice */
export async function chooseKeys(page: Page, select: Locator, label: string): Promise<void> {
  await tabTo(page, select)
  await page.keyboard.press('Home')
  for (let step = 0; step < furthest; step += 1) {
    if ((await select.locator('option:checked').textContent()) === label) return
    await page.keyboard.press('ArrowDown')
  }
  throw new Error(`there is no choice ${label}`)
}
