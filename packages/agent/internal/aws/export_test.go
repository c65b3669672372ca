package aws

import "time"

// WithoutPauses makes retries immediate.
func WithoutPauses(c *Client) { c.pause = func(int) time.Duration { return time.Millisecond } }

// Actions lists what the agent calls, as a policy names it.
func Actions() (names []string) {
	for _, each := range actions {
		names = append(names, each.name)
	}
	return names
}

// Address is where a service's calls go to.
func Address(c *Client, service string) string { return c.url(service) }

// PartitionOf is what a place is known to be in.
func PartitionOf(place Place) (name, domain, global string) {
	return place.partition().name, place.domain(), place.signedFor(globalEndpoint)
}
