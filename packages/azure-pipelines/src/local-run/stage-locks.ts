// Exclusive locks between the runs of one folder, each of which is a process of its own. Claims are
// rows of a small database: SQLite lets one process look and decide at a time. A claim counts as
// long as its process lives, so that a killed run holds nothing.
//
// All locks of a stage are taken together or none is: nobody holds one and waits for another.
import path from 'node:path';
import type { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import type { LockAnswer } from '../check/gate-host.ts';
import type { LockBehavior } from '../pipeline/pipeline.ts';
import { cannotUse } from './disk-error.ts';
import { type ClaimRow, claimTable, inTurn, livingClaims, standsBefore } from './lock-claims.ts';
import { ownIdentity } from './process-identity.ts';

export interface LockClaim {
  readonly names: readonly string[];
  readonly stage: string;
  readonly behavior: LockBehavior;
}

type Look = { readonly answer: LockAnswer } | { readonly waitsFor: number };

const pollMs = 200;
const busyTimeoutMs = 5_000;

export class StageLocks {
  readonly #file: string;
  readonly #run: number;
  #database: DatabaseSync | undefined;

  /** `folder`: of the runs; `run`: the number of the one that asks. */
  constructor(folder: string, run: number) {
    this.#file = path.join(folder, 'locks.db');
    this.#run = run;
  }

  /** `waits` hears once of the run that stands before. @throws LocalRunError RUNS_FOLDER_UNUSABLE */
  async take(
    claim: LockClaim,
    signal: AbortSignal,
    waits: (run: number) => void,
  ): Promise<LockAnswer> {
    try {
      return await this.#waitInLine(claim, signal, waits);
    } catch (error) {
      throw cannotUse(this.#file, error);
    }
  }

  async #waitInLine(
    claim: LockClaim,
    signal: AbortSignal,
    waits: (run: number) => void,
  ): Promise<LockAnswer> {
    const database = await this.#open();
    this.#enter(database, claim);
    for (let isFirst = true; !signal.aborted; isFirst = false) {
      const look = inTurn(database, () => this.#look(database, claim));
      if ('answer' in look) return look.answer;
      if (isFirst) waits(look.waitsFor);
      await delay(pollMs, undefined, { signal }).catch(() => undefined);
    }
    this.release(claim.stage);
    return 'aborted';
  }

  release(stage: string): void {
    const query = this.#database?.prepare('delete from claims where run = ? and stage = ?');
    query?.run(this.#run, stage);
  }

  /** What this run still has is given back. */
  close(): void {
    this.#database?.prepare('delete from claims where run = ?').run(this.#run);
    this.#database?.close();
    this.#database = undefined;
  }

  async #open(): Promise<DatabaseSync> {
    if (this.#database !== undefined) return this.#database;
    // Most runs lock nothing.
    const { DatabaseSync } = await import('node:sqlite');
    this.#database ??= new DatabaseSync(this.#file, { timeout: busyTimeoutMs });
    this.#database.exec(claimTable);
    return this.#database;
  }

  /** Of those that wait, older runs that want the latest only give way. */
  #enter(database: DatabaseSync, { names, stage, behavior }: LockClaim): void {
    const { pid, startedAtTicks } = ownIdentity();
    const giveWay = database.prepare(`update claims set state = 'superseded' where lock = ?
      and state = 'waiting' and behavior = 'runLatest' and run < ?`);
    const enter =
      database.prepare(`insert into claims (lock, run, stage, behavior, state, pid, ticks)
      values (?, ?, ?, ?, 'waiting', ?, ?)`);
    inTurn(database, () => {
      for (const name of names.map((one) => one.toLowerCase())) {
        giveWay.run(name, this.#run);
        enter.run(name, this.#run, stage, behavior, pid, startedAtTicks);
      }
    });
  }

  #look(database: DatabaseSync, { names, stage }: LockClaim): Look {
    const wanted = new Set(names.map((name) => name.toLowerCase()));
    const all = livingClaims(database).filter(({ lock }) => wanted.has(lock));
    const isOwn = (claim: ClaimRow) => claim.run === this.#run && claim.stage === stage;
    const own = all.filter(isOwn);
    if (own.some(({ state }) => state === 'superseded')) {
      this.release(stage);
      return { answer: 'superseded' };
    }
    const before = own.flatMap((mine) => all.filter((other) => standsBefore(other, mine)));
    const [first] = before.filter((claim) => !isOwn(claim));
    if (first !== undefined) return { waitsFor: first.run };
    const hold = database.prepare("update claims set state = 'held' where run = ? and stage = ?");
    hold.run(this.#run, stage);
    return { answer: 'held' };
  }
}
