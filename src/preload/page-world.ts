/**
 * Takes out of the page's world, before a script of the page runs, what sends past the content security policy and the proxy:
 * WebRTC, which looks up the names of its servers whatever policy it is under, and WebTransport. They cannot be put back, and
 * there is no fresh world to fetch them from: no frame or second window can be made.
 *
 * It is carried into the page's world by its source, so it uses nothing from outside itself, and it keeps what it needs before
 * the page can replace it: https://www.electronjs.org/docs/latest/api/context-bridge
 */
export function closePageWorld(): void {
  const { apply } = Reflect;
  const fix = (owner: object, name: string, value: unknown): void => {
    Object.defineProperty(owner, name, { value, enumerable: false, writable: false, configurable: false });
  };

  // By how they begin, so that what WebRTC and WebTransport are still to get goes, too. An XSLTProcessor makes elements.
  const gone = /^(webkit)?RTC|^WebTransport|^documentPictureInPicture$|^XSLTProcessor$/i;
  for (const name of Object.getOwnPropertyNames(globalThis)) if (gone.test(name)) fix(globalThis, name, undefined);

  // Markup makes no element: the policy asks for Trusted Types, and allows none. So an element comes from one of these.
  // What was made tells its name, however it was spelled.
  const localNameOf = Object.getOwnPropertyDescriptor(Element.prototype, 'localName')?.get as () => string;
  const refuse = (): never => {
    throw new TypeError('The window of Mooring has no frames.');
  };
  for (const name of ['createElement', 'createElementNS'] as const) {
    const create = Document.prototype[name] as (...given: unknown[]) => Element;
    fix(Document.prototype, name, function (this: Document, ...given: unknown[]): Element {
      const made = apply(create, this, given);
      switch (apply(localNameOf, made, [])) {
        case 'iframe':
        case 'frame':
        case 'fencedframe':
        case 'object':
        case 'embed':
        case 'portal':
          return refuse();
        default:
          return made;
      }
    });
  }
  // A custom element can be a frame by another name.
  fix(CustomElementRegistry.prototype, 'define', refuse);
}
