package sessions

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"time"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/loginattempt"
	"github.com/rung-hr/rung/internal/platform/clock"
)

// AttemptTTL is how long a sign-in may take.
const AttemptTTL = 10 * time.Minute

const secretBytes = 32

// Attempt is a sign-in between the redirect to the provider and the return from
// it. It holds what must match when the browser comes back.
type Attempt struct {
	State, Nonce, Verifier string
	ReturnTo               string // a path in the front end
	Fresh                  bool   // the person must prove their identity again
}

// Begin stores an attempt until its browser comes back and returns the secret
// that the browser keeps meanwhile. Anybody may begin to sign in. It returns no
// fault of its own.
func (s *Service) Begin(ctx context.Context, a Attempt) (secret string, err error) {
	secret = Secret()
	now := s.Clock.Now()
	err = s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		if _, err := tx.LoginAttempt.Delete().Where(loginattempt.ExpiresAtLT(now)).Exec(ctx); err != nil {
			return err
		}
		return tx.LoginAttempt.Create().
			SetCookieHash(hash(secret)).
			SetState(a.State).
			SetNonce(a.Nonce).
			SetVerifier(a.Verifier).
			SetReturnTo(a.ReturnTo).
			SetFresh(a.Fresh).
			SetExpiresAt(now.Add(AttemptTTL)).
			Exec(ctx)
	})
	return secret, err
}

// Take returns the attempt of a secret and deletes it, so that it works only
// once. It returns false when there is none or it has expired. Anybody may call
// it. It returns no fault of its own.
func (s *Service) Take(ctx context.Context, secret string) (taken Attempt, ok bool, err error) {
	err = s.Store.InTx(ctx, func(ctx context.Context, tx *db.Client) error {
		ok = false
		a, err := tx.LoginAttempt.Query().Where(loginattempt.CookieHash(hash(secret))).Only(ctx)
		if db.IsNotFound(err) {
			return nil
		}
		if err != nil {
			return err
		}
		n, err := tx.LoginAttempt.Delete().Where(loginattempt.ID(a.ID)).Exec(ctx)
		if err != nil {
			return err
		}
		if n == 1 && a.ExpiresAt.After(s.Clock.Now()) {
			ok = true
			taken = Attempt{State: a.State, Nonce: a.Nonce, Verifier: a.Verifier, ReturnTo: a.ReturnTo, Fresh: a.Fresh}
		}
		return nil
	})
	return taken, ok, err
}

// Secret returns a new random secret for a browser: 43 characters that are safe
// in an address.
func Secret() string { return base64.RawURLEncoding.EncodeToString(clock.Random(secretBytes)) }

func hash(secret string) []byte {
	sum := sha256.Sum256([]byte(secret))
	return sum[:]
}
