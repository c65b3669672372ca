// Lists within one another, 10,000 deep.
export default `${'['.repeat(10_000)}${']'.repeat(10_000)}\n`;
