// The secrets of a job, and the one place through which everything goes that people get to see.

import { MaskStream, mask } from './mask-stream.ts';
import { secretForms } from './secret-forms.ts';
import { SecretMatcher } from './secret-matcher.ts';

/** The password of `scheme://user:password@host`, whoever's it is. */
const urlPassword = /(\/\/[^:/?#\s@]{1,256}:)[^@/?#\s]{1,1024}(?=@)/g;

export class SecretMasker {
  readonly #values = new Set<string>();
  readonly #forms = new Set<string>();
  #matcher: SecretMatcher | undefined = new SecretMatcher([]);

  /** From now on; what has been shown before stays as it was. */
  add(secret: string): void {
    if (this.#values.has(secret)) return;
    this.#values.add(secret);
    const before = this.#forms.size;
    for (const form of secretForms(secret)) this.#forms.add(form);
    if (this.#forms.size > before) this.#matcher = undefined;
  }

  get isEmpty(): boolean {
    return this.#forms.size === 0;
  }

  /** Masks a whole text: a name, a message, a summary. */
  mask(text: string): string {
    if (this.isEmpty) return maskUrlPasswords(text);
    const stream = this.stream();
    return maskUrlPasswords(stream.push(text) + stream.end());
  }

  /** For a text that comes in pieces. */
  stream(): MaskStream {
    return new MaskStream(() => this.#current());
  }

  #current(): SecretMatcher {
    this.#matcher ??= new SecretMatcher(this.#forms);
    return this.#matcher;
  }
}

export function maskUrlPasswords(text: string): string {
  if (!text.includes('@') || !text.includes('//')) return text;
  return text.replace(urlPassword, `$1${mask}`);
}
