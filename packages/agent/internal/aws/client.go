// Package aws makes the AWS calls of the contract's calls.json and no others, with the SDK's signer, net/http, and
// retries with jitter.
package aws

import (
	"bytes"
	"context"
	"encoding/json"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	v4 "github.com/aws/aws-sdk-go-v2/aws/signer/v4"
)

// Client signs and sends calls. Its zero value is not usable: see New.
type Client struct {
	place       Place
	endpoint    string
	credentials func(context.Context) (*Credentials, error)
	signer      *v4.Signer
	http        *http.Client
	pause       func(attempt int) time.Duration
	attempts    int

	mu     sync.Mutex
	cached *Credentials
	skew   time.Duration
}

// New makes a client of one region. A non-empty endpoint receives all calls, for tests.
func New(place Place, endpoint string, credentials func(context.Context) (*Credentials, error)) *Client {
	transport := http.DefaultTransport.(*http.Transport).Clone()
	transport.MaxIdleConnsPerHost = 1
	transport.IdleConnTimeout = 30 * time.Second
	return &Client{
		place:       place,
		endpoint:    strings.TrimRight(endpoint, "/"),
		credentials: credentials,
		signer:      v4.NewSigner(),
		http:        &http.Client{Transport: transport, Timeout: 20 * time.Second},
		pause:       jitter,
		attempts:    6,
	}
}

// Over replaces the client's transport.
func (c *Client) Over(transport http.RoundTripper) *Client {
	c.http.Transport = transport
	return c
}

// jitter follows AWS' advice: a random part of an exponential bound.
func jitter(attempt int) time.Duration {
	bound := min(200*time.Millisecond<<attempt, 10*time.Second)
	return time.Duration(rand.Int64N(int64(bound)) + 1)
}

// identity returns credentials that are valid for at least five more minutes.
func (c *Client) identity(ctx context.Context, renew bool) (Credentials, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if !renew && c.cached != nil && (c.cached.Expires.IsZero() || time.Until(c.cached.Expires) > 5*time.Minute) {
		return *c.cached, nil
	}
	found, err := c.credentials(ctx)
	if err != nil {
		// Credentials that expire soon are better than none.
		if c.cached != nil && time.Until(c.cached.Expires) > 0 && !renew {
			return *c.cached, nil
		}
		return Credentials{}, fmt.Errorf("credentials: %w", err)
	}
	c.cached = found
	return *found, nil
}

// action is one kind of call. Every call of the agent is one of these; a test compares them with the contract's
// table.
type action struct {
	name    string // as in a policy: `service:Operation`
	version string // of the query protocol
	target  string // of the JSON protocol
	// endpoint is the service's name in its address, where it differs from the name in policies.
	endpoint string
}

func (a action) service() string {
	if a.endpoint != "" {
		return a.endpoint
	}
	return strings.SplitN(a.name, ":", 2)[0]
}

func (a action) operation() string { return strings.SplitN(a.name, ":", 2)[1] }

func (c *Client) url(service string) string {
	if c.endpoint != "" {
		return c.endpoint
	}
	return "https://" + c.place.host(service)
}

// query makes a call of the query protocol: form in, XML out.
func (c *Client) query(ctx context.Context, a action, form url.Values, into any) error {
	form.Set("Action", a.operation())
	form.Set("Version", a.version)
	body, err := c.send(ctx, a, http.MethodPost, c.url(a.service())+"/", []byte(form.Encode()), map[string]string{
		"Content-Type": "application/x-www-form-urlencoded; charset=utf-8",
	})
	if err != nil || into == nil {
		return err
	}
	if err := xml.Unmarshal(body, into); err != nil {
		return fmt.Errorf("%s: %w", a.name, err)
	}
	return nil
}

// json makes a call of the JSON protocol.
func (c *Client) json(ctx context.Context, a action, in, into any) error {
	text, err := json.Marshal(in)
	if err != nil {
		return err
	}
	body, err := c.send(ctx, a, http.MethodPost, c.url(a.service())+"/", text, map[string]string{
		"Content-Type": "application/x-amz-json-1.1",
		"X-Amz-Target": a.target,
	})
	if err != nil || into == nil {
		return err
	}
	if err := json.Unmarshal(body, into); err != nil {
		return fmt.Errorf("%s: %w", a.name, err)
	}
	return nil
}

// send signs and sends a request until it succeeds, is refused permanently, or has no attempts left.
func (c *Client) send(ctx context.Context, a action, method, address string, body []byte, headers map[string]string) ([]byte, error) {
	var last error
	renew := false
	for attempt := range c.attempts {
		if attempt > 0 {
			select {
			case <-ctx.Done():
				return nil, fmt.Errorf("%s: %w (last: %w)", a.name, ctx.Err(), last)
			case <-time.After(c.pause(attempt)):
			}
		}
		answer, err := c.sendOnce(ctx, a, method, address, body, headers, renew)
		if err == nil {
			return answer, nil
		}
		last, renew = err, false
		var refused *Error
		switch {
		case ctx.Err() != nil:
			return nil, fmt.Errorf("%s: %w (last: %w)", a.name, ctx.Err(), last)
		case !errors.As(err, &refused):
		case isTransient(refused):
		case slices.Contains(stale, refused.Code) && attempt < 2:
			renew = true
		case slices.Contains(skewed, refused.Code) && attempt < 2:
		default:
			return nil, err
		}
	}
	return nil, last
}

func (c *Client) sendOnce(ctx context.Context, a action, method, address string, body []byte, headers map[string]string, renew bool) ([]byte, error) {
	identity, err := c.identity(ctx, renew)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", a.name, err)
	}
	request, err := http.NewRequestWithContext(ctx, method, address, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("User-Agent", "i2kit-agent")
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	c.mu.Lock()
	now := time.Now().Add(c.skew)
	c.mu.Unlock()
	if err := sign(ctx, c.signer, request, body, a.service(), c.place.signedFor(a.service()), identity, now); err != nil {
		return nil, fmt.Errorf("%s: %w", a.name, err)
	}
	response, err := c.http.Do(request)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", a.name, err)
	}
	defer response.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(response.Body, 32<<20))
	if err != nil {
		return nil, fmt.Errorf("%s: %w", a.name, err)
	}
	if response.StatusCode == http.StatusOK {
		return answer, nil
	}
	refused := readError(a.name, response.StatusCode, answer)
	if slices.Contains(skewed, refused.Code) {
		c.adjustClock(response.Header.Get("Date"))
	}
	return nil, refused
}

// adjustClock corrects the signing clock by AWS' own: a machine's clock may be wrong until it is synchronised.
func (c *Client) adjustClock(date string) {
	theirs, err := http.ParseTime(date)
	if err != nil {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	c.skew = time.Until(theirs).Round(time.Second)
}
