// Describes the machine and the date of a measurement.
import { cpus, loadavg, totalmem } from 'node:os';

export function machine() {
  const [first] = cpus();
  const load = loadavg()
    .map((value) => value.toFixed(1))
    .join(', ');
  const memory = `${Math.round(totalmem() / 2 ** 30)} GB`;
  return `${new Date().toISOString().slice(0, 10)}; ${cpus().length} × ${first?.model.trim() ?? 'unknown processor'}, ${memory}; ${process.platform} ${process.arch}, Node ${process.version}; load at the start ${load}.`;
}
