package api

import (
	"path"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"
)

// schemaName names a type in the OpenAPI document after its capability and its
// own name, such as LadderLevel; a list of it is LadderLevelList. The capability
// is the folder below domain or trust, so ladder/library and ladder share their
// names. Types of this package and of trust/process, which every resource shares,
// keep their name.
func schemaName(t reflect.Type, hint string) string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if inside, ok := strings.CutPrefix(t.Name(), "page["); ok {
		return qualified(strings.TrimSuffix(inside, "]")) + "List"
	}
	if t.Name() == "" || t.PkgPath() == "" {
		return huma.DefaultSchemaNamer(t, hint)
	}
	return qualified(t.PkgPath() + "." + t.Name())
}

// qualified turns an import path and a name into the name of a schema.
func qualified(name string) string {
	dot := strings.LastIndex(name, ".")
	capability, own := capabilityOf(name[:dot]), name[dot+1:]
	title := strings.ToUpper(capability[:1]) + capability[1:]
	if capability == "api" || capability == "process" || title == own {
		return own
	}
	return title + own
}

// capabilityOf is the folder below domain, trust or platform in an import path,
// and the last folder of any other path.
func capabilityOf(importPath string) string {
	if _, inside, ok := strings.Cut(importPath, "/internal/"); ok {
		if parts := strings.Split(inside, "/"); len(parts) > 1 {
			return parts[1]
		}
	}
	return path.Base(importPath)
}
