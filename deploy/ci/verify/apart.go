package main

import (
	"fmt"
	"strings"

	"golang.org/x/tools/go/packages"
)

// apart finds packages of the domain that import another capability. The ladder
// is the one they may share.
func apart(p *packages.Package) []string {
	own := capability(p.PkgPath)
	if own == "" {
		return nil
	}
	var found []string
	for path := range p.Imports {
		if other := capability(path); other != "" && other != own && other != "ladder" {
			found = append(found, fmt.Sprintf("%s imports %s: a package of the domain imports no other one but ladder; declare a small interface and let app fill it", p.PkgPath, path))
		}
	}
	return found
}

// capability is the first folder below internal/domain of an import path, and
// empty for every other path.
func capability(path string) string {
	inside, ok := strings.CutPrefix(path, module+"/internal/domain/")
	if !ok {
		return ""
	}
	first, _, _ := strings.Cut(inside, "/")
	return first
}
