// Package imdstest is a fake metadata service: version 2 only, as our launch templates require.
package imdstest

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
)

// Server answers with the values given to Set.
type Server struct {
	URL string

	mu     sync.Mutex
	values map[string]string
	asked  []string
	down   bool
	token  string
}

// New starts a server with typical metadata.
func New(t testing.TB, userData string) *Server {
	s := Unserved(userData)
	server := httptest.NewServer(s)
	t.Cleanup(server.Close)
	s.URL = server.URL
	return s
}

// Unserved makes a server that does not listen: tests call its ServeHTTP.
func Unserved(userData string) *Server {
	return &Server{token: "token-1", values: map[string]string{
		"user-data":                                  userData,
		"meta-data/instance-id":                      "i-0123456789abcdef0",
		"meta-data/local-ipv4":                       "127.0.0.1",
		"meta-data/placement/region":                 "eu-west-1",
		"meta-data/services/partition":               "aws",
		"meta-data/services/domain":                  "amazonaws.com",
		"meta-data/iam/security-credentials/":        "machine",
		"meta-data/iam/security-credentials/machine": `{"Code":"Success","AccessKeyId":"AKIDEXAMPLE","SecretAccessKey":"wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY","Token":"session","Expiration":"2099-01-01T00:00:00Z"}`,
	}}
}

// Set changes a value; an empty one removes it.
func (s *Server) Set(path, value string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if value == "" {
		delete(s.values, path)
	} else {
		s.values[path] = value
	}
}

// Down makes the service answer 503, as before the network is up.
func (s *Server) Down(down bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.down = down
}

// Renew invalidates all tokens.
func (s *Server) Renew() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.token += "x"
}

// Asked lists the paths that were read.
func (s *Server) Asked() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]string(nil), s.asked...)
}

// ServeHTTP answers a request.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	s.mu.Lock()
	defer s.mu.Unlock()
	path := strings.TrimPrefix(r.URL.Path, "/latest/")
	switch {
	case s.down:
		w.WriteHeader(http.StatusServiceUnavailable)
	case path == "api/token":
		if r.Method != http.MethodPut || r.Header.Get("X-aws-ec2-metadata-token-ttl-seconds") == "" {
			w.WriteHeader(http.StatusBadRequest)
			return
		}
		w.Write([]byte(s.token))
	case r.Header.Get("X-aws-ec2-metadata-token") != s.token:
		w.WriteHeader(http.StatusUnauthorized)
	default:
		s.asked = append(s.asked, path)
		value, there := s.values[path]
		if !there {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		w.Write([]byte(value))
	}
}
