package login_test

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/stretchr/testify/require"
)

// lyingProvider is an identity provider whose answers a test can change.
type lyingProvider struct {
	*httptest.Server
	key    *rsa.PrivateKey
	claims map[string]any // of the next identity token, over the honest ones
	none   bool           // sign with alg none
	asked  url.Values     // of the last authorization request
	down   bool
	info   map[string]any // what the user info endpoint says; nil for a provider without one
	status int            // of the answer of user info; 0 for 200
	end    string         // the error with which the provider ends the sign-in; empty for none
	refuse string         // the error of the token endpoint; empty for none
}

const (
	client  = "rung-test"
	missing = "(missing)" // as the value of a claim: leave it out
)

func newLyingProvider(t *testing.T) *lyingProvider {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	require.NoError(t, err)
	p := &lyingProvider{key: key, claims: map[string]any{}}
	mux := http.NewServeMux()
	mux.HandleFunc("/.well-known/openid-configuration", p.discovery)
	mux.HandleFunc("/keys", p.keys)
	mux.HandleFunc("/authorize", p.authorize)
	mux.HandleFunc("/token", func(w http.ResponseWriter, r *http.Request) { p.token(t, w, r) })
	mux.HandleFunc("/userinfo", func(w http.ResponseWriter, _ *http.Request) {
		if p.status != 0 {
			http.Error(w, "no", p.status)
			return
		}
		answer(w, p.info)
	})
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	return p
}

func (p *lyingProvider) discovery(w http.ResponseWriter, _ *http.Request) {
	if p.down {
		http.Error(w, "down", http.StatusBadGateway)
		return
	}
	meta := map[string]any{
		"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token", "jwks_uri": p.URL + "/keys",
		"end_session_endpoint": p.URL + "/logout", "id_token_signing_alg_values_supported": []string{"RS256"}, "response_types_supported": []string{"code"}, "subject_types_supported": []string{"public"},
	}
	if p.info != nil {
		meta["userinfo_endpoint"] = p.URL + "/userinfo"
	}
	answer(w, meta)
}

func (p *lyingProvider) keys(w http.ResponseWriter, _ *http.Request) {
	answer(w, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{{Key: p.key.Public(), KeyID: "k", Algorithm: "RS256", Use: "sig"}}})
}

func (p *lyingProvider) authorize(w http.ResponseWriter, r *http.Request) {
	p.asked = r.URL.Query()
	if p.end != "" {
		http.Redirect(w, r, p.asked.Get("redirect_uri")+"?"+url.Values{"error": {p.end}, "state": {p.asked.Get("state")}}.Encode(), http.StatusSeeOther)
		return
	}
	back := p.asked.Get("redirect_uri") + "?" + url.Values{"code": {"c"}, "state": {p.asked.Get("state")}}.Encode()
	http.Redirect(w, r, back, http.StatusSeeOther)
}

func (p *lyingProvider) token(t *testing.T, w http.ResponseWriter, r *http.Request) {
	require.NotEmpty(t, r.FormValue("code_verifier"), "PKCE")
	if p.refuse != "" {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusBadRequest)
		_ = json.NewEncoder(w).Encode(map[string]string{"error": p.refuse})
		return
	}
	claims := map[string]any{
		"iss": p.URL, "aud": client, "sub": "sub-1", "nonce": p.asked.Get("nonce"), "exp": time.Now().Add(time.Minute).Unix(), "iat": time.Now().Unix(),
		"email": "ada@example.test", "email_verified": true, "groups": []string{"rung-hr"}, "sid": "sid-1",
	}
	for k, v := range p.claims {
		claims[k] = v
		if v == missing {
			delete(claims, k)
		}
	}
	answer(w, map[string]any{"access_token": "a", "token_type": "Bearer", "id_token": p.sign(t, claims)})
}

func (p *lyingProvider) sign(t *testing.T, claims map[string]any) string {
	t.Helper()
	payload, err := json.Marshal(claims)
	require.NoError(t, err)
	if p.none {
		return base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none"}`)) + "." + base64.RawURLEncoding.EncodeToString(payload) + "."
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: p.key, KeyID: "k"}}, nil)
	require.NoError(t, err)
	signed, err := signer.Sign(payload)
	require.NoError(t, err)
	text, err := signed.CompactSerialize()
	require.NoError(t, err)
	return text
}

func answer(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	_ = json.NewEncoder(w).Encode(v)
}
