// Where the authorization server of the people's sign-in keeps what it remembers: in the workspace.
import type { OAuthRecord, OAuthRecords } from '@ridgeline/workspace';
import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';

// Only these end with their grant.
const ofGrant: ReadonlySet<string> = new Set([
  'AccessToken',
  'AuthorizationCode',
  'RefreshToken',
  'DeviceCode',
]);
// What has no end of its own is kept for as long as the longest of the others.
const longestSeconds = 30 * 24 * 60 * 60;

export class RecordAdapter implements Adapter {
  readonly #records: OAuthRecords;
  readonly #model: string;

  constructor(records: OAuthRecords, model: string) {
    this.#records = records;
    this.#model = model;
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn = longestSeconds): Promise<void> {
    const { grantId, uid, userCode } = payload;
    const keys = { id, uid, userCode, grantId: ofGrant.has(this.#model) ? grantId : undefined };
    await this.#records.put(this.#model, keys, payload, expiresIn);
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return toPayload(await this.#records.get(this.#model, id));
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return toPayload(await this.#records.getByUid(this.#model, uid));
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return toPayload(await this.#records.getByUserCode(this.#model, userCode));
  }

  /** Of two that bring the same code or token at once, one gets it. */
  async consume(id: string): Promise<void> {
    if (await this.#records.consume(this.#model, id)) return;
    throw new errors.InvalidGrant('it has been used already');
  }

  async destroy(id: string): Promise<void> {
    await this.#records.delete(this.#model, id);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await this.#records.deleteGrant(grantId);
  }
}

function toPayload(record: OAuthRecord | null): AdapterPayload | undefined {
  if (record === null) return undefined;
  const { payload, consumedAt } = record;
  return consumedAt === null ? payload : { ...payload, consumed: consumedAt };
}
