// pdf.js as far as the resume's screen uses it.

export interface Page {
  streamTextContent(): ReadableStream<{ items: { str: string, hasEOL: boolean }[] }>;
  cleanup(): void;
}
export interface Document {
  numPages: number;
  getPage(number: number): Promise<Page>;
}
export class PDFWorker {
  constructor(options: { port: Worker, verbosity: number });
}
export function getDocument(options: object): { promise: Promise<Document> };
