// Package imds reads the instance metadata service, version 2 only: any process in the machine could use version 1.
package imds

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Address is the service's address on every EC2 machine.
const Address = "http://169.254.169.254"

const (
	tokenLife   = 6 * time.Hour
	tokenMargin = 5 * time.Minute
	mostBytes   = 1 << 20
)

// ErrNotFound means that the service answered and does not have the path.
var ErrNotFound = errors.New("not in the metadata")

// Client caches one session token.
type Client struct {
	base string
	http *http.Client

	mu      sync.Mutex
	token   string
	expires time.Time
}

// New makes a client; base is Address, except in tests.
func New(base string) *Client {
	// Without a proxy, whatever the environment says: the service is link-local.
	return NewOver(&http.Transport{DisableKeepAlives: true, DisableCompression: true}, base)
}

// NewOver makes a client with another transport.
func NewOver(transport http.RoundTripper, base string) *Client {
	return &Client{base: strings.TrimRight(base, "/"), http: &http.Client{Transport: transport, Timeout: 5 * time.Second}}
}

func (c *Client) session(ctx context.Context) (string, error) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.token != "" && time.Now().Before(c.expires) {
		return c.token, nil
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPut, c.base+"/latest/api/token", nil)
	if err != nil {
		return "", err
	}
	request.Header.Set("X-aws-ec2-metadata-token-ttl-seconds", fmt.Sprint(int(tokenLife.Seconds())))
	body, status, err := c.send(request)
	if err != nil {
		return "", err
	}
	if status != http.StatusOK {
		return "", fmt.Errorf("metadata token: status %d", status)
	}
	c.token, c.expires = string(body), time.Now().Add(tokenLife-tokenMargin)
	return c.token, nil
}

func (c *Client) send(request *http.Request) ([]byte, int, error) {
	response, err := c.http.Do(request)
	if err != nil {
		return nil, 0, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, mostBytes))
	return body, response.StatusCode, err
}

// Get reads one path below /latest.
func (c *Client) Get(ctx context.Context, path string) ([]byte, error) {
	for attempt := 0; ; attempt++ {
		token, err := c.session(ctx)
		if err != nil {
			return nil, err
		}
		request, err := http.NewRequestWithContext(ctx, http.MethodGet, c.base+"/latest/"+path, nil)
		if err != nil {
			return nil, err
		}
		request.Header.Set("X-aws-ec2-metadata-token", token)
		body, status, err := c.send(request)
		switch {
		case err != nil:
			return nil, err
		case status == http.StatusOK:
			return body, nil
		case status == http.StatusNotFound:
			return nil, fmt.Errorf("%s: %w", path, ErrNotFound)
		case status == http.StatusUnauthorized && attempt == 0:
			// The token is no longer accepted: request a new one, once.
			c.mu.Lock()
			c.token = ""
			c.mu.Unlock()
		default:
			return nil, fmt.Errorf("metadata %s: status %d", path, status)
		}
	}
}

// Wait reads a path and retries while the service does not answer: at boot the network may not be up yet.
func (c *Client) Wait(ctx context.Context, path string) ([]byte, error) {
	pause := 100 * time.Millisecond
	for {
		body, err := c.Get(ctx, path)
		if err == nil || errors.Is(err, ErrNotFound) {
			return body, err
		}
		select {
		case <-ctx.Done():
			return nil, fmt.Errorf("%w (last: %w)", ctx.Err(), err)
		case <-time.After(pause):
		}
		pause = min(2*pause, 3*time.Second)
	}
}

// Machine is a machine's identity.
type Machine struct {
	InstanceID string
	Region     string
	Partition  string   // AWS partition: `aws`, `aws-cn`, …
	Domain     string   // domain of AWS' services: `amazonaws.com`, …
	Addresses  []string // IPv4 first
}

// Machine reads the machine's identity.
func (c *Client) Machine(ctx context.Context) (*Machine, error) {
	id, err := c.Wait(ctx, "meta-data/instance-id")
	if err != nil {
		return nil, err
	}
	found := &Machine{InstanceID: string(id)}
	single := map[string]*string{
		"meta-data/placement/region": &found.Region, "meta-data/services/partition": &found.Partition, "meta-data/services/domain": &found.Domain,
	}
	for _, path := range append([]string{"meta-data/local-ipv4", "meta-data/ipv6"}, slices.Sorted(maps.Keys(single))...) {
		value, err := c.Get(ctx, path)
		if err != nil && !errors.Is(err, ErrNotFound) {
			return nil, err
		}
		switch {
		case err != nil:
		case single[path] != nil:
			*single[path] = strings.TrimSpace(string(value))
		default:
			found.Addresses = append(found.Addresses, strings.Fields(string(value))...)
		}
	}
	if len(found.Addresses) == 0 {
		return nil, errors.New("the metadata has no address of this machine")
	}
	return found, nil
}

// TargetState is the target lifecycle state in the Auto Scaling group (`InService`, `Terminated`); empty means that
// the machine is in none.
func (c *Client) TargetState(ctx context.Context) (string, error) {
	state, err := c.Get(ctx, "meta-data/autoscaling/target-lifecycle-state")
	if errors.Is(err, ErrNotFound) {
		return "", nil
	}
	return strings.TrimSpace(string(state)), err
}

// SpotInterruption reports whether EC2 reclaims the machine within minutes.
func (c *Client) SpotInterruption(ctx context.Context) (bool, error) {
	_, err := c.Get(ctx, "meta-data/spot/instance-action")
	if errors.Is(err, ErrNotFound) {
		return false, nil
	}
	return err == nil, err
}

// Credentials of the instance's role.
type Credentials struct {
	AccessKeyID     string    `json:"AccessKeyId"`
	SecretAccessKey string    `json:"SecretAccessKey"`
	Token           string    `json:"Token"`
	Expiration      time.Time `json:"Expiration"`
}

// Credentials reads the credentials of the machine's only role.
func (c *Client) Credentials(ctx context.Context) (*Credentials, error) {
	const path = "meta-data/iam/security-credentials/"
	names, err := c.Get(ctx, path)
	if err != nil {
		return nil, fmt.Errorf("the machine's role: %w", err)
	}
	name, _, _ := strings.Cut(strings.TrimSpace(string(names)), "\n")
	if name == "" {
		return nil, errors.New("the machine has no role")
	}
	text, err := c.Get(ctx, path+name)
	if err != nil {
		return nil, err
	}
	found := &Credentials{}
	if err := json.Unmarshal(text, found); err != nil {
		return nil, fmt.Errorf("credentials of %s: %w", name, err)
	}
	if found.AccessKeyID == "" || found.SecretAccessKey == "" {
		return nil, fmt.Errorf("credentials of %s: not available yet", name)
	}
	return found, nil
}
