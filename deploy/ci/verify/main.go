// Command verify checks what no ready-made linter does: that packages of the
// domain stay apart, that no error is swallowed on its way up, that every use
// case states its contract, and that texts speak of people as "they".
//
//	go run -C deploy/ci ./verify ../..
package main

import (
	"fmt"
	"os"
	"slices"

	"golang.org/x/tools/go/packages"
)

const module = "github.com/rung-hr/rung"

func main() {
	root := "."
	if len(os.Args) > 1 {
		root = os.Args[1]
	}
	found, err := verify(root)
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	slices.Sort(found)
	for _, line := range slices.Compact(found) {
		fmt.Println(line)
	}
	if len(found) > 0 {
		os.Exit(1)
	}
}

// verify returns a line for everything that is wrong below the root.
func verify(root string) ([]string, error) {
	loaded, err := packages.Load(&packages.Config{
		Dir:  root,
		Mode: packages.NeedName | packages.NeedImports | packages.NeedSyntax | packages.NeedTypes | packages.NeedTypesInfo | packages.NeedFiles | packages.NeedDeps,
	}, "./internal/...", "./cmd/...")
	if err != nil {
		return nil, err
	}
	if packages.PrintErrors(loaded) > 0 {
		return nil, fmt.Errorf("the program does not compile")
	}
	found, err := pronouns(root)
	if err != nil {
		return nil, err
	}
	for _, p := range loaded {
		found = append(found, apart(p)...)
		found = append(found, swallowed(p)...)
		found = append(found, contracts(p)...)
	}
	return found, nil
}
