// What servers tell each other: changes, a few at a time, and that they are still there.
import { maxTextBytes } from '../database/server-channel.ts';
import { type Change, changeKinds } from './change.ts';

export interface PeerMessage {
  /** The server that tells. */
  readonly from: string;
  /** How many messages with changes it has sent, this one too: a number left out was missed. */
  readonly count: number;
  readonly changes: readonly Change[];
  /** It ends, and will not be heard again. */
  readonly isBye?: boolean;
}

/** What is left for the frame around the changes. */
const maxChangesBytes = maxTextBytes - 200;

/** Messages that are short enough, numbered on from `count`. */
export function packChanges(
  from: string,
  count: number,
  changes: readonly Change[],
): readonly PeerMessage[] {
  const messages: PeerMessage[] = [];
  let some: Change[] = [];
  let bytes = 0;
  const close = () => {
    messages.push({ from, count: count + messages.length + 1, changes: some });
    some = [];
    bytes = 0;
  };
  for (const change of changes) {
    const fitting = sizeOf(change) > maxChangesBytes ? shortened(change) : change;
    const size = sizeOf(fitting) + 1;
    if (some.length > 0 && bytes + size > maxChangesBytes) close();
    some.push(fitting);
    bytes += size;
  }
  if (some.length > 0) close();
  return messages;
}

/** Null for what no server of this kind has sent. */
export function readMessage(text: string): PeerMessage | null {
  try {
    const message: unknown = JSON.parse(text);
    return isMessage(message)
      ? { ...message, changes: message.changes.filter(({ kind }) => changeKinds.includes(kind)) }
      : null;
  } catch {
    return null;
  }
}

function isMessage(message: unknown): message is PeerMessage {
  if (typeof message !== 'object' || message === null) return false;
  const { from, count, changes } = message as Record<string, unknown>;
  return typeof from === 'string' && typeof count === 'number' && Array.isArray(changes);
}

function shortened(change: Change): Change {
  if (change.kind === 'metrics') return { ...change, metrics: [] };
  if (change.kind === 'loggedModel') {
    return { ...change, ...(change.params && { params: [] }), ...(change.tags && { tags: [] }) };
  }
  return 'keys' in change ? { ...change, keys: [] } : change;
}

function sizeOf(change: Change): number {
  return Buffer.byteLength(JSON.stringify(change));
}
