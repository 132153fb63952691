package scim

import (
	"encoding/json"
	"testing"

	elimity "github.com/elimity-com/scim"
	"github.com/elimity-com/scim/schema"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/domain/people"
)

// Any filter is answered or refused, and an answered one names only what can be
// compared.
func FuzzFilter(f *testing.F) {
	for _, s := range []string{
		`userName eq "ada@example.com"`, `emails[type eq "work"].value eq "x"`, `active eq true and (id eq "1")`, `not (a pr)`,
		`emails[type eq "work" and value sw "a"]`, `urn:ietf:params:scim:schemas:core:2.0:User:userName eq "x"`, `((((`, `userName eq "\u0000"`, `a gt 1e400`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		where, err := parseFilter(text, people.AccountFields)
		if err != nil {
			require.Empty(t, where)
			return
		}
		for _, c := range where {
			require.Contains(t, people.AccountFields, c.Field)
		}
		groups, err := parseFilter(text, groupFields)
		if err == nil {
			groupFilter(groups)
		}
	})
}

// Any PATCH is applied or refused, and its result can be read again.
func FuzzPatch(f *testing.F) {
	for _, s := range []string{
		`{"op":"replace","path":"emails[type eq \"work\"].value","value":"x"}`, `{"op":"add","value":{"name.givenName":"A","active":"False"}}`,
		`{"op":"remove","path":"members[value eq \"1\"]"}`, `{"op":"add","path":"members","value":[{"value":"1"}]}`,
		`{"op":"replace","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager","value":"1"}`,
		`{"op":"add","path":"addresses[type eq \"work\" and country eq \"DE\"].locality","value":"x"}`, `{"op":"replace","path":"a[b[c]]","value":null}`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, schemas := range [][]schema.Schema{{userSchema, enterpriseSchema}, {groupSchema}} {
			given, err := decode([]byte(`{"Operations":[` + text + `]}`))
			if err != nil {
				return
			}
			if left, err := tidyPatch(given, schemas); err != nil || !left {
				continue
			}
			have := object{
				"userName": "a", "displayName": "A B", "active": true, "name": object{"givenName": "A"},
				"emails":  []any{object{"value": "a@b.example", "type": "work", "primary": true}},
				"members": []any{object{"value": "1"}},
			}
			var ops []elimity.PatchOperation
			for _, e := range given["Operations"].([]any) {
				o := e.(object)
				path, err := parsePath(o["path"].(string))
				require.NoError(t, err)
				ops = append(ops, elimity.PatchOperation{Op: o["op"].(string), Path: &path, Value: o["value"]})
			}
			if apply(have, ops, schemas...) != nil {
				continue
			}
			_, err = json.Marshal(have)
			require.NoError(t, err)
			_ = accountFrom(have, people.Account{})
			_, _ = groupFrom(have)
		}
	})
}
