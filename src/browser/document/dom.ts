/**
 * Members of the document and of elements, as the browser defines them. An element takes the place
 * of a member of the document, or of its form, that has the same name as it: `<img name="body">`
 * becomes `document.body`, and `<input name="focus">` its form's `focus`. Many sanitisers let such
 * names through. What stands on the prototype can't be replaced like that.
 *
 * `test/repository/architecture.test.ts` sees to it that nothing in `src` reads those members in another way.
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

/** Calls a method; of one with several signatures the last one counts. */
export function call<Of extends object, Name extends MethodOf<Of>>(
  of: Of,
  name: Name,
  ...args: ArgumentsOf<Of[Name]>
): ResultOf<Of[Name]> {
  // The window of a test environment has its methods on itself.
  return Reflect.apply((read(of, name) ?? of[name]) as Method, of, args)
}

type Method = (...args: unknown[]) => never
type MethodOf<Of> = {
  [Name in keyof Of]-?: Of[Name] extends (...args: never[]) => unknown ? Name : never
}[keyof Of]
type ArgumentsOf<Of> = Of extends (...args: infer Arguments) => unknown ? Arguments : never
type ResultOf<Of> = Of extends (...args: never[]) => infer Result ? Result : never

type Events = WindowEventMap & DocumentEventMap

/** Adds a listener; returns the way to remove it. */
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

/** Neither it nor the body can be a form, whose members are taken as well. */
export function rootOf(of: Document = document): HTMLHtmlElement {
  return read(of, 'documentElement') as HTMLHtmlElement
}

/** `null` while the document is not read that far. */
export function bodyOf(of: Document = document): HTMLBodyElement | null {
  return read(of, 'body') as HTMLBodyElement | null
}

export function createElement<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  of: Document = document,
): HTMLElementTagNameMap[Tag] {
  return call(of, 'createElement', tag) as HTMLElementTagNameMap[Tag]
}

/** All elements that match, in the order of the document. */
export function queryAll<Found extends Element = Element>(
  selector: string,
  within: ParentNode = document,
): Found[] {
  return [...(call(within, 'querySelectorAll', selector) as NodeListOf<Found>)]
}

export function contains(outer: Node | null | undefined, inner: Node | null): boolean {
  return outer ? call(outer, 'contains', inner) : false
}

/** Gives it the focus, where it is still there and can have it, without scrolling to it. */
export function focusOn(element: Element | null | undefined): void {
  if (!element || !read(element, 'isConnected') || !('focus' in element)) return
  call(element as HTMLElement, 'focus', { preventScroll: true })
}
