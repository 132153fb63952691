package devidp

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/subtle"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	jose "github.com/go-jose/go-jose/v4"
	"github.com/zitadel/oidc/v3/pkg/oidc"
	"github.com/zitadel/oidc/v3/pkg/op"
)

const (
	requestLifetime = 15 * time.Minute
	tokenLifetime   = 10 * time.Minute
	keyBits         = 2048
)

var (
	errUnknown       = errors.New("unknown or expired")
	errNotSupported  = errors.New("not supported by the demo identity provider")
	errUnknownClient = errors.New("unknown client or wrong secret")
)

// storage keeps everything in memory: restarting the demo signs everybody out.
type storage struct {
	config   Config
	client   client
	key      signingKey
	personas map[string]Persona // by subject

	mu       sync.Mutex
	requests map[string]*authRequest
	codes    map[string]string // code to request
	tokens   map[string]accessToken
}

type accessToken struct {
	subject string
	scopes  []string
	expires time.Time
}

func newStorage(config Config) (*storage, error) {
	key, err := rsa.GenerateKey(rand.Reader, keyBits)
	if err != nil {
		return nil, err
	}
	s := &storage{
		config: config, client: client{config: config}, key: signingKey{id: rand.Text(), private: key},
		personas: map[string]Persona{}, requests: map[string]*authRequest{}, codes: map[string]string{}, tokens: map[string]accessToken{},
	}
	for _, persona := range config.Personas {
		if persona.Subject == "" {
			persona.Subject = persona.Key
		}
		s.personas[persona.Subject] = persona
	}
	return s, nil
}

// personaBy finds a persona by key or, for login hints, by e-mail.
func (s *storage) personaBy(keyOrEmail string) (Persona, bool) {
	for _, persona := range s.personas {
		if keyOrEmail != "" && (persona.Key == keyOrEmail || strings.EqualFold(persona.Email, keyOrEmail)) {
			return persona, true
		}
	}
	return Persona{}, false
}

// CreateAuthRequest requires PKCE with S256 and a nonce, so that a client without
// them already fails in the demo.
func (s *storage) CreateAuthRequest(_ context.Context, asked *oidc.AuthRequest, _ string) (op.AuthRequest, error) {
	if asked.CodeChallenge == "" || asked.CodeChallengeMethod != oidc.CodeChallengeMethodS256 {
		return nil, oidc.ErrInvalidRequest().WithDescription("PKCE with S256 is required")
	}
	if asked.Nonce == "" {
		return nil, oidc.ErrInvalidRequest().WithDescription("a nonce is required")
	}
	if len(asked.Prompt) == 1 && asked.Prompt[0] == oidc.PromptNone {
		return nil, oidc.ErrLoginRequired()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dropExpired()
	request := &authRequest{AuthRequest: *asked, id: rand.Text(), sid: rand.Text(), expires: s.config.Now().Add(requestLifetime)}
	s.requests[request.id] = request
	return request, nil
}

func (s *storage) dropExpired() {
	now := s.config.Now()
	for id, request := range s.requests {
		if now.After(request.expires) {
			delete(s.requests, id)
		}
	}
	for code, id := range s.codes {
		if s.requests[id] == nil {
			delete(s.codes, code)
		}
	}
	for id, token := range s.tokens {
		if now.After(token.expires) {
			delete(s.tokens, id)
		}
	}
}

// AuthRequestByID returns a copy, so that no handler can change what another one
// reads.
func (s *storage) AuthRequestByID(_ context.Context, id string) (op.AuthRequest, error) {
	return s.request(id)
}

func (s *storage) request(id string) (*authRequest, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	request := s.requests[id]
	if request == nil || s.config.Now().After(request.expires) {
		return nil, errUnknown
	}
	found := *request
	return &found, nil
}

// signIn lets the persona answer the request.
func (s *storage) signIn(id string, persona Persona) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	request := s.requests[id]
	if request == nil || s.config.Now().After(request.expires) {
		return errUnknown
	}
	request.subject, request.signedInAt = persona.Subject, s.config.Now()
	return nil
}

func (s *storage) AuthRequestByCode(_ context.Context, code string) (op.AuthRequest, error) {
	s.mu.Lock()
	id, ok := s.codes[code]
	delete(s.codes, code) // a code works once
	s.mu.Unlock()
	if !ok {
		return nil, errUnknown
	}
	return s.request(id)
}

func (s *storage) SaveAuthCode(_ context.Context, id, code string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.codes[code] = id
	return nil
}

func (s *storage) DeleteAuthRequest(_ context.Context, id string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.requests, id)
	return nil
}

func (s *storage) CreateAccessToken(_ context.Context, request op.TokenRequest) (string, time.Time, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	id, expires := rand.Text(), s.config.Now().Add(tokenLifetime)
	s.tokens[id] = accessToken{subject: request.GetSubject(), scopes: request.GetScopes(), expires: expires}
	return id, expires, nil
}

