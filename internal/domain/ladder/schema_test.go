package ladder_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/domain/ladder"
)

type node struct {
	Ref                  string          `json:"$ref"`
	Properties           map[string]node `json:"properties"`
	Items                *node           `json:"items"`
	AdditionalProperties json.RawMessage `json:"additionalProperties"`
	Description          string          `json:"description"`
	Defs                 map[string]node `json:"$defs"`
}

// The schema that editors use has exactly the keys that the program reads.
func TestTheSchemaHasEveryKey(t *testing.T) {
	var root node
	require.NoError(t, json.Unmarshal(ladder.Schema(), &root))
	seen := map[reflect.Type]bool{}
	var same func(path string, s node, typ reflect.Type)
	same = func(path string, s node, typ reflect.Type) {
		for typ.Kind() == reflect.Pointer {
			typ = typ.Elem()
		}
		if name, ok := strings.CutPrefix(s.Ref, "#/$defs/"); ok {
			s = root.Defs[name]
		}
		switch typ.Kind() {
		case reflect.Slice:
			require.NotNil(t, s.Items, path)
			same(path+"[]", *s.Items, typ.Elem())
		case reflect.Map:
			var inner node
			require.NoError(t, json.Unmarshal(s.AdditionalProperties, &inner), path)
			same(path+"{}", inner, typ.Elem())
		case reflect.Struct:
			if seen[typ] {
				return
			}
			seen[typ] = true
			var keys []string
			for field := range typ.Fields() {
				key, _, _ := strings.Cut(field.Tag.Get("yaml"), ",")
				if key == "-" {
					continue
				}
				keys = append(keys, key)
				require.NotEmpty(t, s.Properties[key].Description+s.Properties[key].Ref, "%s/%s is described", path, key)
				same(path+"/"+key, s.Properties[key], field.Type)
			}
			known := []string{}
			for key := range s.Properties {
				known = append(known, key)
			}
			slices.Sort(keys)
			slices.Sort(known)
			require.Equal(t, keys, known, path)
		}
	}
	same("", root, reflect.TypeFor[ladder.Document]())
	require.Greater(t, len(seen), 15)
}
