package apptest

import (
	"io"
	"strconv"
	"sync"
)

// locked lets the requests of a test share one log.
type locked struct {
	mu sync.Mutex
	w  io.Writer
}

// Write implements io.Writer.
func (l *locked) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.w.Write(b)
}

func itoa(n int) string { return strconv.Itoa(n) }
