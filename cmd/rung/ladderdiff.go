package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"github.com/rung-hr/rung/internal/domain/ladder"
)

func ladderDiff() *cobra.Command {
	return &cobra.Command{
		Use:   "diff OLD NEW",
		Short: "Show what changes between two ladder files, and which version number that needs",
		Args:  cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			var rubrics [2]ladder.Rubric
			for i, file := range args {
				content, err := os.ReadFile(file)
				if err != nil {
					return err
				}
				source, err := ladder.Parse(file, content)
				if err != nil {
					return err
				}
				rubrics[i] = source.Document.Rubric()
			}
			return printDiff(cmd.OutOrStdout(), rubrics[0], rubrics[1])
		},
	}
}

// marks are how the lines of a diff begin.
var marks = map[ladder.MoveType]string{
	ladder.MoveEdited: "~", ladder.MoveSplit: "<", ladder.MoveMerged: ">", ladder.MoveDropped: "-", ladder.MoveNew: "+",
}

func printDiff(out io.Writer, before, after ladder.Rubric) error {
	diff := ladder.Diff(before, after, nil)
	var text strings.Builder
	for _, change := range diff.Competencies {
		for _, cell := range change.Cells {
			for _, move := range cell.Moves {
				fmt.Fprintf(&text, "%s %s %s: %s %s\n", marks[move.Type], change.Name, cell.Level, move.Type, strings.Join(append(move.Old, move.New...), " "))
			}
		}
	}
	for _, reason := range diff.Why {
		fmt.Fprintln(&text, reason)
	}
	fmt.Fprintf(&text, "%s: %s asks for %s\n", diff.Step, before.Version, nextOf(before.Version, diff.Step))
	_, err := io.WriteString(out, text.String())
	return err
}

func nextOf(version string, step ladder.Step) string {
	if step == ladder.None {
		return "no new version"
	}
	return ladder.NextVersion(version, step)
}
