// What draws graphs, in a bundle of its own: Graphviz, compiled to WebAssembly.
import { Graphviz } from '@hpcc-js/wasm-graphviz';

/** DOT -> SVG, without the prologue and remarks of a file of its own, and without titles, which would be our ids: it can stand in a page. */
export async function svg(dot: string): Promise<string> {
  const graphviz = await Graphviz.load();
  const drawn = graphviz.layout(dot, 'svg', 'dot');
  return drawn.slice(drawn.indexOf('<svg')).replace(/<!--[\s\S]*?-->\n?|<title>[^<]*<\/title>\n?/g, '');
}
