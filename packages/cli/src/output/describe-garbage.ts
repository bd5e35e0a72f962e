// What was removed for good, in words.
import type { GarbageReport } from '@ridgeline/client';

export function describeGarbage(report: GarbageReport): string {
  const things = [
    counted(report.experiments, 'experiment'),
    counted(report.runs, 'run'),
    counted(report.loggedModels, 'logged model'),
  ].join(', ');
  const verb = report.dryRun ? 'would remove' : 'removed';
  const files = `${counted(report.files, 'file')} of ${sizeOf(report.bytes)}`;
  const more = report.dryRun && report.more ? ['and more than that'] : [];
  const kept =
    report.kept === 0
      ? []
      : [`kept, as registered model versions stand on their files: ${report.kept}`];
  return [`${verb} ${things}, with ${files}`, ...more, ...kept].join('\n');
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function sizeOf(bytes: number): string {
  const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = bytes === 0 ? 0 : Math.min(Math.floor(Math.log2(bytes) / 10), units.length - 1);
  const value = bytes / 1024 ** power;
  return `${power === 0 ? value : value.toFixed(1)} ${units[power]}`;
}
