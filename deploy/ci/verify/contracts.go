package main

import (
	"fmt"
	"go/ast"
	"regexp"
	"strings"

	"golang.org/x/tools/go/packages"
)

var (
	saysWho   = regexp.MustCompile(`(?i)\b(may|can|anybody|everybody|nobody)\b`)
	saysFault = regexp.MustCompile(`(?i)\bfaults?\b`)
)

// contracts finds use cases of the domain whose comment does not say who may
// call them and which faults come back.
func contracts(p *packages.Package) []string {
	if capability(p.PkgPath) == "" {
		return nil
	}
	var found []string
	for _, file := range p.Syntax {
		for _, decl := range file.Decls {
			f, ok := decl.(*ast.FuncDecl)
			if !ok || !isUseCase(f) {
				continue
			}
			text := f.Doc.Text()
			var lacks []string
			if !saysWho.MatchString(text) {
				lacks = append(lacks, "who may call it")
			}
			if !saysFault.MatchString(text) {
				lacks = append(lacks, "which faults come back")
			}
			if len(lacks) > 0 {
				found = append(found, fmt.Sprintf("%s: the comment of %s does not say %s", place(p, f.Pos()), f.Name.Name, strings.Join(lacks, " and ")))
			}
		}
	}
	return found
}

// isUseCase tells an exported method of a service that takes a context.
func isUseCase(f *ast.FuncDecl) bool {
	if f.Recv == nil || !f.Name.IsExported() || len(f.Type.Params.List) == 0 {
		return false
	}
	receiver := f.Recv.List[0].Type
	if pointer, ok := receiver.(*ast.StarExpr); ok {
		receiver = pointer.X
	}
	name, ok := receiver.(*ast.Ident)
	if !ok || name.Name != "Service" {
		return false
	}
	first, ok := f.Type.Params.List[0].Type.(*ast.SelectorExpr)
	return ok && first.Sel.Name == "Context"
}
