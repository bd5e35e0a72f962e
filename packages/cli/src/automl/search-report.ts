// Shows a search as it goes, on standard error: on a terminal one line with the time left and the
// best so far, elsewhere a line a trial.
import {
  describeProgress,
  describeTrial,
  type SearchProgress,
  type Trial,
} from '@ridgeline/automl';
import { style } from '../output/style.ts';

export interface SearchReport {
  progress(text: string): void;
  readonly onTrialEnd: (trial: Trial) => void;
  readonly onProgress: (progress: SearchProgress) => void;
  end(): void;
}

type Stream = Pick<NodeJS.WriteStream, 'write' | 'isTTY' | 'columns'>;

const clearLine = '\r\u001b[2K';

/** `metric`: what the scores are called. */
export function reportSearch(metric: string, stream: Stream = process.stderr): SearchReport {
  const isLive = stream.isTTY === true;
  const draw = (text: string) => {
    // A line that wraps could not be taken back.
    const width = Math.max(20, (stream.columns || 80) - 1);
    stream.write(`${clearLine}${style.cyan(text.slice(0, width))}`);
  };
  return {
    progress: (text) => (isLive ? draw(text) : stream.write(`${text}\n`)),
    onTrialEnd: (trial) => {
      const line = describeTrial(trial, metric);
      if (!isLive) stream.write(`${line}\n`);
      else if (trial.state === 'failed') stream.write(`${clearLine}${line}\n`);
    },
    onProgress: (progress) => {
      if (isLive) draw(describeProgress(progress, metric));
    },
    end: () => {
      if (isLive) stream.write(clearLine);
    },
  };
}
