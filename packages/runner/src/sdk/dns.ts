// DNS names in the one form in which they can be compared.

/** `Web.Example.com.` and `web.example.com` are one name; Route 53 writes `*` as `\052`. */
export const dnsName = (name: string): string => `${name.replace(/\.$/, '').toLowerCase().replaceAll('\\052', '*')}.`;
