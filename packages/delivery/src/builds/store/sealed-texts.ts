// Texts of any length among the workspace's secrets, encrypted: a secret holds a limited one.
import type { Secrets } from '@ridgeline/workspace';

const maxPart = 90_000;

export class SealedTexts {
  readonly #secrets: Secrets;

  constructor(secrets: Secrets) {
    this.#secrets = secrets;
  }

  /** `name` stays short of the limit of a secret's name by the number that is put behind it. */
  async put(name: string, text: string): Promise<void> {
    // Base64, as a cut between two halves of a character would leave no text.
    const whole = Buffer.from(text, 'utf8').toString('base64');
    const count = Math.max(1, Math.ceil(whole.length / maxPart));
    for (let part = count - 1; part >= 0; part--) {
      const piece = whole.slice(part * maxPart, (part + 1) * maxPart);
      // The first is written last: it says how many there are, so all of them are there with it.
      await this.#secrets.set(`${name}/${part}`, part === 0 ? `${count}:${piece}` : piece);
    }
  }

  /** @throws RidgelineError SECRET_NOT_FOUND, SECRET_KEY_WRONG */
  async get(name: string): Promise<string> {
    const first = await this.#secrets.get(`${name}/0`);
    const colon = first.indexOf(':');
    const pieces = [first.slice(colon + 1)];
    for (let part = 1; part < Number(first.slice(0, colon)); part++)
      pieces.push(await this.#secrets.get(`${name}/${part}`));
    return Buffer.from(pieces.join(''), 'base64').toString('utf8');
  }
}
