package storetest

import (
	"bytes"
	"context"
	"database/sql"
	"io"
	"net"
	"net/url"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
	_ "modernc.org/sqlite" // the driver of the other program
)

// Outage makes a database useless for writing and gives it back.
type Outage interface {
	Begin()
	End()
}

// SQLiteOutage returns the address of a new, migrated file, and an outage in
// which another program holds the lock on it.
func SQLiteOutage(t testing.TB) (address string, o Outage) {
	t.Helper()
	address = SQLiteURL(t)
	return address, Locker(t, address)
}

// Locker is another program that can hold the lock on the file of an address.
func Locker(t testing.TB, address string) Outage {
	t.Helper()
	other, err := sql.Open("sqlite", "file:"+strings.TrimPrefix(address, "sqlite:")+"?_pragma=busy_timeout(10000)")
	require.NoError(t, err)
	other.SetMaxOpenConns(1)
	t.Cleanup(func() { _ = other.Close() })
	return locker{t, other}
}

type locker struct {
	t     testing.TB
	other *sql.DB
}

// Begin implements Outage.
func (l locker) Begin() {
	_, err := l.other.ExecContext(context.Background(), "BEGIN IMMEDIATE")
	require.NoError(l.t, err)
}

// End implements Outage.
func (l locker) End() {
	_, err := l.other.ExecContext(context.Background(), "ROLLBACK")
	require.NoError(l.t, err)
}

// PostgresOutage returns the address of a fresh, migrated database behind a line
// that can be cut.
func PostgresOutage(t testing.TB) (address string, line *Line) {
	t.Helper()
	u, err := url.Parse(PostgresURL(t))
	require.NoError(t, err)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	line = &Line{target: u.Host, open: map[net.Conn]bool{}}
	go line.serve(listener)
	t.Cleanup(func() {
		_ = listener.Close()
		line.Begin()
	})
	u.Host = listener.Addr().String()
	return u.String(), line
}

// Line is a network between a program and its server.
type Line struct {
	target string
	mu     sync.Mutex
	down   bool
	cutAt  []byte
	open   map[net.Conn]bool
}

// Begin cuts the line.
func (l *Line) Begin() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.down = true
	for c := range l.open {
		_ = c.Close()
	}
}

// End repairs it.
func (l *Line) End() {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.down, l.cutAt = false, nil
}

// CutAfter cuts the line once the program has sent the words, which arrive at the
// server. The answer does not arrive.
func (l *Line) CutAfter(words string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.cutAt = []byte(words)
}

func (l *Line) serve(listener net.Listener) {
	for {
		c, err := listener.Accept()
		if err != nil {
			return
		}
		go l.connect(c)
	}
}

func (l *Line) connect(program net.Conn) {
	server, err := net.Dial("tcp", l.target)
	if err != nil || !l.add(program) {
		_ = program.Close()
		return
	}
	go func() {
		_, _ = io.Copy(answers{l, program}, server)
		_ = program.Close()
	}()
	_, _ = io.Copy(watched{l, server}, program)
	_ = server.Close()
}

func (l *Line) add(c net.Conn) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.open[c] = true
	return !l.down
}

// watched passes on what the program sends until the line is to be cut.
type watched struct {
	*Line
	to net.Conn
}

// Write implements io.Writer.
func (w watched) Write(p []byte) (int, error) {
	w.mu.Lock()
	if w.cutAt != nil && bytes.Contains(p, w.cutAt) {
		w.down = true // before the server can answer
	}
	w.mu.Unlock()
	return w.to.Write(p)
}

// answers passes on what the server sends, unless the line is cut.
type answers struct {
	*Line
	to net.Conn
}

// Write implements io.Writer.
func (a answers) Write(p []byte) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.down {
		return 0, io.ErrClosedPipe
	}
	return a.to.Write(p)
}
