package login

import (
	"encoding/json"
	"errors"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/text"
)

// claims is what Rung reads from an identity token and from user info. The large
// providers write the same thing in different ways.
type claims struct {
	issuer, subject string
	Email           string `json:"email"`
	EmailVerified   truth  `json:"email_verified"`
	DomainVerified  truth  `json:"xms_edov"` // Entra ID: the owner of the domain has verified the address
	SessionID       string `json:"sid"`
	AuthTime        moment `json:"auth_time"`
	AuthorizedParty string `json:"azp"`
	groups          []string
	leftOut         bool // there are more groups than fit into the token
	raw             string
}

// truth is a boolean, which some providers send as a text or a number, and others
// not at all.
type truth struct{ told, yes bool }

// UnmarshalJSON implements json.Unmarshaler.
func (t *truth) UnmarshalJSON(b []byte) error {
	switch strings.ToLower(strings.Trim(string(b), `"`)) {
	case "true", "1":
		*t = truth{told: true, yes: true}
	case "null", "":
	default:
		*t = truth{told: true}
	}
	return nil
}

// moment is a number of seconds, which some providers send with a fraction or as a
// text. One that cannot be read, or is still to come, is not told.
type moment struct{ time.Time }

const clocksDiffer = 5 * time.Minute

// UnmarshalJSON implements json.Unmarshaler.
func (m *moment) UnmarshalJSON(b []byte) error {
	seconds, err := strconv.ParseFloat(strings.Trim(string(b), `"`), 64)
	if err != nil || !(seconds > 0 && seconds < math.MaxInt32*4) {
		return nil //nolint:nilerr // whoever needs the moment refuses a sign-in without it
	}
	whole, rest := math.Modf(seconds)
	at := time.Unix(int64(whole), int64(rest*float64(time.Second)))
	if at.Sub(clock.System{}.Now()) < clocksDiffer {
		m.Time = at
	}
	return nil
}

// audience is one text or a list of them.
type audience []string

// UnmarshalJSON implements json.Unmarshaler.
func (a *audience) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*a = audience{one}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(a))
}

// claimed is an identity token or an answer of the user info endpoint.
type claimed interface{ Claims(v any) error }

// readClaims adds what a source says; what it leaves out does not change.
func (s *Service) readClaims(from claimed, who *claims) error {
	var all map[string]any
	if err := errors.Join(from.Claims(who), from.Claims(&all)); err != nil {
		return refusal{message: claimsUnreadable, cause: err}
	}
	who.Email = strings.ToLower(strings.TrimSpace(who.Email))
	if flaw := text.Invisible(who.Email); flaw != "" {
		return refusal{message: emailInvisible(flaw), cause: errors.New("the e-mail address: " + flaw)}
	}
	who.leftOut = who.leftOut || leavesOut(all, s.cfg.OIDC.GroupsClaim)
	claim, ok := all[s.cfg.OIDC.GroupsClaim]
	if !ok {
		return nil
	}
	groups, err := groupList(claim)
	if err != nil {
		return refusal{message: groupsUnreadable, cause: err}
	}
	who.groups = groups
	return nil
}

// leavesOut reports whether a provider says that there are groups which it does not
// send: elsewhere, as in section 5.6.2 of OpenID Connect, or as a bare hint.
func leavesOut(all map[string]any, claim string) bool {
	elsewhere, _ := all["_claim_names"].(map[string]any)
	_, named := elsewhere[claim]
	hint, _ := json.Marshal(all["hasgroups"]) // what was decoded encodes
	var has truth
	_ = has.UnmarshalJSON(hint) // it takes anything
	return named || has.yes
}

// groupList reads the groups: a list, or one text for one group.
func groupList(claim any) ([]string, error) {
	switch claim := claim.(type) {
	case nil:
		return []string{}, nil
	case string:
		if claim == "" {
			return []string{}, nil
		}
		return []string{claim}, nil
	case []any:
		out := make([]string, 0, len(claim))
		for _, g := range claim {
			if name, ok := g.(string); ok {
				out = append(out, name)
			}
		}
		return out, nil
	}
	return nil, errors.New("the groups claim is neither a list nor a text")
}
