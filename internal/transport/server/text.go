package server

import (
	"bytes"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/text"
)

// onlyText refuses a request whose address or body holds what is not text. SQLite
// would keep it and PostgreSQL would not, so nothing behind this has to ask.
func (s *Server) onlyText(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		mendHeaders(r.Header)
		places := inAddress(r.URL)
		if !s.bodyOf(c).File {
			inside, err := inBody(r)
			if err != nil {
				return err
			}
			places = append(places, inside...)
		}
		if len(places) > 0 {
			return text.Refusal(places...)
		}
		return next(c)
	}
}

// mendHeaders replaces bytes that are not text: browsers and proxies send headers
// of which the person knows nothing, so a refusal would help nobody.
func mendHeaders(h http.Header) {
	for _, values := range h {
		for i, v := range values {
			if !utf8.ValidString(v) {
				values[i] = strings.ToValidUTF8(v, "\uFFFD")
			}
		}
	}
}

func inAddress(u *url.URL) []fault.Detail {
	var places []fault.Detail
	if flaw := text.Flaw(u.Path); flaw != "" {
		places = append(places, fault.Detail{Field: "path", Message: flaw, Fix: text.Fix})
	}
	return append(places, inValues(u.Query())...)
}

func inValues(values url.Values) []fault.Detail {
	var places []fault.Detail
	for name, given := range values {
		for _, v := range append(given, name) {
			if flaw := text.Flaw(v); flaw != "" {
				places = append(places, fault.Detail{Field: text.Cut(name, 100), Message: flaw, Fix: text.Fix})
				break
			}
		}
	}
	slices.SortFunc(places, func(a, b fault.Detail) int { return strings.Compare(a.Field, b.Field) })
	return places
}

// inBody reads the whole body, checks it and puts it back.
func inBody(r *http.Request) ([]fault.Detail, error) {
	if r.Body == nil || r.Body == http.NoBody {
		return nil, nil
	}
	content, err := io.ReadAll(r.Body)
	if err != nil {
		return nil, err
	}
	r.Body = io.NopCloser(bytes.NewReader(content))
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); kind != "application/x-www-form-urlencoded" {
		return text.InJSON(content), nil
	}
	form, err := url.ParseQuery(string(content))
	if err != nil {
		return nil, fault.Bad("The form cannot be read.").Because(err)
	}
	return inValues(form), nil
}
