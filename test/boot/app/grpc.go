package main

import (
	"io"
	"net/http"
)

// grpc answers grpc.health.v1.Health/Check: SERVING while a file exists.
// (https://github.com/grpc/grpc/blob/master/doc/health-checking.md)
func grpc(address, file string) error {
	protocols := &http.Protocols{}
	protocols.SetUnencryptedHTTP2(true)
	server := &http.Server{Addr: address, Protocols: protocols, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		io.Copy(io.Discard, r.Body)
		const serving, notServing = 1, 2
		status := byte(notServing)
		if exists(file) {
			status = serving
		}
		w.Header().Set("Content-Type", "application/grpc")
		w.Header().Set("Trailer", "Grpc-Status")
		// An uncompressed message of two bytes: field 1, a varint.
		w.Write([]byte{0, 0, 0, 0, 2, 0x08, status})
		w.Header().Set("Grpc-Status", "0")
	})}
	return server.ListenAndServe()
}
