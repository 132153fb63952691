package main

import (
	"fmt"
	"log/slog"
	"os"
	"strings"

	"github.com/google/uuid"
	"github.com/spf13/cobra"

	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/clock"
	"github.com/rung-hr/rung/internal/platform/config"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/explain"
)

// explainCommand answers from the database of the installation, with the same
// rules as the running program.
func explainCommand() *cobra.Command {
	var email, resource, action, id string
	cmd := &cobra.Command{
		Use:   "explain",
		Short: "Say whether a person may do something to a thing, and why",
		Example: "rung policy explain --person dana@example.com --resource packet --id 0199... \n" +
			"rung policy explain --person dana@example.com --resource pay --id 0199... --action read",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			thing, err := uuid.Parse(id)
			if err != nil {
				return fmt.Errorf("--id: want the id of the thing, as in its address: %w", err)
			}
			cfg, err := config.FromEnv(os.LookupEnv)
			if err != nil {
				return err
			}
			a, err := newApp(cmd.Context(), cfg, clock.System{}, slog.New(slog.NewTextHandler(os.Stderr, nil)))
			if err != nil {
				return err
			}
			defer func() { _ = a.Close() }()
			ctx := actor.AsSystem(cmd.Context(), "rung policy explain")
			who, err := a.Services.People.ByEmail(ctx, email)
			if err != nil {
				return fmt.Errorf("--person: nobody has the address %s: %w", email, err)
			}
			answer, err := a.Services.Explain.May(ctx, explain.Question{
				Person: who, Resource: access.Resource(resource), ID: thing, Action: access.Action(action),
			})
			if err != nil {
				return err
			}
			_, err = fmt.Fprint(cmd.OutOrStdout(), explained(answer))
			return err
		},
	}
	cmd.Flags().StringVar(&email, "person", "", "e-mail address of the person")
	cmd.Flags().StringVar(&resource, "resource", "", "kind of the thing: packet, ballot, pay, ...")
	cmd.Flags().StringVar(&id, "id", "", "id of the thing, or of the person that it is about")
	cmd.Flags().StringVar(&action, "action", string(access.Read), "the action to explain")
	for _, name := range []string{"person", "resource", "id"} {
		_ = cmd.MarkFlagRequired(name) // fails only for a flag that does not exist
	}
	return cmd
}

func explained(a explain.Answer) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %s %s\n%s\n", a.Person.Name, a.Action, a.Resource, a.Words)
	for _, l := range a.Because {
		fmt.Fprintf(&b, "  %-9s %-15s %-28s %s\n", l.Role, l.Relation, became(l), l.Words)
	}
	return b.String()
}

func became(l explain.Line) string {
	switch {
	case l.Stands && l.Active:
		return "gives the right"
	case l.Stands:
		return "applies, but not in the current state"
	case l.Active:
		return "does not apply"
	}
	return "does not apply"
}
