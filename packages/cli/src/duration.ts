// Parses durations: 90s, 30m, 2h.

const units = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** In milliseconds; undefined if the text is not a duration. */
export function parseDuration(text: string): number | undefined {
  const [, number, unit] = /^(\d{1,6})(s|m|h)$/.exec(text) ?? [];
  const ms = Number(number) * (units[unit as keyof typeof units] ?? 0);
  return ms > 0 ? ms : undefined;
}
