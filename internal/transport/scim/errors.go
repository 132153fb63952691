package scim

import (
	"context"
	stderrors "errors"
	"net/http"
	"strings"

	"github.com/elimity-com/scim/errors"

	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/text"
)

func invalidPath(path string) error {
	return errors.ScimError{
		ScimType: errors.ScimTypeInvalidPath, Status: http.StatusBadRequest,
		Detail: "There is no attribute " + quoted(path) + ". See /Schemas for the list.",
	}
}

func invalidValue(detail string) error {
	return errors.ScimError{ScimType: errors.ScimTypeInvalidValue, Status: http.StatusBadRequest, Detail: detail}
}

func noTarget(detail string) error {
	return errors.ScimError{ScimType: errors.ScimTypeNoTarget, Status: http.StatusBadRequest, Detail: detail}
}

func notMutable(name string) error {
	return errors.ScimError{ScimType: errors.ScimTypeMutability, Status: http.StatusBadRequest, Detail: "Only Rung writes " + quoted(name) + "."}
}

func invalidSyntax(detail string) error {
	return errors.ScimError{ScimType: errors.ScimTypeInvalidSyntax, Status: http.StatusBadRequest, Detail: detail}
}

func notFound() error {
	return errors.ScimError{Status: http.StatusNotFound, Detail: "There is no resource with this id."}
}

// quoted cuts a client's text to what fits in a sentence.
func quoted(given string) string {
	const most = 100
	shown := text.Cut(given, most)
	if text.Longer(given, most) {
		shown += "…"
	}
	return `"` + shown + `"`
}

// fromFault turns the refusal of a use case into an error of SCIM. Any other
// error is internal: it is noted for the log, and the client learns only that
// there was one.
func (h *Handler) fromFault(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	h.note(ctx, err)
	return asSCIM(err)
}

// WriteProblem answers a request that did not reach the handler with its error.
func WriteProblem(w http.ResponseWriter, _ *http.Request, err error) { refuse(w, asSCIM(err)) }

func asSCIM(err error) error {
	if already, ok := stderrors.AsType[errors.ScimError](err); ok {
		return already
	}
	var f *fault.Error
	if !stderrors.As(err, &f) || f.Kind == fault.Internal {
		return errors.ScimError{Status: http.StatusInternalServerError, Detail: "Something failed on our side. Read the resource before you try again."}
	}
	if status, ok := statusOf[f.Code]; ok {
		return errors.ScimError{Status: status, Detail: sentence(f)}
	}
	switch f.Kind {
	case fault.NotFound:
		return notFound()
	case fault.Conflict, fault.Stale:
		return errors.ScimError{ScimType: errors.ScimTypeUniqueness, Status: http.StatusConflict, Detail: sentence(f)}
	case fault.Forbidden:
		return errors.ScimError{Status: http.StatusForbidden, Detail: sentence(f)}
	case fault.Unavailable:
		return errors.ScimError{Status: http.StatusServiceUnavailable, Detail: sentence(f)}
	case fault.SignedOut:
		return errors.ScimError{Status: http.StatusUnauthorized, Detail: sentence(f)}
	default:
		return errors.ScimError{ScimType: errors.ScimTypeInvalidValue, Status: http.StatusBadRequest, Detail: sentence(f)}
	}
}

// statusOf are the codes whose status is not that of their kind.
var statusOf = map[string]int{
	"too_large":          http.StatusRequestEntityTooLarge,
	"too_slow":           http.StatusRequestTimeout,
	"method_not_allowed": http.StatusMethodNotAllowed,
}

// sentence puts everything that is wrong into one text.
func sentence(f *fault.Error) string {
	parts := []string{f.Message}
	for _, d := range f.Details {
		text := d.Message
		if d.Field != "" {
			text = d.Field + ": " + text
		}
		if d.Fix != "" {
			text += "; " + d.Fix
		}
		parts = append(parts, text+".")
	}
	return strings.Join(parts, " ")
}
