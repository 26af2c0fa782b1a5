import type { BrowserContext } from 'playwright'
import { openTabs } from '../demo/demoTest.js'
import { type DemoOptions, startDemo } from '../demo/startDemo.js'
import { realBrowser } from './realBrowser.js'

/** `onTestFinished` of a test. */
export type Cleanup = (end: () => Promise<void>) => void

export interface RealOpening extends DemoOptions {
  tabs?: number
  browserArguments?: string[]
  /** Before the first page. */
  prepare?: (context: BrowserContext) => Promise<unknown>
}

/** Tabs of a demo of their own in Chromium as a person has it, gone with the test. */
export async function openInRealBrowser(
  onTestFinished: Cleanup,
  { tabs = 1, browserArguments, prepare, ...options }: RealOpening = {},
) {
  const demo = await startDemo(options)
  onTestFinished(demo.stop)
  const browser = await realBrowser(browserArguments)
  onTestFinished(browser.close)
  await prepare?.(browser.context)
  const opened = await openTabs(browser.context, demo.url, tabs)
  const [first, second = first] = opened.tabs
  return { demo, browser, context: browser.context, first, second, ...opened }
}
