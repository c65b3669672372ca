// Entry point of the drawing bundle: Graphviz, compiled to WebAssembly.
import { Graphviz } from '@hpcc-js/wasm-graphviz';

/** DOT to SVG that can be embedded in a page: no prologue, no comments, and no titles, which would be internal ids. */
export async function drawSvg(dot: string, label: string): Promise<string> {
  const graphviz = await Graphviz.load();
  const drawn = graphviz.layout(dot, 'svg', 'dot');
  const plain = drawn.slice(drawn.indexOf('<svg')).replace(/<!--[\s\S]*?-->\n?|<title>[^<]*<\/title>\n?/g, '');
  return plain.replace(
    '<svg',
    `<svg role="img" aria-label="${label.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)}"`,
  );
}
