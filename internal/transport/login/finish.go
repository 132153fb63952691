package login

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/google/uuid"
	"github.com/labstack/echo/v4"
	"golang.org/x/oauth2"

	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/trust/sessions"
)

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
			if err := s.sessions.RecordRefused(ctx, uuid.Nil, refused.message.Title+" ("+refused.message.Code+")"); err != nil {
				return err
			}
		}
		s.log.WarnContext(ctx, "sign-in refused", "why", refused.message.Title, "code", refused.message.Code, "error", refused.cause)
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
		return attempt, nil, refusal{message: saidBy(code), cause: errors.New("provider says " + code)}
	}
	p, err := s.provider.get(ctx)
	if err != nil {
		return attempt, nil, refusal{message: notDiscovered(err), cause: err}
	}
	tokens, err := p.oauth.Exchange(ctx, q.Get("code"), oauth2.VerifierOption(attempt.Verifier))
	if err != nil {
		return attempt, nil, refusal{message: exchangeFailed(err), cause: err}
	}
	who, err := s.verify(ctx, p, tokens, attempt.Nonce)
	if err == nil && attempt.Fresh && (who.AuthTime.IsZero() || who.age() > freshWithin) {
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
	if c.AuthTime.IsZero() {
		return 0
	}
	return max(0, clock.System{}.Now().Sub(c.AuthTime.Time))
}

// exchangeFailed distinguishes a provider that refused Rung itself, one that
// refused this sign-in, and one that did not answer.
func exchangeFailed(err error) message {
	refused, ok := errors.AsType[*oauth2.RetrieveError](err)
	switch {
	case !ok || refused.Response != nil && refused.Response.StatusCode >= http.StatusInternalServerError:
		return providerDown
	case refused.ErrorCode == "invalid_client" || refused.ErrorCode == "unauthorized_client":
		return clientRefused
	}
	return exchangeRefused
}

// notDiscovered distinguishes a provider that calls itself something else from one
// that does not answer.
func notDiscovered(err error) message {
	if _, ok := errors.AsType[*oidc.IssuerMismatchError](err); ok {
		return otherIssuer
	}
	return providerDown
}

func (s *Service) verify(ctx context.Context, p *discovered, tokens *oauth2.Token, nonce string) (*claims, error) {
	raw, ok := tokens.Extra("id_token").(string)
	if !ok {
		return nil, refusal{message: notTrusted("no_token", "It contains no identity token.", mendClient), cause: errors.New("no id_token in the answer")}
	}
	idToken, err := p.verifier.Verify(ctx, raw)
	if err != nil {
		return nil, refusal{message: s.untrusted(raw, err), cause: err}
	}
	if subtle.ConstantTimeCompare([]byte(idToken.Nonce), []byte(nonce)) != 1 {
		return nil, refusal{message: notTrusted("token_of_another_sign_in", "It was not made for this sign-in.", mendAgain), cause: errors.New("nonce differs")}
	}
	who := &claims{issuer: idToken.Issuer, subject: idToken.Subject, raw: raw}
	if err := s.readClaims(idToken, who); err != nil {
		return nil, err
	}
	if len(idToken.Audience) > 1 && who.AuthorizedParty != s.cfg.OIDC.ClientID {
		return nil, refusal{
			message: notTrusted("token_for_another_party", "Its token is for several applications, and was issued to another one than Rung (azp).", mendClient),
			cause:   fmt.Errorf("azp is %q for the audiences %q", who.AuthorizedParty, idToken.Audience),
		}
	}
	complete := who.Email != "" && who.groups != nil
	if complete && who.EmailVerified.told || !p.hasUserInfo {
		return who, nil
	}
	err = s.askUserInfo(ctx, p, tokens, who)
	if complete && !errors.Is(err, errOther) {
		err = nil // what is missing is only whether the address is verified, which a known account does not need
	}
	return who, err
}

// untrusted names what is wrong with a token that was refused. The library says it
// in words alone, so the token is looked at once more, and trusted no more.
func (s *Service) untrusted(raw string, err error) message {
	if _, expired := errors.AsType[*oidc.TokenExpiredError](err); expired {
		return notTrusted("token_expired", "Its token has expired. The clocks of the provider and of Rung may differ.", mendClock)
	}
	var body struct {
		Issuer   string   `json:"iss"`
		Audience audience `json:"aud"`
	}
	parts := strings.Split(raw, ".")
	if len(parts) != 3 {
		return notTrusted("token_unreadable", "Its token cannot be read.", mendClient)
	}
	payload, decodeErr := base64.RawURLEncoding.DecodeString(parts[1])
	if decodeErr != nil || json.Unmarshal(payload, &body) != nil {
		return notTrusted("token_unreadable", "Its token cannot be read.", mendClient)
	}
	switch {
	case body.Issuer != s.cfg.OIDC.Issuer:
		return notTrusted("token_of_another_issuer", "Its token names another issuer than the one in RUNG_OIDC_ISSUER.", mendClient)
	case !slices.Contains(body.Audience, s.cfg.OIDC.ClientID):
		return notTrusted("token_for_another_client", "Its token is for another application than the one in RUNG_OIDC_CLIENT_ID.", mendClient)
	}
	return notTrusted("token_not_signed", "Its token is not signed with a key of the provider.", mendClient)
}

var errOther = errors.New("user info is about somebody else")

// askUserInfo adds what the identity token leaves out: in the code flow a
// provider may return e-mail and groups only at its user info endpoint.
func (s *Service) askUserInfo(ctx context.Context, p *discovered, tokens *oauth2.Token, who *claims) error {
	var answered noted
	info, err := p.userInfo(oidc.ClientContext(ctx, &http.Client{Transport: &answered}), oauth2.StaticTokenSource(tokens))
	switch {
	case err != nil && answered.status >= http.StatusBadRequest && answered.status < http.StatusInternalServerError:
		return refusal{message: userInfoRefused(answered.status), cause: err}
	case err != nil && answered.status == http.StatusOK:
		return refusal{message: claimsUnreadable, cause: err}
	case err != nil:
		return refusal{message: providerDown, cause: err}
	case info.Subject != who.subject:
		return refusal{message: notTrusted("user_info_of_another", "Its user info is about somebody else.", mendClient), cause: errOther}
	}
	return s.readClaims(info, who)
}

// noted is a transport that remembers the status of the answer: the library gives
// it only in words.
type noted struct{ status int }

// RoundTrip implements http.RoundTripper.
func (n *noted) RoundTrip(r *http.Request) (*http.Response, error) {
	res, err := http.DefaultTransport.RoundTrip(r)
	if err == nil {
		n.status = res.StatusCode
	}
	return res, err
}

// signIn starts a session that replaces any session of the browser.
func (s *Service) signIn(ctx context.Context, c echo.Context, who *claims) error {
	secret, err := s.sessions.SignIn(ctx, sessions.Proof{
		Issuer: who.issuer, Subject: who.subject, Email: who.Email, Groups: who.groups, GroupsLeftOut: who.leftOut,
		EmailVerified:   who.EmailVerified.yes || !who.EmailVerified.told && (s.cfg.OIDC.TrustEmail || who.DomainVerified.yes),
		VerifiedUntold:  !who.EmailVerified.told,
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
	sessions.NoEmail: noEmail, sessions.Unverified: unverified, sessions.VerifiedUntold: verifiedUntold, sessions.UnknownPerson: unknownPerson, sessions.LinkedElsewhere: linkedElsewhere, sessions.Disabled: disabled,
}
