// Splits a table of field support into readable sections: parts with one class are one row, large parts are sections.

/** A section with more rows is split into its parts. */
const many = 24;
/** A part with at least this many rows is a section of its own. */
const enough = 8;

/** `{ path, rows: [{ path, entry, count }] }` each, in the order of the table. */
export function sections(table) {
  const root = treeOf(table);
  return sectionsOf(root, '');
}

function treeOf(table) {
  const root = { below: new Map() };
  for (const [path, entry] of Object.entries(table)) {
    let node = root;
    for (const step of path.split('.')) {
      if (!node.below.has(step)) node.below.set(step, { below: new Map() });
      node = node.below.get(step);
    }
    node.entry = entry;
  }
  return root;
}

const join = (path, step) => (path === '' ? step : `${path}.${step}`);

/** All entries at and below a node. */
const entries = (node) => [
  ...(node.entry === undefined ? [] : [node.entry]),
  ...[...node.below.values()].flatMap(entries),
];

function rowsOf(node, path) {
  const all = entries(node);
  if (path !== '' && new Set(all.map((entry) => JSON.stringify(entry))).size === 1) {
    return [{ path: all.length > 1 ? `${path}.…` : onlyPath(node, path), entry: all[0], count: all.length }];
  }
  const own = node.entry === undefined ? [] : [{ path, entry: node.entry, count: 1 }];
  return [...own, ...[...node.below].flatMap(([step, next]) => rowsOf(next, join(path, step)))];
}

function onlyPath(node, path) {
  const [first] = node.below;
  return first === undefined ? path : onlyPath(first[1], join(path, first[0]));
}

function sectionsOf(node, path) {
  const rows = rowsOf(node, path);
  if (rows.length <= many) return [{ path, rows }];
  const own = [];
  const parts = [];
  for (const [step, next] of node.below) {
    const at = join(path, step);
    const inner = rowsOf(next, at);
    if (inner.length >= enough) parts.push(...sectionsOf(next, at));
    else own.push(...inner);
  }
  return [...(own.length > 0 ? [{ path, rows: own }] : []), ...parts];
}
