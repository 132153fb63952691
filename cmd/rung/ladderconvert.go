package main

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/domain/ladder/grid"
)

func ladderSchema() *cobra.Command {
	return &cobra.Command{
		Use: "schema", Short: "Print the JSON Schema of ladder files, for editors", Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			_, err := cmd.OutOrStdout().Write(ladder.Schema())
			return err
		},
	}
}

// conversion is what a caller asks of the files.
type conversion struct {
	name, framework, previous string
	levels                    []string // FILE=LEVEL
	options                   grid.Options
	transposed                bool
}

func ladderConvert() *cobra.Command {
	var c conversion
	cmd := &cobra.Command{
		Use:   "convert FILE...",
		Short: "Make a ladder file from tables or pages in CSV, XLSX, Markdown or HTML",
		Long: `Make a ladder file from a table with levels on one side and competencies on the other,
or from a page in Markdown or HTML with headings for levels and lists below them.
Several files make one ladder: a file for each level, or files with several levels.
The ladder goes to standard output; how the files were read, what was left out and
what is weak in it go to standard error.`,
		Example: `  rung ladder convert ladder.xlsx --sheet Engineering > ladder.yaml
  rung ladder convert junior.md senior.md --level junior.md=IC1 --level "senior.md=IC2 Senior"
  rung ladder convert page.md --levels "Rookie,Star"`,
		Args: cobra.RangeArgs(1, grid.MaxFiles),
		RunE: func(cmd *cobra.Command, args []string) error {
			document, mapping, err := c.run(args)
			if findings, ok := errors.AsType[ladder.Findings](err); ok {
				return fmt.Errorf("%w\nTo say how a file is to be read, use --levels, --level, --names, --skip, --sheet and --transposed", findings)
			}
			if err != nil {
				return err
			}
			for _, reason := range mapping.Reasons {
				_, _ = fmt.Fprintln(cmd.ErrOrStderr(), reason)
			}
			canonical, err := ladder.Export(document)
			if err != nil {
				return err
			}
			source, err := ladder.Parse(document.Framework+".yaml", canonical)
			if err != nil {
				return err
			}
			for _, finding := range source.Lint() {
				_, _ = fmt.Fprintln(cmd.ErrOrStderr(), finding)
			}
			_, err = cmd.OutOrStdout().Write(canonical)
			return err
		},
	}
	cmd.Flags().StringVar(&c.name, "name", "", "the name of the ladder; default: its title, or the name of the file")
	cmd.Flags().StringVar(&c.framework, "framework", "", "the slug; default: made from the name")
	cmd.Flags().StringVar(&c.previous, "previous", "", "the previous ladder file: sentences that are alike keep their uid")
	cmd.Flags().StringArrayVar(&c.levels, "level", nil, "the level that a whole file is about, as FILE=LEVEL; default: its title or name")
	cmd.Flags().StringSliceVar(&c.options.Levels, "levels", nil, "the headings or headers that are levels, separated by commas; default: those that look like levels")
	cmd.Flags().StringVar(&c.options.Names, "names", "", "the header of the column with the names of the competencies")
	cmd.Flags().StringSliceVar(&c.options.Skip, "skip", nil, "the headers of columns to leave out, separated by commas")
	cmd.Flags().StringVar(&c.options.Sheet, "sheet", "", "the sheet of a workbook; default: the first")
	cmd.Flags().BoolVar(&c.transposed, "transposed", false, "the levels are in the first column")
	return cmd
}

func (c conversion) run(paths []string) (ladder.Document, grid.Mapping, error) {
	files, err := c.files(paths)
	if err != nil {
		return ladder.Document{}, grid.Mapping{}, err
	}
	if c.transposed {
		c.options.Orientation = grid.LevelsDown
	}
	table, err := grid.ReadAll(files, c.options)
	if err != nil {
		return ladder.Document{}, grid.Mapping{}, err
	}
	mapping := grid.Guess(table)
	var previous *ladder.Document
	if c.previous != "" {
		old, err := os.ReadFile(c.previous)
		if err != nil {
			return ladder.Document{}, mapping, err
		}
		source, err := ladder.Parse(c.previous, old)
		if err != nil {
			return ladder.Document{}, mapping, err
		}
		previous = &source.Document
		mapping = mapping.Continue(*previous)
	}
	if c.name != "" {
		mapping = mapping.Named(c.name)
	}
	mapping.Framework = cmp.Or(c.framework, mapping.Framework)
	document, findings := grid.Convert(table, mapping, previous)
	if len(findings) > 0 {
		return document, mapping, findings
	}
	return document, mapping, nil
}

func (c conversion) files(paths []string) ([]grid.Input, error) {
	levels := map[string]string{}
	for _, said := range c.levels {
		file, level, ok := strings.Cut(said, "=")
		if !ok || !slices.ContainsFunc(paths, func(p string) bool { return p == file || filepath.Base(p) == file }) {
			return nil, fmt.Errorf("--level %q names none of the files: write it as FILE=LEVEL, such as %s=IC3", said, filepath.Base(paths[0]))
		}
		levels[file] = level
	}
	var out []grid.Input
	for _, p := range paths {
		content, err := os.ReadFile(p)
		if err != nil {
			return nil, err
		}
		out = append(out, grid.Input{Name: p, Content: content, Level: cmp.Or(levels[p], levels[filepath.Base(p)])})
	}
	return out, nil
}
