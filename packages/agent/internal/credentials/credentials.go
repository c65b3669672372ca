// Package credentials gives the containers the pod's role: the agent assumes it and serves it as container credentials, for the machine's own
// role is the agent's, and the metadata service is shut to containers.
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

// Port is where it listens, on the loopback only: SDKs take credentials over plain HTTP from nowhere else.
const Port = 10257

// TokenPath is where containers find the token that they must show.
const TokenPath = "/var/run/i2kit/credentials/token"

const path = "/v1/credentials"

// Token makes one.
func Token() string { return rand.Text() + rand.Text() }

// Environment holds the variables that tell a container's SDK where its credentials are.
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

// Server serves them.
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

// margin is how long credentials that are given out still hold.
const margin = 10 * time.Minute

// Serve begins to serve.
func Serve(listener net.Listener, token string, assume Assume, logf func(string, ...any)) *Server {
	s := &Server{assume: assume, token: token, logf: logf}
	s.http.Handler = http.HandlerFunc(s.answer)
	s.http.ReadHeaderTimeout = 5 * time.Second
	go s.http.Serve(listener)
	return s
}

// Close ends it.
func (s *Server) Close() { s.http.Close() }

func (s *Server) answer(w http.ResponseWriter, r *http.Request) {
	refuse := func(status int, code, message string) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		json.NewEncoder(w).Encode(map[string]string{"code": code, "message": message})
	}
	if r.URL.Path != path || r.Method != http.MethodGet {
		refuse(http.StatusNotFound, "NotFound", "there is only "+path)
		return
	}
	// Files end with a line end more often than tokens do.
	shown := strings.TrimSpace(r.Header.Get("Authorization"))
	if subtle.ConstantTimeCompare([]byte(shown), []byte(s.token)) != 1 {
		refuse(http.StatusUnauthorized, "Unauthorized", "the token is missing or another")
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
	// A role that cannot be assumed is asked for by every SDK again and again.
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
