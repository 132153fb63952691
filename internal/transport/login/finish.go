package login

import (
	"context"
	"crypto/subtle"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
	"golang.org/x/oauth2"

	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/trust/sessions"
)

// claims is what Rung reads from an identity token.
type claims struct {
	issuer, subject string
	Email           string `json:"email"`
	EmailVerified   truth  `json:"email_verified"`
	SessionID       string `json:"sid"`
	AuthTime        int64  `json:"auth_time"`
	groups          []string
	raw             string
}

// truth reads a boolean that some providers send as text.
type truth bool

// UnmarshalJSON implements json.Unmarshaler.
func (t *truth) UnmarshalJSON(b []byte) error {
	*t = string(b) == "true" || string(b) == `"true"`
	return nil
}

// refusal is a sign-in that ends on a page that says why.
type refusal struct {
	message message
	cause   error
	proven  bool // the provider gave tokens, so that no stranger can fill the trail
}

func (r refusal) Error() string { return r.message.Title }
func (r refusal) Unwrap() error { return r.cause }

// finish is where the provider sends the browser back to.
func (s *Service) finish(c echo.Context) error {
	ctx, cancel := withTimeout(actor.AsSystem(c.Request().Context(), "sign-in"))
	defer cancel()
	attempt, who, err := s.identify(ctx, c.Request())
	s.setCookie(c, "login", "", 0)
	if err == nil {
		err = s.signIn(ctx, c, who)
	}
	if refused, ok := errors.AsType[refusal](err); ok {
		if refused.proven {
			if err := s.sessions.RecordRefused(ctx, uuid.Nil, refused.message.Title); err != nil {
				return err
			}
		}
		s.log.WarnContext(ctx, "sign-in refused", "why", refused.message.Title, "error", refused.cause)
		return s.page(c, refused.message.Status, refused.message)
	}
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, attempt.ReturnTo)
}

// identify checks everything that came back. It checks the state first, before it
// sends anything to the provider.
func (s *Service) identify(ctx context.Context, r *http.Request) (sessions.Attempt, *claims, error) {
	attempt, begun, err := s.sessions.Take(ctx, s.cookie(r, "login"))
	if err != nil {
		return attempt, nil, err
	}
	q := r.URL.Query()
	if !begun || subtle.ConstantTimeCompare([]byte(q.Get("state")), []byte(attempt.State)) != 1 {
		return attempt, nil, refusal{message: attemptOver}
	}
	if code := q.Get("error"); code != "" {
		return attempt, nil, refusal{message: providerRefused, cause: errors.New("provider says " + code)}
	}
	p, err := s.provider.get(ctx)
	if err != nil {
		return attempt, nil, refusal{message: providerDown, cause: err}
	}
	tokens, err := p.oauth.Exchange(ctx, q.Get("code"), oauth2.VerifierOption(attempt.Verifier))
	if err != nil {
		return attempt, nil, refusal{message: exchangeFailed(err), cause: err}
	}
	who, err := s.verify(ctx, p, tokens, attempt.Nonce)
	if err == nil && attempt.Fresh && (who.AuthTime == 0 || who.age() > freshWithin) {
		err = refusal{message: notFresh}
	}
	if refused, ok := errors.AsType[refusal](err); ok {
		refused.proven = true
		err = refused
	}
	return attempt, who, err
}

// freshWithin is how old the person's proof may be at the end of a fresh sign-in.
const freshWithin = 5 * time.Minute

// age is how long ago the provider saw the person prove who they are. It compares
// the provider's clock with the machine's own. If the provider does not tell, the
// proof counts as given now.
func (c *claims) age() time.Duration {
	if c.AuthTime == 0 {
		return 0
	}
	return max(0, clock.System{}.Now().Sub(time.Unix(c.AuthTime, 0)))
}

