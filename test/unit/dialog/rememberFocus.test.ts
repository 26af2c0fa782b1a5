import { beforeEach, describe, expect, test, vi } from 'vitest'
import { rememberFocus } from '../../../src/dialog/modal/rememberFocus.js'

beforeEach(() => {
  document.body.innerHTML =
    '<main><h1>Case</h1><input id="name"><button id="save">Save</button><p id="text">Some text</p></main>'
  return () => {
    document.body.innerHTML = ''
  }
})

const element = (id: string) => document.getElementById(id) as HTMLInputElement
const focused = () => document.activeElement
const main = () => document.querySelector('main')

function wrap(inner: Element): Element {
  const box = document.createElement('div')
  inner.replaceWith(box)
  box.append(inner)
  return box
}

describe('the way back', () => {
  test('leads to the element that had the focus', () => {
    element('save').focus()
    const goBack = rememberFocus()
    element('save').blur()
    goBack()
    expect(focused()).toBe(element('save'))
  })

  test('does nothing if something else has taken the focus meanwhile', () => {
    element('save').focus()
    const goBack = rememberFocus()
    element('name').focus()
    goBack()
    expect(focused()).toBe(element('name'))
  })

  test.each([
    ['is gone', () => element('save').remove()],
    ['is disabled', () => element('save').setAttribute('disabled', '')],
    ['is inert', () => element('save').setAttribute('inert', '')],
    ['is within something inert', () => wrap(element('save')).setAttribute('inert', '')],
  ])('leads to the main content if the element %s', (_, change) => {
    element('save').focus()
    const goBack = rememberFocus()
    element('save').blur()
    change()
    goBack()
    expect(focused()).toBe(main())
  })

  test('leads to the main content if nothing had the focus', () => {
    const goBack = rememberFocus()
    goBack()
    expect(focused()).toBe(main())
  })

  test('leads to the first heading of a page without a main element', () => {
    document.body.innerHTML = '<div><h1>Case</h1></div>'
    rememberFocus()()
    expect(focused()).toBe(document.querySelector('h1'))
  })

  test('leads nowhere on a page with neither', () => {
    document.body.innerHTML = '<p>Case</p>'
    rememberFocus()()
    expect(focused()).toBe(document.body)
  })

  test('makes the main content focusable only until it loses the focus', () => {
    rememberFocus()()
    expect(main()).toHaveAttribute('tabindex', '-1')
    main()?.blur()
    expect(main()).not.toHaveAttribute('tabindex')
    // The listener is gone, too.
    main()?.setAttribute('tabindex', '0')
    main()?.focus()
    main()?.blur()
    expect(main()).toHaveAttribute('tabindex', '0')
  })

  test("keeps the main content's own tabindex", () => {
    main()?.setAttribute('tabindex', '0')
    rememberFocus()()
    expect(focused()).toBe(main())
    main()?.blur()
    expect(main()).toHaveAttribute('tabindex', '0')
  })
})

describe('the selection', () => {
  const select = (node: Node, from: number, to: number) => {
    const range = document.createRange()
    range.setStart(node, from)
    range.setEnd(node, to)
    const selection = document.getSelection()
    selection?.removeAllRanges()
    selection?.addRange(range)
  }

  test('within the element is restored with the focus', () => {
    const editor = element('text')
    editor.tabIndex = 0
    editor.focus()
    select(editor.firstChild as Node, 2, 6)
    const goBack = rememberFocus()
    editor.blur()
    document.getSelection()?.removeAllRanges()
    goBack()
    expect(String(document.getSelection())).toBe('me t')
    expect(focused()).toBe(editor)
  })

  test('elsewhere is left as it is', () => {
    element('save').focus()
    select(element('text').firstChild as Node, 0, 4)
    const goBack = rememberFocus()
    element('save').blur()
    select(element('text').firstChild as Node, 5, 9)
    const removed = vi.spyOn(Selection.prototype, 'removeAllRanges')
    goBack()
    expect(focused()).toBe(element('save'))
    expect(removed).not.toHaveBeenCalled()
  })
})

test('remembers the element within a frame of this origin', () => {
  const frame = document.createElement('iframe')
  frame.tabIndex = 0
  document.body.append(frame)
  const inner = frame.contentDocument as Document
  inner.body.innerHTML = '<input id="inner">'
  const field = inner.getElementById('inner') as HTMLInputElement
  frame.focus()
  field.focus()
  const goBack = rememberFocus()
  field.blur()
  frame.blur()
  goBack()
  expect(inner.activeElement).toBe(field)
})

test('remembers a frame in which nothing has the focus', () => {
  const frame = document.createElement('iframe')
  frame.tabIndex = 0
  document.body.append(frame)
  frame.focus()
  const goBack = rememberFocus()
  frame.blur()
  goBack()
  expect(focused()).toBe(frame)
})
