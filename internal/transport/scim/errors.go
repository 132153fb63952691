package scim

import (
	"context"
	stderrors "errors"
	"net/http"
	"strings"

	"github.com/elimity-com/scim/errors"

	"github.com/rung-hr/rung/internal/platform/fault"
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
func quoted(text string) string {
	const most = 100
	if len(text) > most {
		text = text[:most] + "…"
	}
	return `"` + strings.ToValidUTF8(text, "?") + `"`
}

// fromFault turns the refusal of a use case into an error of SCIM. Any other
// error is internal: it is noted for the log, and the client learns only that
// there was one.
func (h *Handler) fromFault(ctx context.Context, err error) error {
	if err == nil {
		return nil
	}
	if already, ok := stderrors.AsType[errors.ScimError](err); ok {
		return already
	}
	var f *fault.Error
	if !stderrors.As(err, &f) || f.Kind == fault.Internal {
		h.note(ctx, err)
		return errors.ScimError{Status: http.StatusInternalServerError, Detail: "Something failed on our side. Nothing was changed. Try again."}
	}
	switch f.Kind {
	case fault.NotFound:
		return notFound()
	case fault.Conflict, fault.Stale:
		return errors.ScimError{ScimType: errors.ScimTypeUniqueness, Status: http.StatusConflict, Detail: sentence(f)}
	case fault.Forbidden:
		return errors.ScimError{Status: http.StatusForbidden, Detail: sentence(f)}
	case fault.SignedOut:
		return errors.ScimError{Status: http.StatusUnauthorized, Detail: sentence(f)}
	default:
		return errors.ScimError{ScimType: errors.ScimTypeInvalidValue, Status: http.StatusBadRequest, Detail: sentence(f)}
	}
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