func (s *storage) CreateAccessAndRefreshTokens(context.Context, op.TokenRequest, string) (string, string, time.Time, error) {
	return "", "", time.Time{}, errNotSupported
}

func (s *storage) TokenRequestByRefreshToken(context.Context, string) (op.RefreshTokenRequest, error) {
	return nil, op.ErrInvalidRefreshToken
}

func (s *storage) GetRefreshTokenInfo(context.Context, string, string) (string, string, error) {
	return "", "", op.ErrInvalidRefreshToken
}

// TerminateSession ends the person's access tokens. The provider itself has no
// session: every sign-in chooses again.
func (s *storage) TerminateSession(_ context.Context, subject, _ string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for id, token := range s.tokens {
		if token.subject == subject {
			delete(s.tokens, id)
		}
	}
	return nil
}

func (s *storage) RevokeToken(_ context.Context, tokenID, _, _ string) *oidc.Error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.tokens, tokenID)
	return nil
}

func (s *storage) SigningKey(context.Context) (op.SigningKey, error) { return s.key, nil }

func (s *storage) SignatureAlgorithms(context.Context) ([]jose.SignatureAlgorithm, error) {
	return []jose.SignatureAlgorithm{jose.RS256}, nil
}

func (s *storage) KeySet(context.Context) ([]op.Key, error) {
	return []op.Key{publicKey{s.key}}, nil
}

func (s *storage) GetClientByClientID(_ context.Context, id string) (op.Client, error) {
	if id != s.config.ClientID {
		return nil, errUnknownClient
	}
	return s.client, nil
}

func (s *storage) AuthorizeClientIDSecret(_ context.Context, id, secret string) error {
	same := subtle.ConstantTimeCompare([]byte(secret), []byte(s.config.ClientSecret)) == 1
	if id != s.config.ClientID || !same {
		return errUnknownClient
	}
	return nil
}

// SetUserinfoFromScopes leaves the work to SetUserinfoFromRequest, which also
// knows the session.
func (s *storage) SetUserinfoFromScopes(context.Context, *oidc.UserInfo, string, string, []string) error {
	return nil
}

// SetUserinfoFromRequest fills the claims of the id token.
func (s *storage) SetUserinfoFromRequest(_ context.Context, info *oidc.UserInfo, request op.IDTokenRequest, scopes []string) error {
	if signedIn, ok := request.(*authRequest); ok {
		info.AppendClaims("sid", signedIn.sid)
	}
	return s.describe(info, request.GetSubject(), scopes, true)
}

func (s *storage) SetUserinfoFromToken(_ context.Context, info *oidc.UserInfo, tokenID, _, _ string) error {
	s.mu.Lock()
	token, ok := s.tokens[tokenID]
	s.mu.Unlock()
	if !ok || s.config.Now().After(token.expires) {
		return errUnknown
	}
	return s.describe(info, token.subject, token.scopes, false)
}

func (s *storage) describe(info *oidc.UserInfo, subject string, scopes []string, inToken bool) error {
	persona, ok := s.personas[subject]
	if !ok {
		return errUnknown
	}
	info.Subject = subject
	for _, scope := range scopes {
		switch scope {
		case oidc.ScopeEmail:
			info.Email = persona.Email
			if s.config.Style != Entra {
				info.EmailVerified = oidc.Bool(persona.EmailVerified)
			}
		case oidc.ScopeProfile:
			info.Name = persona.Name
		}
	}
	s.addGroups(info, persona, scopes, inToken)
	return nil
}

// addGroups sends groups as the provider does whose style this one has.
func (s *storage) addGroups(info *oidc.UserInfo, persona Persona, scopes []string, inToken bool) {
	switch s.config.Style {
	case Google:
		info.AppendClaims("hd", "example.com")
		return
	case Entra:
		if !inToken || len(persona.Groups) == 0 {
			return
		}
		if len(persona.Groups) > entraFits {
			info.AppendClaims("_claim_names", map[string]string{"groups": "src1"})
			info.AppendClaims("_claim_sources", map[string]any{
				"src1": map[string]string{"endpoint": "https://graph.windows.net/tenant/users/" + persona.Key + "/getMemberObjects"},
			})
			return
		}
	case Okta, Dex:
		if !slices.Contains(scopes, "groups") {
			return
		}
	case Plain, Keycloak:
	}
	info.AppendClaims("groups", append([]string{}, persona.Groups...))
}

func (s *storage) SetIntrospectionFromToken(context.Context, *oidc.IntrospectionResponse, string, string, string) error {
	return errNotSupported
}

func (s *storage) GetPrivateClaimsFromScopes(context.Context, string, string, []string) (map[string]any, error) {
	return map[string]any{}, nil
}

func (s *storage) GetKeyByIDAndClientID(context.Context, string, string) (*jose.JSONWebKey, error) {
	return nil, errNotSupported
}

func (s *storage) ValidateJWTProfileScopes(context.Context, string, []string) ([]string, error) {
	return nil, errNotSupported
}

func (s *storage) Health(context.Context) error { return nil }
