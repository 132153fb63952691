// Package devidp is an OpenID Provider for the demo and for tests: visitors
// choose who they want to be.
//
// It has no passwords and therefore refuses to be reached from another machine.
package devidp

import (
	"crypto/rand"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"github.com/zitadel/oidc/v3/pkg/op"
)

// Persona is somebody to sign in as.
type Persona struct {
	Key           string
	Email         string
	EmailVerified bool
	Name          string
	Subject       string // the provider's own id; Key when empty
	Groups        []string
	Note          string // one line about the role, for the chooser
}

// Style is how a provider behaves that companies have: what it sends, and what it
// leaves out.
type Style string

// The styles. Plain sends everything that the standard has.
const (
	Plain    Style = ""
	Entra    Style = "entra"    // no email_verified, and no groups if there are many
	Okta     Style = "okta"     // groups for the scope groups alone
	Google   Style = "google"   // no groups
	Keycloak Style = "keycloak" // groups in user info too, without a scope for them
	Dex      Style = "dex"      // groups for the scope groups alone
)

// entraFits is how many groups Entra ID puts into a token.
const entraFits = 200

func (s Style) scopes() []string {
	switch s {
	case Entra, Google, Keycloak:
		return []string{"openid", "profile", "email"}
	case Plain, Okta, Dex:
	}
	return []string{"openid", "profile", "email", "groups"}
}

// Config says which personas there are and which client may ask.
type Config struct {
	Issuer                 string // base URL on a loopback host, without a slash at the end
	ClientID, ClientSecret string
	RedirectURIs           []string
	PostLogoutRedirectURIs []string
	Personas               []Persona
	Style                  Style
	Now                    func() time.Time
}

// ErrNotLoopback says that the provider would be reachable from other machines.
var ErrNotLoopback = errors.New("the demo identity provider has no passwords and only works on a loopback address")

// Provider serves discovery, keys, the code flow with PKCE, user info, end of session and the chooser.
type Provider struct {
	config  Config
	storage *storage
	openid  *op.Provider
	handler http.Handler
}

// New makes a provider with its own key. It errors with ErrNotLoopback if the
// issuer is not on this machine, and if something is missing in the
// configuration.
func New(config Config) (*Provider, error) {
	if err := config.check(); err != nil {
		return nil, err
	}
	storage, err := newStorage(config)
	if err != nil {
		return nil, err
	}
	p := &Provider{config: config, storage: storage}
	if p.openid, err = newOpenID(config, storage); err != nil {
		return nil, fmt.Errorf("demo identity provider: %w", err)
	}
	p.handler = p.routes()
	return p, nil
}

func newOpenID(config Config, storage *storage) (*op.Provider, error) {
	settings := &op.Config{
		CodeMethodS256: true, AuthMethodPost: true,
		DefaultLogoutRedirectURI: config.Issuer + signedOutPath,
		SupportedScopes:          config.Style.scopes(),
		SupportedClaims:          []string{"sub", "iss", "aud", "exp", "iat", "nonce", "sid", "name", "email", "email_verified", "groups"},
	}
	if _, err := rand.Read(settings.CryptoKey[:]); err != nil {
		return nil, err
	}
	return op.NewProvider(settings, storage, op.StaticIssuer(config.Issuer), op.WithAllowInsecure(), op.WithCORSOptions(nil))
}

func (c Config) check() error {
	issuer, err := url.Parse(c.Issuer)
	if err != nil || issuer.Host == "" {
		return fmt.Errorf("demo identity provider: issuer %q is not a URL", c.Issuer)
	}
	if !loopback(issuer.Hostname()) {
		return fmt.Errorf("issuer %s: %w", c.Issuer, ErrNotLoopback)
	}
	if c.ClientID == "" || c.ClientSecret == "" || len(c.RedirectURIs) == 0 || len(c.Personas) == 0 || c.Now == nil {
		return errors.New("demo identity provider: client, redirect URIs, personas and a clock are needed")
	}
	return nil
}

// Listen opens a TCP listener for the provider; any but a loopback address is refused with ErrNotLoopback.
func Listen(address string) (net.Listener, error) {
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return nil, fmt.Errorf("demo identity provider: %w", err)
	}
	if !loopback(host) {
		return nil, fmt.Errorf("listen on %s: %w", address, ErrNotLoopback)
	}
	return net.Listen("tcp", address)
}

// ServeHTTP answers the provider's own paths; mount it under http.StripPrefix when the issuer has a path.
func (p *Provider) ServeHTTP(w http.ResponseWriter, r *http.Request) { p.handler.ServeHTTP(w, r) }

func loopback(host string) bool {
	if host == "localhost" {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.IsLoopback()
}
