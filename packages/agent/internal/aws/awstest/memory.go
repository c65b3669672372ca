package awstest

import (
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
)

// InMemory passes requests to a handler without a network, so that virtual time can advance (testing/synctest).
type InMemory struct{ http.Handler }

// RoundTrip answers a request.
func (m InMemory) RoundTrip(r *http.Request) (*http.Response, error) {
	if err := r.Context().Err(); err != nil {
		return nil, err
	}
	in := r.Clone(r.Context())
	if in.Host == "" {
		in.Host = in.URL.Host
	}
	if in.Body == nil {
		in.Body = http.NoBody
	}
	answer := httptest.NewRecorder()
	m.ServeHTTP(answer, in)
	return answer.Result(), nil
}

// Listener is a machine's port without a network.
type Listener struct {
	incoming chan net.Conn
	closed   chan struct{}
	once     sync.Once
}

// Listen makes a listener.
func Listen() *Listener { return &Listener{incoming: make(chan net.Conn), closed: make(chan struct{})} }

// Dial connects to it.
func (l *Listener) Dial() (net.Conn, error) {
	ours, theirs := net.Pipe()
	select {
	case l.incoming <- theirs:
		return ours, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Accept takes a connection.
func (l *Listener) Accept() (net.Conn, error) {
	select {
	case conn := <-l.incoming:
		return conn, nil
	case <-l.closed:
		return nil, net.ErrClosed
	}
}

// Close ends it.
func (l *Listener) Close() error {
	l.once.Do(func() { close(l.closed) })
	return nil
}

// Addr is a placeholder.
func (l *Listener) Addr() net.Addr { return &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: 1} }
