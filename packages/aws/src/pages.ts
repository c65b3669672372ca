// Reads the pages of a list whose pages carry the token of the next one.

/** Input of a page; empty for the first one. */
export interface PageToken {
  readonly NextToken?: string;
}

export interface Page {
  readonly NextToken?: string | undefined;
}

/** An empty token ends the list, too. */
export const nextPage = ({ NextToken }: Page): PageToken | undefined => (NextToken ? { NextToken } : undefined);

/** Reads page by page, only as many as are consumed. */
export async function* readPages<P extends Page>(read: (from: PageToken) => Promise<P>): AsyncGenerator<P, void, void> {
  for (let from: PageToken | undefined = {}; from !== undefined; ) {
    const page: P = await read(from);
    yield page;
    from = nextPage(page);
  }
}
