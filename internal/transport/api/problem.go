package api

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"net/http"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/telemetry"
)

// Problem is the body of every error answer, as in RFC 9457.
type Problem struct {
	Type      string         `json:"type" example:"about:blank"`
	Title     string         `json:"title"`
	Status    int            `json:"status"`
	Code      string         `json:"code" doc:"stable, for programs"`
	Detail    string         `json:"detail" doc:"a sentence for the reader"`
	RequestID string         `json:"requestId,omitempty" doc:"mention it when you ask for help"`
	Errors    []ProblemPlace `json:"errors,omitempty" doc:"every place that is wrong, all at once"`
	Current   any            `json:"current,omitempty" doc:"for code stale: the current state, which you have not seen"`
}

// ProblemPlace is one thing that is wrong, and how to fix it.
type ProblemPlace struct {
	Pointer string `json:"pointer,omitempty" doc:"JSON pointer into the body"`
	File    string `json:"file,omitempty"`
	Line    int    `json:"line,omitempty"`
	Column  int    `json:"column,omitempty"`
	Field   string `json:"field,omitempty"`
	Message string `json:"message"`
	Fix     string `json:"fix,omitempty"`
}

// Error implements error.
func (p *Problem) Error() string { return p.Detail }

// GetStatus implements huma.StatusError.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders implements huma.HeadersError: a client that finds Rung busy learns
// when to come back.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	if p.Status == http.StatusServiceUnavailable {
		h.Set("Retry-After", retryAfter)
	}
	return h
}

const retryAfter = "5" // seconds

// ContentType implements huma's content type filter.
func (p *Problem) ContentType(string) string { return "application/problem+json" }

type kindAnswer struct {
	status int
	code   string
}

var answers = map[fault.Kind]kindAnswer{
	fault.Internal:    {http.StatusInternalServerError, "internal"},
	fault.NotFound:    {http.StatusNotFound, "not_found"},
	fault.Forbidden:   {http.StatusForbidden, "forbidden"},
	fault.Conflict:    {http.StatusConflict, "conflict"},
	fault.Stale:       {http.StatusPreconditionFailed, "stale"},
	fault.Invalid:     {http.StatusUnprocessableEntity, "invalid"},
	fault.SignedOut:   {http.StatusUnauthorized, "signed_out"},
	fault.Unavailable: {http.StatusServiceUnavailable, "unavailable"},
}

// statusOf are the codes whose status is not that of their kind.
var statusOf = map[string]int{
	"if_match_required":  http.StatusPreconditionRequired,
	"method_not_allowed": http.StatusMethodNotAllowed,
	"too_large":          http.StatusRequestEntityTooLarge,
	"too_slow":           http.StatusRequestTimeout,
	"too_many_requests":  http.StatusTooManyRequests,
}

const internalDetail = "Something failed on our side. If you were saving something, look whether it was saved before you try again. If it still fails, ask for help and mention the request id."

// toProblem returns what the caller is told about an error; about an internal one
// they learn only that there was one. The cause goes to the log.
func toProblem(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	telemetry.Note(ctx, err)
	return problemOf(telemetry.RequestID(ctx), err)
}

func problemOf(requestID string, err error) *Problem {
	if already, ok := errors.AsType[*Problem](err); ok {
		already.RequestID = requestID
		return already
	}
	var f *fault.Error
	if !errors.As(err, &f) || f.Kind == fault.Internal {
		f = fault.New(fault.Internal, internalDetail)
	}
	answer := answers[f.Kind]
	p := &Problem{Type: "about:blank", Status: answer.status, Code: answer.code, Detail: f.Message, RequestID: requestID, Current: f.Current}
	if f.Code != "" {
		p.Code = f.Code
		if status, ok := statusOf[f.Code]; ok {
			p.Status = status
		}
	}
	p.Title = http.StatusText(p.Status)
	for _, d := range f.Details {
		p.Errors = append(p.Errors, ProblemPlace(d))
	}
	return p
}

// WriteProblem answers a request outside huma with a problem document.
func WriteProblem(w http.ResponseWriter, r *http.Request, err error) {
	p := problemOf(telemetry.RequestID(r.Context()), err)
	maps.Copy(w.Header(), p.GetHeaders())
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // the reader is gone; there is nobody to tell
}

// fromHuma turns huma's own refusals (a body that is not JSON, a field that is
// missing or unknown) into the same form, with pointers.
func fromHuma(status int, message string, errs []error) *Problem {
	p := &Problem{Type: "about:blank", Title: http.StatusText(status), Status: status, Code: codeOf(status), Detail: message}
	if status >= http.StatusInternalServerError {
		p.Detail = internalDetail
		return p
	}
	for _, err := range errs {
		var d huma.ErrorDetailer
		if errors.As(err, &d) {
			detail := d.ErrorDetail()
			p.Errors = append(p.Errors, ProblemPlace{Pointer: pointer(detail.Location), Message: detail.Message})
		} else if err != nil {
			p.Errors = append(p.Errors, ProblemPlace{Message: err.Error()})
		}
	}
	return p
}

func codeOf(status int) string {
	for _, a := range answers {
		if a.status == status {
			return a.code
		}
	}
	return strings.ReplaceAll(strings.ToLower(http.StatusText(status)), " ", "_")
}

// pointer turns huma's "body.items[3].text" into "/items/3/text".
func pointer(location string) string {
	path, ok := strings.CutPrefix(location, "body")
	if !ok {
		return location
	}
	return strings.NewReplacer(".", "/", "[", "/", "]", "").Replace(path)
}
