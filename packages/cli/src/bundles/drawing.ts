// What draws graphs, in a bundle of its own: Graphviz, compiled to WebAssembly.
import { Graphviz } from '@hpcc-js/wasm-graphviz';

/** DOT -> SVG, without the prologue and remarks of a file of its own, and without titles, which would be our ids: it can stand in a page. */
export async function drawSvg(dot: string, label: string): Promise<string> {
  const graphviz = await Graphviz.load();
  const drawn = graphviz.layout(dot, 'svg', 'dot');
  const plain = drawn.slice(drawn.indexOf('<svg')).replace(/<!--[\s\S]*?-->\n?|<title>[^<]*<\/title>\n?/g, '');
  return plain.replace(
    '<svg',
    `<svg role="img" aria-label="${label.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)}"`,
  );
}
