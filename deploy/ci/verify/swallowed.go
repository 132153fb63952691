package main

import (
	"fmt"
	"go/ast"
	"go/token"
	"go/types"
	"path/filepath"
	"strings"

	"golang.org/x/tools/go/packages"
)

// swallowed finds errors of calls that take a context, which reach a database or
// a network, and that nobody gets to see: assigned to nothing, or replaced by
// another answer as if every failure were the expected one. Asking an error
// whether it is the expected one, as db.IsNotFound does, counts as seeing it.
func swallowed(p *packages.Package) []string {
	if strings.Contains(p.PkgPath, "/internal/dev/") {
		return nil
	}
	s := newSwallower(p)
	for _, file := range p.Syntax {
		ast.Inspect(file, func(n ast.Node) bool {
			if block, ok := n.(*ast.BlockStmt); ok {
				s.block(block.List)
			}
			if clause, ok := n.(*ast.CaseClause); ok {
				s.block(clause.Body)
			}
			return true
		})
	}
	return s.found
}

type swallower struct {
	p       *packages.Package
	excused map[string]bool // by file and line
	found   []string
}

func newSwallower(p *packages.Package) *swallower {
	s := &swallower{p: p, excused: map[string]bool{}}
	for _, file := range p.Syntax {
		for _, group := range file.Comments {
			for _, comment := range group.List {
				if reason, ok := strings.CutPrefix(comment.Text, "//verify:ok "); ok && reason != "" {
					s.excused[s.line(comment.Pos())] = true
				}
			}
		}
	}
	return s
}

func (s *swallower) line(at token.Pos) string {
	position := s.p.Fset.Position(at)
	return fmt.Sprintf("%s:%d", position.Filename, position.Line)
}

// block looks at each statement with those that follow it.
func (s *swallower) block(list []ast.Stmt) {
	for i, stmt := range list {
		if assign, ok := stmt.(*ast.AssignStmt); ok {
			s.assigned(assign, list[i+1:])
		}
		if check, ok := stmt.(*ast.IfStmt); ok {
			if assign, ok := check.Init.(*ast.AssignStmt); ok {
				s.assigned(assign, []ast.Stmt{&ast.IfStmt{If: check.If, Cond: check.Cond, Body: check.Body, Else: check.Else}})
			}
		}
	}
}

func (s *swallower) assigned(assign *ast.AssignStmt, rest []ast.Stmt) {
	if len(assign.Rhs) != 1 || !s.reaches(assign.Rhs[0]) {
		return
	}
	name, ok := assign.Lhs[len(assign.Lhs)-1].(*ast.Ident)
	if !ok {
		return
	}
	if name.Name == "_" {
		s.report(assign.Pos(), "the error of this call is dropped")
		return
	}
	object := s.p.TypesInfo.ObjectOf(name)
	for _, stmt := range rest {
		check, ok := stmt.(*ast.IfStmt)
		if !ok {
			if s.mentions(stmt, object) {
				return // it is handed on, or looked at in a way of its own
			}
			continue
		}
		switch {
		case s.compares(check.Cond, object, token.NEQ):
			if !s.mentions(check.Body, object) && !s.asks(check.Cond, object) {
				s.report(check.Pos(), "every error of the call above gets the same answer; pass on the ones that were not expected")
			}
			return
		case s.compares(check.Cond, object, token.EQL):
			if s.mentions(check.Body, object) {
				return
			}
			if check.Else == nil && !s.mentionsAny(rest[1:], object) || check.Else != nil && !s.mentions(check.Else, object) && !s.mentionsAny(rest[1:], object) {
				s.report(check.Pos(), "when the call above fails, nobody learns why")
			}
			return
		case s.mentions(check.Cond, object):
			return
		}
	}
}

// reaches tells a call that takes a context and whose last result is an error.
func (s *swallower) reaches(e ast.Expr) bool {
	call, ok := e.(*ast.CallExpr)
	if !ok {
		return false
	}
	signature, ok := s.p.TypesInfo.TypeOf(call.Fun).(*types.Signature)
	if !ok || signature.Results().Len() == 0 || signature.Params().Len() == 0 {
		return false
	}
	last := signature.Results().At(signature.Results().Len() - 1).Type().String()
	return last == "error" && signature.Params().At(0).Type().String() == "context.Context"
}

// compares finds err != nil, or err == nil, in a condition.
func (s *swallower) compares(cond ast.Expr, object types.Object, op token.Token) bool {
	found := false
	ast.Inspect(cond, func(n ast.Node) bool {
		binary, ok := n.(*ast.BinaryExpr)
		if !ok || binary.Op != op {
			return true
		}
		name, isName := binary.X.(*ast.Ident)
		null, isNull := binary.Y.(*ast.Ident)
		found = found || isName && isNull && null.Name == "nil" && s.p.TypesInfo.ObjectOf(name) == object
		return true
	})
	return found
}

// asks reports whether a condition hands the error to a function.
func (s *swallower) asks(cond ast.Expr, object types.Object) bool {
	found := false
	ast.Inspect(cond, func(n ast.Node) bool {
		if call, ok := n.(*ast.CallExpr); ok {
			for _, argument := range call.Args {
				found = found || s.mentions(argument, object)
			}
		}
		return true
	})
	return found
}

func (s *swallower) mentionsAny(list []ast.Stmt, object types.Object) bool {
	for _, stmt := range list {
		if assign, ok := stmt.(*ast.AssignStmt); ok && s.overwrites(assign, object) {
			return false
		}
		if s.mentions(stmt, object) {
			return true
		}
	}
	return false
}

func (s *swallower) overwrites(assign *ast.AssignStmt, object types.Object) bool {
	for _, left := range assign.Lhs {
		if name, ok := left.(*ast.Ident); ok && s.p.TypesInfo.ObjectOf(name) == object {
			return true
		}
	}
	return false
}

func (s *swallower) mentions(n ast.Node, object types.Object) bool {
	found := false
	ast.Inspect(n, func(n ast.Node) bool {
		if name, ok := n.(*ast.Ident); ok && s.p.TypesInfo.ObjectOf(name) == object {
			found = true
		}
		if _, bare := n.(*ast.ReturnStmt); bare && len(n.(*ast.ReturnStmt).Results) == 0 && object.Name() == "err" {
			found = true // a named result goes out with a bare return
		}
		return true
	})
	return found
}

// report notes a finding, unless a comment on its line says why it is fine:
// //verify:ok and the reason.
func (s *swallower) report(at token.Pos, message string) {
	if s.excused[s.line(at)] {
		return
	}
	s.found = append(s.found, place(s.p, at)+": "+message)
}

// place is a file and line, from the root of the module.
func place(p *packages.Package, at token.Pos) string {
	position := p.Fset.Position(at)
	folder := strings.TrimPrefix(p.PkgPath, module+"/")
	return fmt.Sprintf("%s/%s:%d", folder, filepath.Base(position.Filename), position.Line)
}
