import type { EngineLease } from '@ridgeline/workspace';
import { afterEach, expect, test } from 'vitest';
import { EngineKeeper } from './engine-keeper.ts';

/** A lease as of a database: of all who ask one has it, and now and then nobody can tell. */
class Room {
  isReachable = true;
  holder: symbol | null = null;

  lease(): EngineLease {
    const own = Symbol('server');
    return {
      take: async () => {
        if (!this.isReachable) throw new Error('unreachable');
        this.holder ??= own;
        return this.holder === own;
      },
      release: async () => {
        if (this.holder === own) this.holder = null;
      },
    };
  }
}

const timing = { checkMs: 5, patienceMs: 60, settleMs: 20 };
const opened: EngineKeeper[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((keeper) => keeper.stop()));
});

function open(room: Room) {
  const log: string[] = [];
  const keeper = new EngineKeeper({
    lease: room.lease(),
    engines: {
      start: async () => void log.push('start'),
      stop: async (isLost) => void log.push(isLost ? 'stop, lost' : 'stop'),
    },
    report: (error) => log.push(String(error)),
    timing,
  });
  opened.push(keeper);
  return { keeper, log };
}

async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 2));
}

test('the first server runs the engines at once, a second one when that has ended', async () => {
  const room = new Room();
  const first = open(room);
  const second = open(room);
  await first.keeper.start();
  await second.keeper.start();
  expect([first.keeper.isRunning, second.keeper.isRunning]).toEqual([true, false]);
  await first.keeper.stop();
  expect(first.log).toEqual(['start', 'stop']);
  await until(() => second.keeper.isRunning);
  expect(second.log).toEqual(['start']);
});

test('a server that another has taken the lease from stops its engines', async () => {
  const room = new Room();
  const { keeper, log } = open(room);
  await keeper.start();
  room.holder = Symbol('another');
  await keeper.lost;
  expect(keeper.isRunning).toBe(false);
  expect(log).toEqual(['start', 'stop, lost']);
});

test('engines go on over a short silence of the database, and stop in a long one', async () => {
  const room = new Room();
  const { keeper, log } = open(room);
  await keeper.start();
  room.isReachable = false;
  await new Promise((resolve) => setTimeout(resolve, timing.checkMs * 2));
  room.isReachable = true;
  await new Promise((resolve) => setTimeout(resolve, timing.patienceMs));
  expect(log).toEqual(['start']);
  room.isReachable = false;
  await until(() => log.length > 1);
  expect(log).toEqual(['start', 'stop, lost']);
  room.isReachable = true;
  await keeper.lost;
  expect(room.holder).toBeNull();
});

test('one that is stopped while it waits for its turn starts nothing', async () => {
  const room = new Room();
  await open(room).keeper.start();
  const waiting = open(room);
  await waiting.keeper.start();
  await waiting.keeper.stop();
  expect(waiting.log).toEqual([]);
});
