// A browser without a screen: it keeps cookies, follows redirects on the same server, and submits the
// forms that a page has. It stops where it is sent elsewhere.

export interface Page {
  readonly status: number;
  readonly url: URL;
  readonly headers: Headers;
  readonly text: string;
  /** Fills in one of the forms, the hidden fields as they stand there, and sends it. */
  submit(fields: Readonly<Record<string, string>>, form?: number): Promise<Page>;
}

export class Browser {
  readonly #cookies = new Map<string, { value: string; path: string }>();
  readonly #headers: Readonly<Record<string, string>>;

  constructor(headers: Readonly<Record<string, string>> = {}) {
    this.#headers = headers;
  }

  get(url: URL | string): Promise<Page> {
    return this.#go(new URL(url), { method: 'GET' });
  }

  async #go(url: URL, init: RequestInit): Promise<Page> {
    const headers = { ...this.#headers, ...init.headers, cookie: this.#cookieHeader(url) };
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const cookie of answer.headers.getSetCookie()) this.#keep(cookie);
    const location = answer.headers.get('location');
    if (location !== null) {
      const next = new URL(location, url);
      await answer.body?.cancel();
      if (next.origin === url.origin) return this.#go(next, { method: 'GET' });
      return this.#page(answer, next, '');
    }
    return this.#page(answer, url, await answer.text());
  }

  #page({ status, headers }: Response, url: URL, text: string): Page {
    const submit = (fields: Readonly<Record<string, string>>, index = 0) => {
      const [form = ''] = (text.match(/<form[\s\S]*?<\/form>/g) ?? []).slice(index);
      const action = attribute(form.slice(0, form.indexOf('>')), 'action') ?? url.href;
      const body = new URLSearchParams({ ...hiddenFields(form), ...fields });
      return this.#go(new URL(action, url), { method: 'POST', body });
    };
    return { status, url, headers, text, submit };
  }

  #keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    const [, path = '/'] = /;\s*path=([^;]*)/i.exec(line) ?? [];
    if (/expires=Thu, 01 Jan 1970/.test(line)) this.#cookies.delete(`${name} ${path}`);
    else this.#cookies.set(`${name} ${path}`, { value: `${name}=${value}`, path });
  }

  #cookieHeader({ pathname }: URL): string {
    const fitting = [...this.#cookies.values()].filter(({ path }) => pathname.startsWith(path));
    return fitting.map(({ value }) => value).join('; ');
  }
}

function hiddenFields(form: string): Readonly<Record<string, string>> {
  const inputs = form.match(/<input[^>]*>/g) ?? [];
  const filled = inputs.map((input) => [attribute(input, 'name'), attribute(input, 'value')]);
  return Object.fromEntries(filled.filter(([name, value]) => name && value !== undefined));
}

function attribute(tag: string, name: string): string | undefined {
  return new RegExp(`${name}="([^"]*)"`).exec(tag)?.[1];
}
