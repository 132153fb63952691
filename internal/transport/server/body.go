package server

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/fault"
)

// Body is what a route takes as the body of a request.
type Body struct {
	Limit int64 // in bytes
	File  bool  // it is a file, which is read as it arrives and may be no text
}

// usual is the body of every route that says nothing else.
var usual = Body{Limit: 1 << 20}

// Accept sets what a route takes, by its method and path pattern.
func (s *Server) Accept(method, path string, b Body) { s.bodies[method+" "+path] = b }

func (s *Server) bodyOf(c echo.Context) Body {
	if b, ok := s.bodies[c.Request().Method+" "+c.Path()]; ok {
		return b
	}
	return usual
}

// limitBody refuses a request that declares a body above the limit before reading
// it, stops reading one that declares no size at the limit, and waits for a slow
// line as long as something arrives.
func (s *Server) limitBody(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r, limit := c.Request(), s.bodyOf(c).Limit
		if r.Body == nil || r.Body == http.NoBody {
			return next(c)
		}
		line := &arriving{ReadCloser: r.Body, line: http.NewResponseController(c.Response())}
		line.expect() // also when nobody reads the body: the connection must not stay open for it
		if r.ContentLength > limit {
			return tooLarge(limit)
		}
		r.Body = &limitedBody{ReadCloser: line, left: limit, limit: limit}
		return next(c)
	}
}

func tooLarge(limit int64) error {
	return fault.Bad(fmt.Sprintf("The body is larger than %d MB, which is the limit. Split it.", limit>>20)).WithCode("too_large")
}

// limitedBody fails instead of ending, so that half a file is never taken for a
// whole one.
type limitedBody struct {
	io.ReadCloser
	left, limit int64
}

// Read implements io.Reader.
func (b *limitedBody) Read(p []byte) (int, error) {
	if int64(len(p)) > b.left+1 {
		p = p[:b.left+1]
	}
	n, err := b.ReadCloser.Read(p)
	b.left -= int64(n)
	if b.left < 0 {
		return 0, tooLarge(b.limit)
	}
	return n, err
}

const (
	patience = 30 * time.Second // to wait for a body altogether, and
	slowest  = 1 << 10          // one second more for so many bytes that have arrived
)

// arriving is a body on a line that may be slow. The time to wait grows with what
// has arrived, so that a bad connection is served and one that only holds the
// line is not. The time that Rung itself needs does not count.
type arriving struct {
	io.ReadCloser
	line   *http.ResponseController
	read   int64
	waited time.Duration
}

// Read implements io.Reader.
func (b *arriving) Read(p []byte) (int, error) {
	begin := b.expect()
	n, err := b.ReadCloser.Read(p)
	b.waited += time.Since(begin)
	b.read += int64(n)
	switch {
	case errors.Is(err, io.EOF):
		_ = b.line.SetReadDeadline(time.Time{}) // the server reads on, to notice when the client goes
	case errors.Is(err, os.ErrDeadlineExceeded):
		return n, fault.New(fault.Unavailable, "The request arrived too slowly, and not as a whole. Nothing was changed. Try again on a better connection.").WithCode("too_slow")
	}
	return n, err
}

// expect sets the time by which more must have arrived. A connection that knows
// no deadline, as in a test, waits for ever.
func (b *arriving) expect() (now time.Time) {
	now = clock.System{}.Now() // deadlines are those of the machine
	left := patience + time.Duration(b.read/slowest)*time.Second - b.waited
	_ = b.line.SetReadDeadline(now.Add(left))
	return now
}
