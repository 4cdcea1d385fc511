package cli

import (
	"strings"
	"testing"
)

func admins(t *testing.T, exit int, arguments ...string) map[string]adminItem {
	t.Helper()
	found := map[string]adminItem{}
	for _, one := range value[[]adminItem](t, exit, arguments...) {
		found[one.User] = one
	}
	return found
}

func TestAdministratorsByCommand(t *testing.T) {
	rosterReady(t)
	const temporary, own = "temporary tulip 3", "lasting anchor 71"
	if got := value[failure](t, exitUsage, "admin", "add", "liuer", "--name", "刘二"); got.Error.Code != "passphrase-missing" {
		t.Errorf("without a new password: %+v", got.Error)
	}
	t.Setenv("PEIXUN_NEW_PASSPHRASE", "woaini1314")
	if got := value[failure](t, exitFailed, "admin", "add", "liuer", "--name", "刘二"); got.Error.Code != "password-common" {
		t.Errorf("a common password: %+v", got.Error)
	}
	t.Setenv("PEIXUN_NEW_PASSPHRASE", temporary)
	if made := admins(t, 0, "admin", "add", "liuer", "--name", "刘二", "--role", "只读")["liuer"]; made.Role != "只读" || made.Name != "刘二" || !made.Temporary || made.State != "启用" {
		t.Errorf("made %+v", made)
	}
	got := must(t, exitUsage, "list", "trainees")
	if !strings.Contains(got.messages, "--user") || !strings.Contains(got.messages, "zhaoxl、liuer") {
		t.Errorf("two accounts and no name: %s", got.messages)
	}
	t.Setenv("PEIXUN_PASSPHRASE", temporary)
	if got := value[failure](t, exitLocked, "--user", "liuer", "list", "trainees"); got.Error.Code != "password-must-change" {
		t.Errorf("with a temporary password: %+v", got.Error)
	}
	t.Setenv("PEIXUN_NEW_PASSPHRASE", own)
	must(t, 0, "--user", "liuer", "admin", "password", "liuer")
	t.Setenv("PEIXUN_PASSPHRASE", own)
	must(t, 0, "list", "trainees", "--user", "liuer")
	if got := value[failure](t, exitFailed, "--user", "liuer", "list", "trainees", "--reveal", "--reason", "核对"); got.Error.Code != "right-missing" {
		t.Errorf("只读 reveals: %+v", got.Error)
	}
	if got := value[failure](t, exitFailed, "--user", "liuer", "admin", "role", "liuer", "管理员"); got.Error.Code != "right-missing" {
		t.Errorf("只读 promotes itself: %+v", got.Error)
	}
	t.Setenv("PEIXUN_PASSPHRASE", passphrase)
	t.Setenv("PEIXUN_USER", "zhaoxl")
	if changed := admins(t, 0, "admin", "role", "liuer", "经办")["liuer"]; changed.Role != "经办" {
		t.Errorf("role %s", changed.Role)
	}
	if got := value[failure](t, exitFailed, "admin", "remove", "somebody"); got.Error.Code != "user-unknown" {
		t.Errorf("nobody removed: %+v", got.Error)
	}
	if removed := admins(t, 0, "admin", "remove", "liuer")["liuer"]; removed.State != "已移除" {
		t.Errorf("state %s", removed.State)
	}
	t.Setenv("PEIXUN_PASSPHRASE", own)
	if got := value[failure](t, exitLocked, "--user", "liuer", "list", "trainees"); got.Error.Code != "account-closed" {
		t.Errorf("who was removed: %+v", got.Error)
	}
}

// The command line obeys the same lock as the window.
func TestLockByCommand(t *testing.T) {
	rosterReady(t)
	t.Setenv("PEIXUN_PASSPHRASE", "not the password")
	for place, want := range []string{"login-wrong", "login-wrong", "login-wait", "login-wait"} {
		at := "2022-06-17 13:02:11"
		if got := value[failure](t, exitLocked, "--now", at, "list", "trainees"); got.Error.Code != want {
			t.Errorf("try %d: %s, want %s", place+1, got.Error.Code, want)
		}
	}
	for _, at := range []string{"13:03:00", "13:04:00", "13:05:00"} {
		must(t, exitLocked, "--now", "2022-06-17 "+at, "list", "trainees")
	}
	t.Setenv("PEIXUN_PASSPHRASE", passphrase)
	if got := value[failure](t, exitLocked, "--now", "2022-06-17 13:09:59", "list", "trainees"); got.Error.Code != "login-locked" {
		t.Errorf("after five wrong ones: %s", got.Error.Code)
	}
	must(t, 0, "--now", "2022-06-17 13:10:00", "list", "trainees")
}

func TestKeyIsRenewedByCommand(t *testing.T) {
	rosterReady(t)
	made := value[rotatedReply](t, 0, "admin", "new-key")
	if len(made.RecoveryKey) != 39 {
		t.Errorf("recovery key %q", made.RecoveryKey)
	}
	if people := value[[]map[string]any](t, 0, "list", "trainees"); len(people) != 5 {
		t.Errorf("%d people", len(people))
	}
	must(t, 0, "check")
}
