package server

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"testing"
	"testing/synctest"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/config"
	"github.com/rung-hr/rung/internal/platform/fault"
)

type nobody struct{}

func (nobody) Authenticate(*http.Request) (actor.Person, error) { return actor.Person{}, nil }

// pipes is a listener whose connections are made in memory, where time is that of
// the test.
type pipes chan net.Conn

func (p pipes) Accept() (net.Conn, error) {
	c, ok := <-p
	if !ok {
		return nil, net.ErrClosed
	}
	return c, nil
}

func (p pipes) Close() error   { close(p); return nil }
func (p pipes) Addr() net.Addr { return &net.TCPAddr{} }

// sending sends a body piece by piece, each after a pause, and returns the status
// of the answer and how long it took.
func sending(t *testing.T, b Body, declared int, piece []byte, pause time.Duration) (status int, took time.Duration) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := New(config.Config{}, nobody{}, func(context.Context) error { return nil }, func(w http.ResponseWriter, _ *http.Request, err error) {
			f, _ := errors.AsType[*fault.Error](err)
			w.WriteHeader(map[string]int{"too_slow": http.StatusRequestTimeout, "too_large": http.StatusRequestEntityTooLarge}[f.Code])
		}, slog.New(slog.DiscardHandler))
		s.Accept(http.MethodPost, "/take", b)
		s.POST("/take", func(c echo.Context) error {
			_, err := io.Copy(io.Discard, c.Request().Body)
			return err
		})
		listener := make(pipes)
		server := &http.Server{Handler: s, ReadHeaderTimeout: readHeaderTimeout}
		go func() { _ = server.Serve(listener) }()
		defer func() { _ = server.Close() }()
		ours, theirs := net.Pipe()
		listener <- theirs
		begin := time.Now()
		go func() {
			_, _ = fmt.Fprintf(ours, "POST /take HTTP/1.1\r\nHost: rung.test\r\nContent-Length: %d\r\n\r\n", declared)
			for sent := 0; sent < declared && pause > 0; sent += len(piece) {
				time.Sleep(pause)
				if _, err := ours.Write(piece[:min(len(piece), declared-sent)]); err != nil {
					return
				}
			}
		}()
		res, err := http.ReadResponse(bufio.NewReader(ours), nil)
		require.NoError(t, err)
		status, took = res.StatusCode, time.Since(begin)
		_ = ours.Close()
		time.Sleep(time.Minute) // of the test's time: the connection ends
	})
	return status, took
}

// A bad connection is served as long as something arrives. One that only holds the
// line is not.
func TestSlowLinesAreServed(t *testing.T) {
	kilobyte := make([]byte, 1<<10)
	for name, b := range map[string]Body{"JSON": {Limit: 1 << 20}, "a file": {Limit: 1 << 20, File: true}} {
		t.Run(name, func(t *testing.T) {
			status, took := sending(t, b, 600<<10, kilobyte, time.Second)
			require.Equal(t, http.StatusOK, status)
			require.Equal(t, 10*time.Minute, took)
			status, took = sending(t, b, 600<<10, kilobyte, 2*time.Second)
			require.Equal(t, http.StatusRequestTimeout, status, "half as fast as the slowest line")
			require.Less(t, took, 2*time.Minute)
			status, took = sending(t, b, 100, []byte("x"), time.Second)
			require.Equal(t, http.StatusRequestTimeout, status, "a byte per second is nothing")
			require.Equal(t, patience, took)
			status, took = sending(t, b, 100, nil, 0)
			require.Equal(t, http.StatusRequestTimeout, status, "silence")
			require.Equal(t, patience, took)
			status, _ = sending(t, b, 2<<20, kilobyte, time.Second)
			require.Equal(t, http.StatusRequestEntityTooLarge, status)
		})
	}
}
