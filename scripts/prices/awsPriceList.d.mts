export interface PriceListProduct {
  readonly product: { readonly productFamily: string; readonly attributes: Readonly<Record<string, string>> };
  readonly terms: object;
}
export function regionalPricesOf(products: readonly PriceListProduct[]): Map<string, number>;
