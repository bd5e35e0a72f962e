// Colours, on a terminal only: never in a file, a pipe, or where NO_COLOR is set.
import pico from 'picocolors';

const isTerminal = process.stderr.isTTY === true && process.stdout.isTTY === true;

export const style = pico.createColors(isTerminal && pico.isColorSupported);