// exchangeFailed distinguishes a provider that refused from one that did not
// answer.
func exchangeFailed(err error) message {
	if _, ok := errors.AsType[*oauth2.RetrieveError](err); ok {
		return notTrusted
	}
	return providerDown
}

func (s *Service) verify(ctx context.Context, p *discovered, tokens *oauth2.Token, nonce string) (*claims, error) {
	raw, ok := tokens.Extra("id_token").(string)
	if !ok {
		return nil, refusal{message: notTrusted, cause: errors.New("no id_token in the answer")}
	}
	idToken, err := p.verifier.Verify(ctx, raw)
	if err != nil {
		return nil, refusal{message: notTrusted, cause: err}
	}
	if subtle.ConstantTimeCompare([]byte(idToken.Nonce), []byte(nonce)) != 1 {
		return nil, refusal{message: notTrusted, cause: errors.New("nonce differs")}
	}
	who := &claims{issuer: idToken.Issuer, subject: idToken.Subject, raw: raw}
	if err := s.readClaims(idToken, who); err != nil {
		return nil, err
	}
	if who.Email != "" && who.groups != nil || !p.hasUserInfo {
		return who, nil
	}
	return who, s.askUserInfo(ctx, p, tokens, who)
}

// askUserInfo adds what the identity token leaves out: in the code flow a
// provider may return e-mail and groups only at its user info endpoint.
func (s *Service) askUserInfo(ctx context.Context, p *discovered, tokens *oauth2.Token, who *claims) error {
	info, err := p.userInfo(ctx, oauth2.StaticTokenSource(tokens))
	if err != nil {
		return refusal{message: providerDown, cause: err}
	}
	if info.Subject != who.subject {
		return refusal{message: notTrusted, cause: errors.New("user info is about somebody else")}
	}
	return s.readClaims(info, who)
}

// claimed is an identity token or an answer of the user info endpoint.
type claimed interface{ Claims(v any) error }

// readClaims adds what a source says; what it leaves out does not change.
func (s *Service) readClaims(from claimed, who *claims) error {
	var all map[string]any
	if err := errors.Join(from.Claims(who), from.Claims(&all)); err != nil {
		return refusal{message: notTrusted, cause: err}
	}
	who.Email = strings.ToLower(strings.TrimSpace(who.Email))
	if claim, ok := all[s.cfg.OIDC.GroupsClaim]; ok {
		groups, err := groupList(claim)
		if err != nil {
			return refusal{message: groupsUnreadable, cause: err}
		}
		who.groups = groups
	}
	return nil
}

func groupList(claim any) ([]string, error) {
	if claim == nil {
		return []string{}, nil
	}
	list, ok := claim.([]any)
	if !ok {
		return nil, errors.New("the groups claim is not a list")
	}
	out := make([]string, 0, len(list))
	for _, g := range list {
		if name, ok := g.(string); ok {
			out = append(out, name)
		}
	}
	return out, nil
}

// signIn starts a session that replaces any session of the browser.
func (s *Service) signIn(ctx context.Context, c echo.Context, who *claims) error {
	secret, err := s.sessions.SignIn(ctx, sessions.Proof{
		Issuer: who.issuer, Subject: who.subject, Email: who.Email, EmailVerified: bool(who.EmailVerified), Groups: who.groups,
		ProviderSession: who.SessionID, IDToken: who.raw, Age: who.age(),
		UserAgent: c.Request().UserAgent(), Replaces: s.cookie(c.Request(), "session"),
	})
	if page, refused := refusals[sessions.RefusedFor(err)]; refused {
		return refusal{message: page}
	}
	if err != nil {
		return err
	}
	s.setCookie(c, "session", secret, s.cfg.SessionMax)
	return nil
}

// refusals are the pages for the refusals of sessions.
var refusals = map[sessions.Refusal]message{
	sessions.Unverified: unverified, sessions.UnknownPerson: unknownPerson, sessions.LinkedElsewhere: linkedElsewhere, sessions.Disabled: disabled,
}
