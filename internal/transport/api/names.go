package api

import (
	"path"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// schemaName names a type in the OpenAPI document after its package and its
// own name, such as LadderLevel; a list of it is LadderLevelList. Types of this
// package and of internal/process, which every resource shares, keep their name.
func schemaName(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if inside, ok := strings.CutPrefix(t.Name(), "page["); ok {
		return qualified(path.Base(strings.TrimSuffix(inside, "]"))) + "List"
	}
	if t.Name() == "" || t.PkgPath() == "" {
		return huma.DefaultSchemaNamer(t, hint)
	}
	return qualified(path.Base(t.PkgPath()) + "." + t.Name())
}

func qualified(name string) string {
	pkg, own, _ := strings.Cut(name, ".")
	title := strings.ToUpper(pkg[:1]) + pkg[1:]
	if pkg == "api" || pkg == "process" || title == own {
		return own
	}
	return title + own
}
