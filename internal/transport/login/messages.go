package login

import (
	"fmt"
	"net/http"
	"regexp"
)

// message is a page for somebody who cannot be shown the application. It names the
// cause and who can mend it; the code is the same in every version, in the log, in
// the trail and in deploy/README.md.
type message struct {
	Status int
	Code   string // empty for a page that refuses nothing
	Title  string
	Text   string
	Mend   string // who can mend it and how
	Action string // the link to try again; empty for none
}

// Who can mend it.
const (
	mendAgain  = "Start again. If it happens twice, tell the people who run Rung."
	mendClient = "The people who run Rung compare RUNG_OIDC_ISSUER and RUNG_OIDC_CLIENT_ID with the application at the identity provider."
	mendClock  = "Start again. If it happens twice, the people who run Rung compare the clocks of both machines."
)

var (
	providerDown = message{
		http.StatusServiceUnavailable, "provider_down", "Sign-in is not available right now",
		"The company's identity provider does not answer. People who are signed in can continue working.", "Try again in a minute.",
		"Try again",
	}
	otherIssuer = message{
		http.StatusServiceUnavailable, "provider_of_another_name", "Sign-in is not set up",
		"The identity provider calls itself something else than RUNG_OIDC_ISSUER says.",
		"The people who run Rung set RUNG_OIDC_ISSUER to the issuer in the provider's discovery document, letter by letter.",
		"Try again",
	}
	attemptOver = message{
		http.StatusBadRequest, "attempt_over", "This sign-in has ended",
		"It was already used, took longer than 10 minutes, or was started in another browser. Nothing was changed.", "Start again.",
		"Sign in",
	}
	clientRefused = message{
		http.StatusForbidden, "client_refused", "The identity provider does not accept Rung",
		"It refused the name or the secret of the application, not you.",
		"The people who run Rung set RUNG_OIDC_CLIENT_ID and RUNG_OIDC_CLIENT_SECRET anew; a secret at the provider may have expired.",
		"Try again",
	}
	exchangeRefused = message{
		http.StatusForbidden, "exchange_refused", "The answer of the identity provider cannot be trusted",
		"The provider did not confirm its own answer. Nothing was changed.",
		"Start again. If it happens twice, the people who run Rung compare the redirect address at the provider with RUNG_PUBLIC_URL/auth/callback.",
		"Sign in",
	}
	claimsUnreadable = message{
		http.StatusForbidden, "claims_unreadable", "The answer of the identity provider cannot be read",
		"It describes your account in a form that Rung does not know.",
		"The people who run the identity provider check what it sends as email and sid: each is one text.",
		"Sign in",
	}
	notFresh = message{
		http.StatusForbidden, "not_fresh", "The identity provider did not ask who you are",
		"To see pay you have to prove your identity again, but the provider used an earlier sign-in, or does not say when you proved it (auth_time).",
		"Sign in again. If it still fails, the people who run the identity provider let it ask when an application says max_age=0, and send auth_time.",
		"Sign in",
	}
	noEmail = message{
		http.StatusForbidden, "no_email", "The identity provider sent no e-mail address",
		"Rung finds you by your address. One that is not there is not verified either.",
		"The people who run the identity provider fill in the address of your account and send it as the claim email.",
		"Sign in",
	}
	unverified = message{
		http.StatusForbidden, "email_unverified", "Your e-mail address is not verified",
		"Rung links an account to a person only by an address that the identity provider has verified.", "Verify yours there, then sign in again.",
		"Sign in",
	}
	verifiedUntold = message{
		http.StatusForbidden, "email_verified_untold", "The identity provider does not say that your e-mail address is verified",
		"Rung links an account to a person only by an address that is verified, and the provider sent no email_verified. Until it does, yours counts as not verified.",
		"If only the company can set addresses at this provider, the people who run Rung set RUNG_OIDC_TRUST_EMAIL=true.",
		"Sign in",
	}
	unknownPerson = message{
		http.StatusForbidden, "unknown_person", "You are not in the people list yet",
		"Your account works, but nobody has added a person with your e-mail address.", "Ask HR to import you.",
		"Sign in with another account",
	}
	linkedElsewhere = message{
		http.StatusForbidden, "linked_elsewhere", "Another account is already linked to you",
		"A person is linked to one account of the identity provider.", "Sign in with that one, or ask the people who run Rung to unlink it.",
		"Sign in",
	}
	disabled = message{
		http.StatusForbidden, "inactive", "Your access has ended",
		"Your record is marked as inactive.", "If that is wrong, ask HR.",
		"",
	}
	groupsUnreadable = message{
		http.StatusForbidden, "groups_unreadable", "Your groups cannot be read",
		"The identity provider sent your groups in a form that Rung does not know: it expects a list of names, or one name.",
		"The people who run the identity provider change the claim that RUNG_OIDC_GROUPS_CLAIM names.",
		"",
	}
	left = message{http.StatusOK, "", "You are signed out", "Close the window, or sign in again.", "", "Sign in"}
)

// notTrusted is for an answer that is not what it should be. Start again comes
// first: most of these are old windows.
func notTrusted(code, why, mend string) message {
	return message{
		http.StatusForbidden, code, "The answer of the identity provider cannot be trusted", why + " Nothing was changed.", mend, "Sign in",
	}
}

// userInfoRefused is for a provider that does not tell Rung about somebody whom it
// has signed in.
func userInfoRefused(status int) message {
	return message{
		http.StatusForbidden, "user_info_refused", "The identity provider does not tell Rung who you are",
		fmt.Sprintf("It signed you in, and then refused Rung your address and your groups (user info answered %d).", status),
		"The people who run the identity provider allow the application the scopes openid, profile, email and, if it has one, groups, or put email and groups into the identity token.",
		"Sign in",
	}
}

func emailInvisible(flaw string) message {
	return message{
		http.StatusForbidden, "email_invisible", "Your e-mail address has a character that nobody can see",
		"In the address that the identity provider sent, " + flaw + ".",
		"The people who run the identity provider type the address of your account again.",
		"Sign in",
	}
}

// plainCode is what an error of OAuth may look like; anything else is not shown.
var plainCode = regexp.MustCompile(`^[a-z_]{1,64}$`)

// saidBy is for a provider that ended the sign-in itself.
func saidBy(code string) message {
	m := message{
		http.StatusForbidden, "provider_refused", "The identity provider did not sign you in",
		"The provider ended the sign-in.", "If you did not cancel, ask the people who run it.", "Try again",
	}
	switch {
	case code == "access_denied":
		m.Text = "The provider ended the sign-in (access_denied): it was cancelled, or your account may not use Rung."
		m.Mend = "If you did not cancel, ask the people who run the identity provider to assign you to Rung."
	case code == "invalid_scope":
		m.Text = "The provider does not know a scope that Rung asks for (invalid_scope)."
		m.Mend = "The people who run the identity provider allow the application openid, profile and email, and groups if the provider announces it."
	case plainCode.MatchString(code):
		m.Text = "The provider ended the sign-in (" + code + ")."
	}
	return m
}
