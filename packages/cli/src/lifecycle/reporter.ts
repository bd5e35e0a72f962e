// Shows the stages of a lifecycle as they go: on a terminal the current one with its time running,
// elsewhere a line when it ends. Everything goes to standard error; the summary is the result.
import { style } from '../output/style.ts';
import { formatDuration } from '../output/table.ts';

export interface StageReport {
  /** What is going on right now, in a few words. */
  progress(text: string): void;
  /** A line that stays, below those of the stages that have ended. */
  note(text: string): void;
  succeed(text: string): void;
  fail(text: string): void;
  /** Neither: somebody else has to do something first. */
  wait(text: string): void;
}

const refreshMs = 100;
const frames = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏'];

export function reportStage(
  name: string,
  stream: Pick<NodeJS.WriteStream, 'write' | 'isTTY'> = process.stderr,
): StageReport {
  const live = stream.isTTY === true;
  const startedAt = performance.now();
  const took = () => style.dim(formatDuration(performance.now() - startedAt));
  const label = name.padEnd(14);
  let text = '';
  let frame = 0;
  const clearLine = '\r\u001b[2K';
  const draw = () => {
    frame = (frame + 1) % frames.length;
    stream.write(`${clearLine}${style.cyan(frames[frame] ?? '')} ${label} ${text} ${took()}`);
  };
  const timer = live ? setInterval(draw, refreshMs) : null;
  const end = (mark: string, last: string) => {
    if (timer !== null) clearInterval(timer);
    stream.write(`${live ? clearLine : ''}${mark} ${label} ${last} ${took()}\n`);
  };
  return {
    progress: (next) => {
      text = next;
      if (!live) stream.write(`  ${label} ${next}\n`);
    },
    note: (line) => stream.write(`${live ? clearLine : ''}  ${label} ${line}\n`),
    succeed: (last) => end(style.green('✓'), last),
    fail: (last) => end(style.red('✗'), last),
    wait: (last) => end(style.yellow('…'), last),
  };
}
