package login

import (
	_ "embed"
	"encoding/base64"
	"html/template"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/rung-hr/rung/internal/platform/clock"
)

// message is a page for somebody who cannot be shown the application.
type message struct {
	Status int
	Title  string
	Text   string
	Action string // the link to try again; empty for none
}

var (
	providerDown = message{
		http.StatusServiceUnavailable, "Sign-in is not available right now",
		"The company's identity provider does not answer. People who are signed in can continue working. Try again in a minute.",
		"Try again",
	}
	attemptOver = message{
		http.StatusBadRequest, "This sign-in has ended",
		"It was already used, took longer than 10 minutes, or was started in another browser. Nothing was changed. Start again.",
		"Sign in",
	}
	providerRefused = message{
		http.StatusForbidden, "The identity provider did not sign you in",
		"The provider ended the sign-in. If you did not cancel, ask the people who run it.",
		"Try again",
	}
	notTrusted = message{
		http.StatusForbidden, "The answer of the identity provider cannot be trusted",
		"It was not meant for this sign-in, or it has expired. Nothing was changed. Start again; if it happens twice, tell the people who run Rung.",
		"Sign in",
	}
	notFresh = message{
		http.StatusForbidden, "The identity provider did not ask who you are",
		"To see pay you have to prove your identity again, but the provider used an earlier sign-in. Sign in again. If it still fails, tell the people who run Rung.",
		"Sign in",
	}
	unverified = message{
		http.StatusForbidden, "Your e-mail address is not verified",
		"Rung links an account to a person only by an address that the identity provider has verified. Verify yours there, then sign in again.",
		"Sign in",
	}
	unknownPerson = message{
		http.StatusForbidden, "You are not in the people list yet",
		"Your account works, but nobody has added a person with your e-mail address. Ask HR to import you.",
		"Sign in with another account",
	}
	linkedElsewhere = message{
		http.StatusForbidden, "Another account is already linked to you",
		"A person is linked to one account of the identity provider. Sign in with that one, or ask the people who run Rung to unlink it.",
		"Sign in",
	}
	disabled = message{
		http.StatusForbidden, "Your access has ended",
		"Your record is marked as inactive. If that is wrong, ask HR.",
		"",
	}
	groupsUnreadable = message{
		http.StatusForbidden, "Your groups cannot be read",
		"The identity provider sent your groups in a form that Rung does not know: it expects a list. Tell the people who run Rung.",
		"",
	}
	left = message{http.StatusOK, "You are signed out", "Close the window, or sign in again.", "Sign in"}
)

//go:embed page.html
var pageText string

var pageTemplate = template.Must(template.New("page").Parse(pageText))

func (s *Service) signedOut(c echo.Context) error { return s.page(c, http.StatusOK, left) }

func (s *Service) page(c echo.Context, status int, m message) error {
	nonce := base64.StdEncoding.EncodeToString(clock.Random(16))
	h := c.Response().Header()
	h.Set("Content-Security-Policy", "default-src 'none'; style-src 'nonce-"+nonce+"'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'")
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-store")
	c.Response().WriteHeader(status)
	return pageTemplate.Execute(c.Response(), map[string]any{"Nonce": nonce, "Message": m})
}
