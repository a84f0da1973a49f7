// Where the page knows more than the types of the browser: what a selector finds, what a form holds, who was clicked.

interface ParentNode {
  querySelector(selectors: string): any;
  querySelectorAll(selectors: string): NodeListOf<any>;
}
interface FormData {
  get(name: string): any;
  [Symbol.iterator](): IterableIterator<[string, any]>;
}
interface EventTarget {
  closest?(selectors: string): any;
}

/** Clerk's scripts leave their names here. */
interface Window {
  Clerk: any;
  __internal_ClerkUICtor: any;
}
