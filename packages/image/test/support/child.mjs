// Runs only the disk maker in a process, and reports its seconds, its peak memory in MiB, and that of an idle
// process.
const [bundle, options] = process.argv.slice(2);
const idle = process.resourceUsage().maxRSS / 1024;
const { makeDisk } = await import(bundle);
const started = performance.now();
const disk = await makeDisk(JSON.parse(options));
console.log(
  JSON.stringify({
    seconds: (performance.now() - started) / 1000,
    mebibytes: process.resourceUsage().maxRSS / 1024,
    idle,
    size: disk.size,
  }),
);
