package server

import (
	"fmt"
	"io"

	"github.com/labstack/echo/v4"

	"github.com/rung-hr/rung/internal/platform/fault"
)

const (
	bodyLimit   = 32 << 20
	uploadLimit = 200 << 20
)

// uploads are the routes that take a file. It is streamed, so it may be larger.
var uploads = map[string]bool{
	"POST /api/v1/people/imports/preview": true,
	"POST /api/v1/bands/imports":          true,
	"POST /api/v1/pay/imports":            true,
}

// limitBody refuses a request that declares a body above the limit before reading
// it, and stops reading one that declares no size at the limit.
func limitBody(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r, limit := c.Request(), int64(bodyLimit)
		if uploads[r.Method+" "+c.Path()] {
			limit = uploadLimit
		}
		if r.ContentLength > limit {
			return tooLarge(limit)
		}
		r.Body = &limitedBody{ReadCloser: r.Body, left: limit, limit: limit}
		return next(c)
	}
}

func tooLarge(limit int64) error {
	return fault.Bad(fmt.Sprintf("The body is larger than %d MB, which is the limit. Split the file.", limit>>20)).WithCode("too_large")
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
