package main

import (
	"bufio"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

var (
	pronoun = regexp.MustCompile(`(?i)\b(she|her|hers|herself)\b`)
	written = []string{".go", ".ts", ".tsx", ".css", ".md", ".csv", ".json", ".html", ".yaml", ".yml", ".conf"}
	passed  = []string{".git", "node_modules", "dist", "testdata", "fixtures", "bin", "verify"}
)

// pronouns finds texts that speak of anybody as she. Only files that other
// people wrote, such as published ladders of tests, may, and a line that says
// //verify:ok and why.
func pronouns(root string) ([]string, error) {
	var found []string
	err := filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case entry.IsDir() && path != root && slices.Contains(passed, entry.Name()):
			return filepath.SkipDir
		case entry.IsDir() || !slices.Contains(written, filepath.Ext(path)) || entry.Name() == "package-lock.json":
			return nil
		}
		lines, err := linesWith(path)
		for _, line := range lines {
			name := strings.TrimPrefix(strings.TrimPrefix(path, root), "/")
			found = append(found, fmt.Sprintf("%s:%d: say they, them or their instead of she or her", name, line))
		}
		return err
	})
	return found, err
}

func linesWith(path string) ([]int, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer func() { _ = file.Close() }()
	var lines []int
	scanner := bufio.NewScanner(file)
	scanner.Buffer(nil, 16<<20)
	for n := 1; scanner.Scan(); n++ {
		if line := scanner.Text(); pronoun.MatchString(line) && !strings.Contains(line, "//verify:ok ") {
			lines = append(lines, n)
		}
	}
	return lines, scanner.Err()
}
