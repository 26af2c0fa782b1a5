/** Each shows something red, in a way that a page has to show something. */
export const openings = {
  'content of the page': () => {
    document.body.append(red('main'))
  },
  'a modal dialog': () => openModal(put(red('dialog'))),
  'a dialog that is not modal': () => put(red('dialog')).show(),
  'a dialog that is open by its attribute': () => put(red('dialog')).setAttribute('open', ''),
  'a popover': () => openPopover(put(popover('auto'))),
  'a manual popover': () => openPopover(put(popover('manual'))),
  'a hint': () => openPopover(put(popover('hint'))),
  'a dialog that is a popover': () => {
    const dialog = red('dialog')
    dialog.popover = 'manual'
    openPopover(put(dialog))
  },
  'a modal dialog beside the body': () => openModal(put(red('dialog'), document.documentElement)),
  'a popover beside the body': () => openPopover(put(popover('manual'), document.documentElement)),
  'an inline element beside the body': () => {
    put(insist(red('span')), document.documentElement)
  },
  'a modal dialog in a closed shadow root': () =>
    openModal(put(insist(red('dialog')), shadowIn('closed'))),
  'a popover in a closed shadow root': () =>
    openPopover(put(insist(popover('manual')), shadowIn('closed'))),
  'content of an open shadow root': () => {
    put(insist(red('p')), shadowIn('open'))
  },
  'a modal dialog in a shadow root of the body': () => {
    const shadow = document.body.attachShadow({ mode: 'open' })
    shadow.append(document.createElement('slot'))
    openModal(put(insist(red('dialog')), shadow))
  },
  'a dialog whose styles insist': () => openModal(put(insist(red('dialog')))),
  'a dialog that a style sheet insists on, with transitions': () => {
    const style = document.createElement('style')
    style.textContent = `* { transition: all 60s allow-discrete !important }
      #insist#insist { visibility: visible !important; opacity: 1 !important }`
    document.head.append(style)
    const dialog = put(red('dialog'))
    dialog.id = 'insist'
    openModal(dialog)
  },
  'a dialog that opens again when it is closed': () => {
    const dialog = put(red('dialog'))
    dialog.addEventListener('close', () => dialog.open || dialog.showModal())
    openModal(dialog)
  },
  'a popover that opens again when it is closed': () => {
    const element = put(popover('auto'))
    element.addEventListener('toggle', () => openPopover(element))
    openPopover(element)
  },
  'a popover that opens again in each frame': () => {
    const element = put(popover('manual'), shadowIn('closed'))
    function again(): void {
      if (element.matches(':popover-open')) element.hidePopover()
      element.showPopover()
      requestAnimationFrame(again)
    }
    again()
  },
  'a dialog that opens again whenever another one does': () => {
    const dialog = put(red('dialog'))
    new MutationObserver(() => {
      if (dialog.open) dialog.close()
      dialog.showModal()
    }).observe(document.documentElement, { childList: true })
    openModal(dialog)
  },
  'an element in fullscreen': () => put(red('section')).requestFullscreen(),
  'a video in fullscreen': () => put(red('video')).requestFullscreen(),
  'the picker of a select': () => {
    const style = document.createElement('style')
    style.textContent = `select, ::picker(select) { appearance: base-select; background: red }`
    document.head.append(style)
    const select = put(red('select'))
    select.append(new Option('first'), new Option('second'))
    select.showPicker()
  },
  'open details': () => {
    const details = put(red('details'))
    details.append(red('p'))
    details.open = true
  },
  'a dialog in a frame': () => {
    const frame = put(red('iframe'))
    const inner = frame.contentDocument
    if (!inner) return
    const dialog = inner.createElement('dialog')
    dialog.style.background = 'red'
    inner.body.append(dialog)
    dialog.showModal()
  },
  'a body in place of the body': () => {
    const body = document.createElement('body')
    body.append(red('p'))
    document.body.replaceWith(body)
    openModal(put(red('dialog')))
  },
  'a transition between two views': async () => {
    const view = put(red('main'))
    const style = document.createElement('style')
    style.textContent = `::view-transition-group(*), ::view-transition-old(*), ::view-transition-new(*)
      { animation-duration: 60s }`
    document.head.append(style)
    await document.startViewTransition(() => view.append(red('p'))).ready.catch(() => {})
  },
  'what stands before and after the body': () => {
    const style = document.createElement('style')
    style.textContent = `body::before, body::after { content: 'Ada'; background: red; position: fixed }`
    document.head.append(style)
  },
} satisfies Record<string, () => void | Promise<void>>

export type Opening = keyof typeof openings

function red<Tag extends keyof HTMLElementTagNameMap>(tag: Tag): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  element.append('Ada Lovelace')
  Object.assign(element.style, { background: 'red', minWidth: '60px', minHeight: '60px' })
  return element
}

/** As far as an element can by itself, within a shadow root or not. */
function insist<Inner extends HTMLElement>(element: Inner): Inner {
  for (const [property, value] of Object.entries({ visibility: 'visible', opacity: '1' })) {
    element.style.setProperty(property, value, 'important')
  }
  if (element.localName === 'span') element.style.setProperty('display', 'block', 'important')
  return element
}

function popover(kind: string): HTMLDivElement {
  const element = red('div')
  element.setAttribute('popover', kind)
  return element
}

function put<Inner extends HTMLElement>(element: Inner, into: Node = document.body): Inner {
  into.appendChild(element)
  return element
}

function shadowIn(mode: ShadowRootMode): ShadowRoot {
  return put(document.createElement('div')).attachShadow({ mode })
}

function openModal(dialog: HTMLDialogElement): void {
  dialog.showModal()
}

function openPopover(element: HTMLElement): void {
  if (!element.matches(':popover-open')) element.showPopover()
}
