// Lit as far as the pages use it. Reactive properties are named in `static properties` only, so any name may be one.

export class LitElement extends HTMLElement {
  [property: string]: any;
  updateComplete: Promise<boolean>;
  connectedCallback(): void;
  disconnectedCallback(): void;
  requestUpdate(): void;
}
export const nothing: any;
export function html(strings: TemplateStringsArray, ...values: unknown[]): object;
export function svg(strings: TemplateStringsArray, ...values: unknown[]): object;
export function render(value: unknown, container: HTMLElement): void;
