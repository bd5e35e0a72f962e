// The shared words by which a team's threads wait for each other, and what they pass on. The opener of
// a session leads; the others follow.

/** Most arguments of a kernel. */
const argumentRoom = 16;
/** Looks at a word before a thread goes to sleep: some 50 µs, as waking it takes about as long. */
const spins = 10_000;

// Words of the control.
const round = 0;
const done = 1;
const kernelIndex = 2;
const listCount = 3;
const failed = 4;
const words = 8;

/** In place of a kernel: the session is over. */
const closing = -1;

export class TeamControl {
  readonly buffer: SharedArrayBuffer;
  readonly #words: Int32Array;
  readonly #arguments: Float64Array;
  readonly #results: Float64Array;

  /** @param given the buffer of another thread's control, to share it. */
  constructor(size: number, given?: SharedArrayBuffer) {
    const bytes = 4 * words + 8 * size * (argumentRoom + 1);
    this.buffer = given ?? new SharedArrayBuffer(bytes);
    this.#words = new Int32Array(this.buffer, 0, words);
    this.#arguments = new Float64Array(this.buffer, 4 * words, size * argumentRoom);
    this.#results = new Float64Array(this.buffer, 4 * words + 8 * size * argumentRoom, size);
  }

  /** Leader: hands out a kernel; `lists` has the arguments of each thread. */
  start(kernel: number, lists: readonly (readonly number[])[]): void {
    lists.forEach((list, thread) => {
      this.#arguments.set(list, thread * argumentRoom);
    });
    this.#words[kernelIndex] = kernel;
    this.#words[listCount] = lists.length;
    this.#words[failed] = 0;
    Atomics.store(this.#words, done, 0);
    Atomics.add(this.#words, round, 1);
    Atomics.notify(this.#words, round);
  }

  startClosing(): void {
    this.start(closing, []);
  }

  /** Leader: waits for `count` followers. @throws Error when one failed or gives no sign of life. */
  join(count: number): void {
    for (let spin = 0; spin < spins; spin++) {
      if (Atomics.load(this.#words, done) >= count) break;
    }
    for (let seen = this.#doneCount; seen < count; seen = this.#doneCount) {
      if (Atomics.wait(this.#words, done, seen, silenceLimitMs) !== 'timed-out') continue;
      if (this.#doneCount < count) throw new Error('a thread of the team has died');
    }
    if (this.#words[failed] !== 0) throw new Error('a kernel failed in a thread of the team');
  }

  get #doneCount(): number {
    return Atomics.load(this.#words, done);
  }

  results(count: number): readonly number[] {
    return Array.from(this.#results.subarray(0, count));
  }

  setResult(thread: number, value: number): void {
    this.#results[thread] = value;
  }

  get currentRound(): number {
    return Atomics.load(this.#words, round);
  }

  /** Follower: waits for the round after `seen`; null when the session is over. */
  next(seen: number): { readonly kernel: number; readonly listCount: number } | null {
    for (let spin = 0; spin < spins && this.currentRound === seen; spin++);
    while (this.currentRound === seen) Atomics.wait(this.#words, round, seen);
    const kernel = this.#words[kernelIndex];
    return kernel === closing ? null : { kernel, listCount: this.#words[listCount] };
  }

  /** Arguments of a thread's call; more than the kernel takes are ignored by it. */
  argumentsOf(thread: number): readonly number[] {
    const at = thread * argumentRoom;
    return Array.from(this.#arguments.subarray(at, at + argumentRoom));
  }

  /** Follower: its part of the round is over. */
  finish(hasFailed: boolean): void {
    if (hasFailed) Atomics.store(this.#words, failed, 1);
    Atomics.add(this.#words, done, 1);
    Atomics.notify(this.#words, done);
  }
}

// No kernel call is nearly as long; a thread that is out of memory dies without a word.
const silenceLimitMs = 300_000;
