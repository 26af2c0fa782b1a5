/**
 * Reads members of the document and of elements from their prototypes. An element can replace a member
 * of the document, or of its form, that has the element's name: `<img name="body">` becomes
 * `document.body`, and `<input name="focus">` becomes its form's `focus`. Many sanitisers let such
 * names through. Members of the prototype cannot be replaced like that.
 *
 * `test/repository/clobbering.test.ts` fails if anything in `src` reads those members in another way.
 */
export function read<Of extends object, Name extends keyof Of>(of: Of, name: Name): Of[Name] {
  return Reflect.get(Object.getPrototypeOf(of), name, of)
}

export function write<Of extends object, Name extends keyof Of>(
  of: Of,
  name: Name,
  value: Of[Name],
): void {
  Reflect.set(Object.getPrototypeOf(of), name, value, of)
}

/** Calls a method. If it has several signatures, the types are those of the last one. */
export function call<Of extends object, Name extends MethodOf<Of>>(
  of: Of,
  name: Name,
  ...args: ArgumentsOf<Of[Name]>
): ResultOf<Of[Name]> {
  // In test environments the window has its methods on itself.
  return Reflect.apply((read(of, name) ?? of[name]) as Method, of, args)
}

type Method = (...args: unknown[]) => never
type MethodOf<Of> = {
  [Name in keyof Of]-?: Of[Name] extends (...args: never[]) => unknown ? Name : never
}[keyof Of]
type ArgumentsOf<Of> = Of extends (...args: infer Arguments) => unknown ? Arguments : never
type ResultOf<Of> = Of extends (...args: never[]) => infer Result ? Result : never

type Events = WindowEventMap & DocumentEventMap

/** Adds a listener. Returns a function that removes it. */
export function listen<Type extends keyof Events>(
  target: EventTarget,
  type: Type,
  listener: (event: Events[Type]) => void,
  options?: AddEventListenerOptions,
): () => void
export function listen(
  target: EventTarget,
  type: string,
  listener: (event: Event) => void,
  options?: AddEventListenerOptions,
): () => void
export function listen(
  target: EventTarget,
  type: string,
  listener: (event: Event) => void,
  options?: AddEventListenerOptions,
): () => void {
  call(target, 'addEventListener', type, listener, options)
  return () => call(target, 'removeEventListener', type, listener, options)
}

/** The root element. It cannot be a form, so its own members cannot be replaced; the same holds for the body. */
export function rootOf(of: Document = document): HTMLHtmlElement {
  return read(of, 'documentElement') as HTMLHtmlElement
}

/** The body; `null` while the browser has not parsed it yet. */
export function bodyOf(of: Document = document): HTMLBodyElement | null {
  return read(of, 'body') as HTMLBodyElement | null
}

export function createElement<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  of: Document = document,
): HTMLElementTagNameMap[Tag] {
  return call(of, 'createElement', tag) as HTMLElementTagNameMap[Tag]
}

/** All elements that match, in document order. */
export function queryAll<Found extends Element = Element>(
  selector: string,
  within: ParentNode = document,
): Found[] {
  return [...(call(within, 'querySelectorAll', selector) as NodeListOf<Found>)]
}

export function contains(outer: Node | null | undefined, inner: Node | null): boolean {
  return outer ? call(outer, 'contains', inner) : false
}

/** Focuses the element if it is still there and focusable, without scrolling to it. */
export function focusOn(element: Element | null | undefined): void {
  if (!element || !read(element, 'isConnected') || !('focus' in element)) return
  call(element as HTMLElement, 'focus', { preventScroll: true })
}
