// Package health is the readiness endpoint of the load balancers: is the pod ready, as Kubernetes defines it?
package health

import (
	"fmt"
	"net"
	"net/http"
	"sync/atomic"
	"time"
)

// Port is the health check port of every target group.
const Port = 10256

// State says whether the pod is ready, and the reason if it is not.
type State func() (ready bool, reason string)

// Server answers each path with 200 or 503.
type Server struct {
	state atomic.Pointer[State]
	http  http.Server
}

// Serve starts the server. Until the first Tell, it answers 503.
func Serve(listener net.Listener) *Server {
	s := &Server{}
	s.Tell(func() (bool, string) { return false, "the machine is booting" })
	s.http.Handler = http.HandlerFunc(s.answer)
	s.http.ReadHeaderTimeout = 5 * time.Second
	s.http.IdleTimeout = 30 * time.Second
	go s.http.Serve(listener)
	return s
}

// Tell sets the function that returns the state from now on.
func (s *Server) Tell(state State) { s.state.Store(&state) }

// Close stops it.
func (s *Server) Close() { s.http.Close() }

func (s *Server) answer(w http.ResponseWriter, _ *http.Request) {
	ready, reason := (*s.state.Load())()
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	if ready {
		fmt.Fprintln(w, "ready")
		return
	}
	w.WriteHeader(http.StatusServiceUnavailable)
	fmt.Fprintln(w, "not ready:", reason)
}
