package login

import (
	"context"
	"fmt"
	"net/url"
	"slices"
	"sync"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/config"
)

// provider is the identity provider. It is discovered when it is first needed.
type provider struct {
	cfg      config.OIDC
	callback string
	clock    clock.Clock

	mu    sync.Mutex
	found *discovered
}

type discovered struct {
	oauth      oauth2.Config
	verifier   *oidc.IDTokenVerifier
	endSession string

	hasUserInfo bool
	userInfo    func(context.Context, oauth2.TokenSource) (*oidc.UserInfo, error)
}

func newProvider(cfg config.OIDC, callback string, c clock.Clock) *provider {
	return &provider{cfg: cfg, callback: callback, clock: c}
}

// get discovers the provider once; after a failure the next call tries again.
func (p *provider) get(ctx context.Context) (*discovered, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.found != nil {
		return p.found, nil
	}
	found, err := p.discover(ctx)
	if err != nil {
		return nil, err
	}
	p.found = found
	return found, nil
}

func (p *provider) discover(ctx context.Context) (*discovered, error) {
	// The key set keeps this context, so it must outlive the request.
	remote, err := oidc.NewProvider(context.WithoutCancel(ctx), p.cfg.Issuer)
	if err != nil {
		return nil, fmt.Errorf("login: discover the identity provider: %w", err)
	}
	var meta struct {
		EndSession string   `json:"end_session_endpoint"`
		Scopes     []string `json:"scopes_supported"`
	}
	if err := remote.Claims(&meta); err != nil {
		return nil, fmt.Errorf("login: provider metadata: %w", err)
	}
	scopes := []string{oidc.ScopeOpenID, "profile", "email"}
	if slices.Contains(meta.Scopes, "groups") {
		scopes = append(scopes, "groups")
	}
	return &discovered{
		oauth: oauth2.Config{
			ClientID: p.cfg.ClientID, ClientSecret: p.cfg.ClientSecret,
			Endpoint: remote.Endpoint(), RedirectURL: p.callback, Scopes: scopes,
		},
		verifier:   remote.Verifier(&oidc.Config{ClientID: p.cfg.ClientID, Now: p.clock.Now}),
		endSession: meta.EndSession, hasUserInfo: remote.UserInfoEndpoint() != "", userInfo: remote.UserInfo,
	}, nil
}

// signOutURL is where the browser ends the provider's own session. If the
// provider does not support this, it is Rung's own page.
func (d *discovered) signOutURL(idToken, clientID, back string) string {
	if d.endSession == "" {
		return back
	}
	q := url.Values{"post_logout_redirect_uri": {back}, "client_id": {clientID}}
	if idToken != "" {
		q.Set("id_token_hint", idToken)
	}
	return d.endSession + "?" + q.Encode()
}
