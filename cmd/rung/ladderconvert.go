package main

import (
	"cmp"
	"fmt"
	"os"

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

// conversion is what a caller asks of a file.
type conversion struct {
	name, framework, sheet, previous string
	transposed                       bool
}

func ladderConvert() *cobra.Command {
	var c conversion
	cmd := &cobra.Command{
		Use:   "convert FILE",
		Short: "Make a ladder file from a table or a page in CSV, XLSX, Markdown or HTML",
		Long:  "Make a ladder file from a table with levels on one side and competencies on the other,\nor from a page in Markdown or HTML with headings for levels and lists below them.\nThe file goes to standard output; how the table was read and what is weak in it go to standard error.",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			document, mapping, err := c.run(args[0])
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
	cmd.Flags().StringVar(&c.name, "name", "", "the name of the ladder; default: the name of the file")
	cmd.Flags().StringVar(&c.framework, "framework", "", "the slug; default: made from the name")
	cmd.Flags().StringVar(&c.sheet, "sheet", "", "the sheet of a workbook; default: the first")
	cmd.Flags().StringVar(&c.previous, "previous", "", "the previous ladder file: sentences that are alike keep their uid")
	cmd.Flags().BoolVar(&c.transposed, "transposed", false, "the levels are in the first column")
	return cmd
}

func (c conversion) run(file string) (ladder.Document, grid.Mapping, error) {
	content, err := os.ReadFile(file)
	if err != nil {
		return ladder.Document{}, grid.Mapping{}, err
	}
	options := grid.Options{Sheet: c.sheet}
	if c.transposed {
		options.Orientation = grid.LevelsDown
	}
	table, err := grid.Read(file, content, options)
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
	mapping.Name, mapping.Framework = cmp.Or(c.name, mapping.Name), cmp.Or(c.framework, mapping.Framework)
	document, findings := grid.Convert(table, mapping, previous)
	if len(findings) > 0 {
		return document, mapping, findings
	}
	return document, mapping, nil
}
