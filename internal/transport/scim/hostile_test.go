package scim_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/dev/apptest"
)

const mark = "@hostile@"

// No value that a provider can send makes Rung fail, on either database. What is
// not text is refused in the words of SCIM.
func TestNoValueOfAProviderMakesRungFail(t *testing.T) {
	eachDatabase(t, func(t *testing.T, p provider) {
		user := p.ok(http.MethodPost, "/Users", ada())["id"].(string)
		group := p.ok(http.MethodPost, "/Groups", object{"schemas": []string{groupSchema}, "displayName": "Climbers"})["id"].(string)
		send := func(method, path string, body any) {
			res := p.do(method, path, body)
			require.Less(t, res.Status, 500, "%s %s %.300s\n%s", method, path, body, res.Text())
		}
		values := slices.Concat(apptest.Hostile, longTexts(64, 200, 254))
		for _, form := range hostileForms(user, group) {
			text, err := json.Marshal(form.body)
			require.NoError(t, err)
			with := func(literal string) []byte { return bytes.ReplaceAll(text, []byte(`"`+mark+`"`), []byte(literal)) }
			for _, literal := range apptest.NotText {
				detail := p.refused(form.method, form.path, with(literal), http.StatusBadRequest, "invalidValue")
				require.Contains(t, detail, "not text")
			}
			for _, literal := range values {
				send(form.method, form.path, with(literal))
			}
		}
		for _, list := range []string{"/Users", "/Groups", "/Users/" + user, "/Schemas", "/ResourceTypes", "/ServiceProviderConfig"} {
			for _, value := range slices.Concat(apptest.InAddress, apptest.NotTextInAddress) {
				for _, name := range []string{"filter", "attributes", "excludedAttributes", "startIndex", "count", "sortBy"} {
					send(http.MethodGet, list+"?"+name+"="+value, nil)
				}
				send(http.MethodGet, list+"?filter=userName%20eq%20%22"+value+"%22", nil)
				send(http.MethodGet, list+"/"+value, nil)
				send(http.MethodDelete, list+"/"+value+"x", nil)
			}
		}
		require.NotContains(t, p.Log.String(), `"msg":"panic"`)
	})
}

// longTexts are at and over each limit.
func longTexts(limits ...int) []string {
	var out []string
	for _, n := range limits {
		out = append(out, fmt.Sprintf("%q", apptest.Letters(n)), fmt.Sprintf("%q", apptest.Letters(n+1)))
	}
	return out
}

type hostileForm struct {
	method, path string
	body         any
}

// hostileForms are requests with the mark at each attribute in turn.
func hostileForms(user, group string) []hostileForm {
	var out []hostileForm
	for _, attribute := range []string{"userName", "externalId", "displayName", "title", "active", "timezone", "emails", "addresses", "name", enterpriseSchema, "schemas"} {
		body := ada()
		body[attribute] = mark
		out = append(out, hostileForm{http.MethodPut, "/Users/" + user, body},
			hostileForm{http.MethodPatch, "/Users/" + user, patch(op("replace", attribute, mark))})
	}
	for _, attribute := range []string{"employeeNumber", "department", "manager"} {
		body := ada()
		body[enterpriseSchema] = object{attribute: mark}
		out = append(out, hostileForm{http.MethodPut, "/Users/" + user, body})
	}
	for _, attribute := range []string{"displayName", "externalId", "members", "schemas"} {
		body := object{"schemas": []string{groupSchema}, "displayName": "Climbers"}
		body[attribute] = mark
		out = append(out, hostileForm{http.MethodPut, "/Groups/" + group, body},
			hostileForm{http.MethodPatch, "/Groups/" + group, patch(op("replace", attribute, mark))})
	}
	return append(out,
		hostileForm{http.MethodPatch, "/Groups/" + group, patch(op("add", "members", []object{{"value": mark}}))},
		hostileForm{http.MethodPatch, "/Users/" + user, patch(object{"op": mark, "path": "title", "value": "x"})},
		hostileForm{http.MethodPatch, "/Users/" + user, patch(object{"op": "add", "path": mark, "value": "x"})},
		hostileForm{http.MethodPatch, "/Users/" + user, object{"schemas": []string{patchSchema}, "Operations": mark}},
	)
}
