// Package credentials serves the pod's role to the containers as container credentials. The agent assumes the role;
// the machine's own role belongs to the agent, and containers cannot reach the metadata service.
package credentials

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"i2kit.dev/agent/internal/aws"
)

// Port is the port on the loopback: SDKs accept credentials over plain HTTP from nowhere else.
const Port = 10257

// TokenPath is the path of the token that containers must send.
const TokenPath = "/var/run/i2kit/credentials/token"

const path = "/v1/credentials"

// Token makes a token.
func Token() string { return rand.Text() + rand.Text() }

// Environment holds the variables that tell a container's SDK the address of its credentials.
func Environment(region, address string) map[string]string {
	return map[string]string{
		"AWS_CONTAINER_CREDENTIALS_FULL_URI":     "http://" + address + path,
		"AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE": TokenPath,
		"AWS_REGION":                             region,
		"AWS_DEFAULT_REGION":                     region,
	}
}

// Assume gets credentials of the pod's role.
type Assume func(ctx context.Context) (*aws.Credentials, error)

// Server serves the credentials.
type Server struct {
	assume Assume
	token  string
	logf   func(string, ...any)
	http   http.Server

	mu     sync.Mutex
	cached *aws.Credentials
	failed time.Time
	why    error
}

// margin is the least remaining lifetime of served credentials.
const margin = 10 * time.Minute

// Serve starts the server.
func Serve(listener net.Listener, token string, assume Assume, logf func(string, ...any)) *Server {
	s := &Server{assume: assume, token: token, logf: logf}
	s.http.Handler = http.HandlerFunc(s.answer)
	s.http.ReadHeaderTimeout = 5 * time.Second
	go s.http.Serve(listener)
	return s
}

// Close stops it.
func (s *Server) Close() { s.http.Close() }

func (s *Server) answer(w http.ResponseWriter, r *http.Request) {
	refuse := func(status int, code, message string) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		json.NewEncoder(w).Encode(map[string]string{"code": code, "message": message})
	}
	if r.URL.Path != path || r.Method != http.MethodGet {
		refuse(http.StatusNotFound, "NotFound", "the only path is "+path)
		return
	}
	// Files end with a newline more often than tokens do.
	shown := strings.TrimSpace(r.Header.Get("Authorization"))
	if subtle.ConstantTimeCompare([]byte(shown), []byte(s.token)) != 1 {
		refuse(http.StatusUnauthorized, "Unauthorized", "the token is missing or wrong")
		return
	}
	found, err := s.current(r.Context())
	if err != nil {
		refuse(http.StatusServiceUnavailable, "RoleUnavailable", err.Error())
		return
	}
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(map[string]string{
		"AccessKeyId": found.AccessKeyID, "SecretAccessKey": found.SecretAccessKey, "Token": found.Token,
		"Expiration": found.Expires.UTC().Format(time.RFC3339),
	})
}

func (s *Server) current(ctx context.Context) (*aws.Credentials, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.cached != nil && time.Until(s.cached.Expires) > margin {
		return s.cached, nil
	}
	// SDKs request the credentials of a role that cannot be assumed again and again.
	if time.Since(s.failed) < 5*time.Second {
		return nil, s.why
	}
	found, err := s.assume(ctx)
	if err != nil {
		s.failed, s.why = time.Now(), err
		s.logf("the pod's role cannot be assumed: %v", err)
		if s.cached != nil && time.Until(s.cached.Expires) > 0 {
			return s.cached, nil
		}
		return nil, err
	}
	s.cached = found
	return found, nil
}
